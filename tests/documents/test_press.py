"""The press: worker processes that give the same bytes, keep no secrets and survive bad jobs."""

import asyncio
import os
import signal
from pathlib import Path

import msgspec
import pytest
import pytest_asyncio

from inspection.documents.press import Press
from inspection.documents.press_process import Limits
from inspection.documents.printed import Fault, PressFailed
from tests.documents.notices import CATALOGUES, a_line, a_snapshot, photos
from tests.documents.paper import printed

ENDLESS = a_line(1, problem="长" * 200_000)


pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def press():
    """One press for every test that leaves it at work. Starting a worker takes a second."""
    async with Press(CATALOGUES, workers=2) as opened:
        yield opened


def children(marker: str = "inspection.documents.worker") -> list[int]:
    """Process ids of the press workers this process started."""
    tasks = Path("/proc/self/task").iterdir()
    pids = [int(pid) for task in tasks for pid in (task / "children").read_text().split()]
    return sorted(
        pid for pid in pids if marker in Path(f"/proc/{pid}/cmdline").read_bytes().decode()
    )


def environment(pid: int) -> dict[str, str]:
    raw = Path(f"/proc/{pid}/environ").read_bytes().decode().split("\0")
    return dict(pair.split("=", 1) for pair in raw if pair)


async def test_two_processes_and_this_one_give_the_same_bytes(press, renderer):
    pictures = photos(3)
    snapshot = a_snapshot(6, shas=list(pictures))
    both = await asyncio.gather(*(press.print(snapshot, pictures) for _ in range(2)))
    assert len(children()) == 2
    here = printed(renderer, 6, 3)
    assert {document.pdf for document in both} == {here.pdf}
    assert {document.sha256 for document in both} == {here.sha256}
    assert both[0].pages == here.pages


async def test_a_worker_stays_small(press):
    pictures = photos(8)
    snapshot = a_snapshot(8, shas=list(pictures))
    for _ in range(4):
        document = await press.print(snapshot, pictures)
    assert document.memory_mb <= 150


async def test_a_refused_job_leaves_its_worker_at_work(press):
    french = msgspec.structs.replace(a_snapshot(1), language="fr")
    await press.warm_up()
    before = children()
    with pytest.raises(PressFailed) as failed:
        await press.print(french, {})
    assert (failed.value.code, failed.value.detail) == (Fault.LANGUAGE_UNKNOWN, "fr")
    await press.print(a_snapshot(1), {})
    assert children() == before


async def test_missing_characters_come_back_with_the_document(press):
    document = await press.print(a_snapshot(1, cc="𰻝面馆"), {})
    assert document.missing == ("𰻝",)


async def test_a_cancelled_job_does_not_answer_the_next_one(press):
    await press.warm_up()
    job = asyncio.create_task(press.print(a_snapshot(24), {}))
    await asyncio.sleep(0.05)
    job.cancel()
    with pytest.raises(asyncio.CancelledError):
        await job
    assert (await press.print(a_snapshot(1), {})).pages == 3


async def test_a_worker_killed_at_work_costs_one_job_that_may_be_tried_again(press):
    await press.warm_up()
    job = asyncio.create_task(press.print(a_snapshot(24), {}))
    await asyncio.sleep(0.05)
    for pid in children():
        os.kill(pid, signal.SIGKILL)
    with pytest.raises(PressFailed) as failed:
        await job
    assert (failed.value.code, failed.value.permanent) == (Fault.WORKER_DIED, False)


async def test_a_worker_killed_at_rest_costs_nothing(press):
    await press.warm_up()
    for pid in children():
        os.kill(pid, signal.SIGKILL)
    # Long enough for the event loop to hear of it.
    await asyncio.sleep(0.5)
    assert (await press.print(a_snapshot(1), {})).pages == 3


async def test_a_quiet_press_starts_one_worker_and_takes_it_along():
    before = children()
    async with Press(CATALOGUES, workers=3) as quiet:
        for _ in range(2):
            await quiet.print(a_snapshot(1), {})
        assert len(children()) == len(before) + 1
    assert children() == before


async def test_a_worker_has_no_secrets_and_seeds_its_hashes_by_chance(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://user:CANARY@db/inspection")
    monkeypatch.setenv("PYTHONHASHSEED", "0")
    before = children()
    async with Press(CATALOGUES) as guarded:
        await guarded.warm_up()
        (pid,) = set(children()) - set(before)
        known = environment(pid)
    assert not any("CANARY" in value for value in known.values())
    assert "PYTHONHASHSEED" not in known
    assert set(known) <= {
        *("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE"),
        "FONTCONFIG_FILE",
    }


@pytest.mark.parametrize("worn", [Limits(jobs=1), Limits(worn_mb=1)], ids=["jobs", "memory"])
async def test_a_worn_worker_is_let_go(worn):
    before = children()
    async with Press(CATALOGUES, limits=worn) as worked:
        await worked.print(a_snapshot(1), {})
        assert children() == before


async def test_a_job_without_end_is_stopped_for_good_and_the_next_one_prints():
    endless, before = a_snapshot(1, lines=(ENDLESS,)), children()
    async with Press(CATALOGUES, limits=Limits(wall_seconds=5)) as stopped:
        with pytest.raises(PressFailed) as failed:
            await stopped.print(endless, {})
        assert (failed.value.code, failed.value.permanent) == (Fault.TIMEOUT, True)
        assert children() == before
        assert (await stopped.print(a_snapshot(1), {})).pages == 3


async def test_a_job_that_burns_time_is_stopped_by_the_kernel():
    async with Press(CATALOGUES, limits=Limits(wall_seconds=60, cpu_seconds=1)) as stopped:
        with pytest.raises(PressFailed) as failed:
            await stopped.print(a_snapshot(1, lines=(ENDLESS,)), {})
    assert (failed.value.code, failed.value.permanent) == (Fault.CPU_TIME, True)


async def test_a_worker_without_room_to_start_says_so_each_time():
    cramped = Limits(memory_bytes=64 * 1024 * 1024)
    async with Press(CATALOGUES, limits=cramped) as stuck:
        for _ in range(2):
            with pytest.raises(PressFailed) as failed:
                await stuck.print(a_snapshot(1), {})
            assert (failed.value.code, failed.value.permanent) == (Fault.WORKER_DIED, False)
