"""A submission that contradicts itself is refused with every place; oddities only raise flags."""

from datetime import date

import pytest

from inspection.domain.decoding import decode
from inspection.domain.visits import visit_checks, visit_flags
from inspection.domain.visits.visit import LARGEST_BODY, VisitBody
from tests.submissions import (
    OTHER_VISIT,
    SPOTS,
    VISIT,
    a_line,
    a_photo,
    a_submission,
    encoded,
    sha256_of,
)

WINDOW = (date(2026, 11, 16), date(2026, 11, 22))
PHOTO = a_photo()


def read(**parts):
    return decode(encoded(a_submission(**parts)), VisitBody, limit=LARGEST_BODY)


def faults(**parts):
    found = visit_checks.faults(read(**parts), VISIT, 1)
    return [(fault.pointer, fault.code) for fault in found]


def flags(**parts):
    return list(visit_flags.raised(read(**parts), *WINDOW))


def with_answer(named, lines):
    answers = a_submission(losses=(SPOTS,))["answers"]
    for answer in answers:
        if answer["item"] == SPOTS:
            answer["photos"] = [sha256_of(photo) for photo in named]
    return {"answers": answers, "photos": lines}


def faults_of(named, lines):
    return faults(**with_answer(named, lines))


def test_a_sound_submission_has_no_fault_and_no_flag():
    assert faults(pictures=(PHOTO, a_photo(2))) == []
    assert flags(pictures=(PHOTO,)) == []


def test_body_and_address_must_agree():
    assert faults(visit=OTHER_VISIT, attempt=2) == [
        ("/visit", "visit.id_differs"),
        ("/attempt", "visit.attempt_differs"),
    ]


@pytest.mark.parametrize("field", ["started_at", "ended_at", "sent_at"])
@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
def test_times_nobody_can_reckon_with_are_refused(field, at):
    assert faults(**{field: at}) == [(f"/{field}", "visit.time_impossible")]


def test_a_clock_years_off_is_taken_with_its_offset():
    six_years = 6 * 365 * 24 * 3600 * 1000
    times = {"started_at": "2020-11-19T08:10:00+08:00", "ended_at": "2020-11-19T08:40:00+08:00"}
    parts = times | {"sent_at": "2020-11-19T08:41:00+08:00", "clock_offset_ms": six_years}
    assert faults(**parts) == []
    assert flags(**parts) == ["clock_offset"]


def test_an_offset_into_nowhere_is_refused():
    pointers = {pointer for pointer, _ in faults(clock_offset_ms=10**13)}
    assert pointers == {"/started_at", "/ended_at", "/sent_at"}


def test_a_photo_taken_at_no_possible_time_is_refused():
    line = a_line(SPOTS, 0, PHOTO, taken_at="1970-01-01T00:00:00Z")
    assert faults(**with_answer([PHOTO], [line])) == [
        ("/photos/0/taken_at", "visit.time_impossible")
    ]


def test_a_photo_without_a_time_is_fine():
    line = a_line(SPOTS, 0, PHOTO, taken_at=None, origin="gallery")
    body = with_answer([PHOTO], [line])
    assert faults(**body) == []
    assert flags(**body) == []


def test_manifest_and_answers_name_the_same_photos():
    other = a_photo(7)
    assert faults_of([PHOTO], []) == [("/answers/0/photos/0", "visit.photo_not_announced")]
    assert faults_of([], [a_line(SPOTS, 0, PHOTO)]) == [("/photos/0", "visit.photo_unused")]
    assert faults_of([PHOTO], [a_line("KC-E-02", 0, PHOTO)]) == [
        ("/photos/0", "visit.photo_unused"),
        ("/answers/0/photos/0", "visit.photo_not_announced"),
    ]
    assert faults_of([PHOTO, other], [a_line(SPOTS, 0, PHOTO), a_line(SPOTS, 0, other)]) == [
        ("/photos/1/position", "visit.photo_place_taken")
    ]


def test_a_marked_copy_comes_with_its_original():
    copy = a_photo(7)
    original = a_line(SPOTS, 0, PHOTO)
    marked = a_line(SPOTS, 1, copy, marked_from=sha256_of(PHOTO))
    assert faults_of([PHOTO, copy], [original, marked]) == []
    assert faults_of([copy], [marked]) == [
        ("/photos/0/marked_from", "visit.marked_original_missing")
    ]


def test_a_marked_copy_is_not_made_of_itself_nor_of_another_copy():
    copy, second = a_photo(7), a_photo(8)
    itself = a_line(SPOTS, 0, copy, marked_from=sha256_of(copy))
    assert faults_of([copy], [itself]) == [
        ("/photos/0/marked_from", "visit.marked_original_missing")
    ]
    lines = [
        a_line(SPOTS, 0, PHOTO),
        a_line(SPOTS, 1, copy, marked_from=sha256_of(PHOTO)),
        a_line(SPOTS, 2, second, marked_from=sha256_of(copy)),
    ]
    assert faults_of([PHOTO, copy, second], lines) == [
        ("/photos/2/marked_from", "visit.marked_original_missing")
    ]


def test_what_was_passed_in_one_go_is_answered():
    assert faults(bulk_pass=["KC-E-01", "KC-X-99"]) == [
        ("/bulk_pass/1", "visit.bulk_pass_unanswered")
    ]


def test_only_announced_visits_need_photos_for_every_loss():
    assert visit_checks.photo_policy("mystery_visit") == "record_may_replace"
    assert visit_checks.photo_policy("self_check") == "required"


@pytest.mark.parametrize(
    ("parts", "flag"),
    [
        ({"clock_offset_ms": -300_001}, "clock_offset"),
        ({"ended_at": "2026-11-18T08:09:59+08:00"}, "times_reversed"),
        ({"ended_at": "2026-11-18T08:14:59+08:00"}, "short_visit"),
        ({"started_at": "2026-11-15T23:59:59+08:00"}, "outside_window"),
    ],
)
def test_an_oddity_raises_its_flag(parts, flag):
    assert flags(**parts) == [flag]


def test_the_window_is_whole_days_in_shanghai():
    edges = {"started_at": "2026-11-15T16:00:00Z", "ended_at": "2026-11-22T15:59:59Z"}
    assert flags(clock_offset_ms=0, **edges) == []
