"""States of visits, assignments and photos; the document a phone sends; receipts."""

import hashlib
from datetime import UTC, datetime

import pytest

from inspection.domain.decoding import decode
from inspection.domain.photos import photo
from inspection.domain.photos.photo import PhotoState
from inspection.domain.refusals import BodyRefused, MoveRefused
from inspection.domain.rounds import assignment
from inspection.domain.rounds.assignment import AssignmentState
from inspection.domain.visits import visit
from inspection.domain.visits.visit import VisitBody, VisitState
from tests.submissions import SPOTS, VISIT, a_line, a_photo, a_submission, encoded, sha256_of

LIMIT = visit.LARGEST_BODY


def read(**parts):
    return decode(encoded(a_submission(**parts)), VisitBody, limit=LIMIT)


@pytest.mark.parametrize("module", [visit, assignment, photo], ids=lambda module: module.__name__)
def test_only_the_moves_of_the_table_are_allowed(module):
    states = {state for state, _ in module.MOVES} | set(module.MOVES.values())
    moves = {move for _, move in module.MOVES}
    for state in states:
        for move in moves:
            if (state, move) in module.MOVES:
                assert module.moved(state, move) is module.MOVES[state, move]
            else:
                with pytest.raises(MoveRefused) as no:
                    module.moved(state, move)
                assert no.value.facts["state"] == state.value


def test_a_returned_visit_takes_the_next_attempt_and_a_locked_one_takes_nothing():
    assert visit.moved(VisitState.RETURNED, "resubmit") is VisitState.SUBMITTED
    assert not [move for state, move in visit.MOVES if state is VisitState.LOCKED]
    assert assignment.moved(AssignmentState.RETURNED, "submit") is AssignmentState.SUBMITTED
    assert photo.moved(PhotoState.RECEIVED, "refuse") is PhotoState.REFUSED


def test_a_whole_submission_is_read():
    body = read(pictures=(a_photo(),))
    assert (body.visit, body.photos[0].item) == (VISIT, SPOTS)
    assert body.findings().items == body.answers


HERE = {"latitude_e6": 91_000_000, "longitude_e6": 0, "accuracy_m": 1}
MAYBE = {"item": SPOTS, "verdict": "maybe"}
POINTS = {"item": SPOTS, "verdict": "pass", "points": 3}


@pytest.mark.parametrize(
    ("parts", "pointer", "code"),
    [
        ({"total": 10000}, "/total", "body.unknown_field"),
        ({"score": 89.5}, "/score", "body.unknown_field"),
        ({"format": 2}, "/format", "body.unknown_choice"),
        ({"visit": VISIT.upper()}, "/visit", "body.wrong_form"),
        ({"visit": VISIT + "\n"}, "/visit", "body.text_too_long"),
        ({"attempt": 0}, "/attempt", "body.too_small"),
        ({"attempt": 100}, "/attempt", "body.too_great"),
        ({"attempt": True}, "/attempt", "body.expected_whole_number"),
        ({"assignment": ""}, "/assignment", "body.too_short"),
        ({"rubric_digest": "g" * 64}, "/rubric_digest", "body.wrong_form"),
        ({"started_at": "2026-11-18T08:10:00"}, "/started_at", "body.expected_time"),
        ({"sent_at": "yesterday"}, "/sent_at", "body.expected_time"),
        ({"clock_offset_ms": 10**14}, "/clock_offset_ms", "body.too_great"),
        ({"clock_offset_ms": 1.5}, "/clock_offset_ms", "body.expected_whole_number"),
        ({"declaration": False}, "/declaration", "body.unknown_choice"),
        ({"device": {"id": "", "app": "1"}}, "/device/id", "body.too_short"),
        ({"place": HERE}, "/place/latitude_e6", "body.too_great"),
        ({"answers": [MAYBE]}, "/answers/0/verdict", "body.unknown_choice"),
        ({"answers": [POINTS]}, "/answers/0/points", "body.unknown_field"),
        ({"photos": [a_line(SPOTS, 0, b"", bytes=0)]}, "/photos/0/bytes", "body.too_small"),
        ({"photos": [a_line(SPOTS, 0, b"", bytes=2**24)]}, "/photos/0/bytes", "body.too_great"),
        (
            {"photos": [a_line(SPOTS, 0, b"x", origin="pen")]},
            "/photos/0/origin",
            "body.unknown_choice",
        ),
    ],
    ids=lambda case: str(case)[:40],
)
def test_what_does_not_fit_is_named_by_its_place(parts, pointer, code):
    with pytest.raises(BodyRefused) as no:
        read(**parts)
    assert [(fault.pointer, fault.code) for fault in no.value.faults] == [(pointer, code)]


def test_every_misfit_is_named_at_once():
    with pytest.raises(BodyRefused) as no:
        read(total=1, attempt=0, photos=(), answers=[{"item": 1, "verdict": "pass"}, {}])
    assert {fault.pointer for fault in no.value.faults} == {
        "/total",
        "/attempt",
        "/answers/0/item",
        "/answers/1/item",
        "/answers/1/verdict",
    }


@pytest.mark.parametrize("visit_id", ["", "1", VISIT + "0", VISIT[:-1] + "G", VISIT + "\n"])
def test_an_address_that_cannot_exist_is_recognised(visit_id):
    assert not visit.is_address(visit_id, 1)


@pytest.mark.parametrize(("attempt", "possible"), [(0, False), (1, True), (99, True), (100, False)])
def test_attempts_are_few(attempt, possible):
    assert visit.is_address(VISIT, attempt) is possible


def test_the_manifest_hash_is_over_sorted_lines():
    body = read(pictures=(a_photo(1), a_photo(2)))
    lines = sorted(f"{SPOTS} {n} {sha256_of(a_photo(n + 1))}\n" for n in (0, 1))
    assert visit.manifest_hash(body.photos) == sha256_of("".join(lines).encode())
    assert visit.manifest_hash(body.photos[::-1]) == visit.manifest_hash(body.photos)
    assert visit.manifest_hash(()) == hashlib.sha256(b"").hexdigest()


def test_a_receipt_number_can_be_read_out_and_depends_on_the_content():
    late = datetime(2026, 11, 18, 17, 30, tzinfo=UTC)
    number = visit.receipt_no(late, VISIT, 1, "a" * 64)
    assert number.startswith("20261119-")
    assert len(number) == 15
    assert not set(number[9:]) & set("ILOU")
    assert number != visit.receipt_no(late, VISIT, 1, "b" * 64)
    assert number == visit.receipt_no(late, VISIT, 1, "a" * 64)
