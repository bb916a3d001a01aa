"""The worker's loop, run in this process: every answer is a frame, whatever the job does."""

import io

import msgspec
import pytest

from inspection.documents import worker
from inspection.documents.printed import Failed, Fault, Job, PressFailed, Printed, Ready
from inspection.wording import Language, catalogue
from tests.documents.notices import a_snapshot


class Broken:
    """A renderer that fails in the way it is told to."""

    def __init__(self, fault: Exception) -> None:
        self.fault = fault

    def print(self, job):
        raise self.fault


def frame(body: bytes) -> bytes:
    return len(body).to_bytes(4, "big") + body


def a_job() -> bytes:
    return frame(msgspec.msgpack.encode(Job(snapshot=a_snapshot(1), parts=(), photos={})))


def answers(jobs: bytes, renderer) -> list[Ready | Printed | Failed]:
    out = io.BytesIO()
    worker.serve(io.BytesIO(jobs), out, renderer, cpu_seconds=600)
    out.seek(0)
    found = []
    while (body := worker.read_frame(out)) is not None:
        found.append(msgspec.msgpack.decode(body, type=Ready | Printed | Failed))
    return found


def test_jobs_are_answered_in_order_until_the_other_side_hangs_up(renderer):
    first, second = answers(a_job() * 2, renderer)
    assert isinstance(first, Printed)
    assert first.pdf == second.pdf


@pytest.mark.parametrize(
    ("fault", "code", "permanent"),
    [
        (PressFailed(Fault.FETCH_DENIED, permanent=True), Fault.FETCH_DENIED, True),
        (MemoryError(), Fault.OUT_OF_MEMORY, True),
        (RecursionError(), Fault.TOO_DEEP, True),
        (ZeroDivisionError("x"), Fault.CRASHED, True),
    ],
)
def test_a_failure_is_an_answer_too(fault, code, permanent):
    failed, again = answers(a_job() * 2, Broken(fault))
    assert (failed.code, failed.permanent) == (code, permanent)
    assert again == failed


@pytest.mark.parametrize("rest", [b"", b"\0\0", frame(b"x" * 9)[:-1], b"\xff\xff\xff\xff"])
def test_half_a_frame_is_a_hang_up(rest):
    assert answers(rest, Broken(AssertionError())) == []


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("fault", Fault)
def test_every_failure_has_its_sentence(language, fault):
    sentence = catalogue(language)[fault.value].format(detail="甲")
    assert len(sentence) > 10
