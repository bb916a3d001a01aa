"""Hints about how a visit was made: each threshold from both sides, and the numbers behind them."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspection.domain.photos.likeness import BANDS, distance, slots
from inspection.domain.visits.presence import Spot
from inspection.domain.visits.visit import VisitBody
from inspection.domain.visits.visit_hints import Stay, hints_of, travel_hint
from tests.submissions import a_line, a_photo, a_submission, encoded

STORE = Spot(36_061_000, 103_834_000)
AT = datetime(2026, 11, 18, 2, 0, tzinfo=UTC)
HERE = {"latitude_e6": 36_061_000, "longitude_e6": 103_834_000, "accuracy_m": 12}
FAR = {**HERE, "latitude_e6": 36_161_000}
LOSSES = ("KC-E-01", "KC-M-01", "KC-E-02", "KC-X-04")


def hints(store=STORE, **parts):
    body = msgspec.json.decode(encoded(a_submission(**parts)), type=VisitBody)
    return {hint.code: hint.facts for hint in hints_of(body, store)}


def noted(*notes):
    sent = a_submission(losses=LOSSES[: len(notes)])
    for answer in sent["answers"]:
        if answer["verdict"] == "loss":
            answer["note"] = notes[LOSSES.index(answer["item"])]
    return {"answers": sent["answers"]}


def test_an_ordinary_visit_gives_no_hints():
    assert hints() == {}


def test_answers_faster_than_anybody_looks():
    answered = len(a_submission()["answers"])
    start = datetime(2026, 11, 18, 8, 10, tzinfo=UTC)
    slow = start + timedelta(seconds=8 * answered)
    assert hints(started_at=start.isoformat(), ended_at=slow.isoformat()) == {}
    fast = hints(started_at=start.isoformat(), ended_at=(slow - timedelta(seconds=1)).isoformat())
    assert fast["fast_answers"]["items"] == str(answered)
    assert fast["fast_answers"]["seconds"] == "7"
    assert hints(started_at=slow.isoformat(), ended_at=start.isoformat()) == {}
    assert hints(answers=[]) == {}


@pytest.mark.parametrize(("minutes", "short"), [(9, True), (10, False), (-5, False)])
def test_a_short_stay_by_check_in_and_check_out(minutes, short):
    found = hints(
        check_in={"at": AT.isoformat(), "place": HERE},
        check_out={"at": (AT + timedelta(minutes=minutes)).isoformat(), "place": None},
    )
    assert ("short_stay" in found) is short
    if short:
        assert found["short_stay"] == {"minutes": "9"}
    assert hints(check_in={"at": AT.isoformat(), "place": HERE}) == {}


def test_notes_too_short_to_say_what_was_wrong():
    assert hints(**noted("脏", "乱", "门口有一堆纸箱"))["short_notes"] == {
        "count": "2",
        "losses": "3",
        "length": "4",
    }
    assert hints(**noted("脏", "门口有杂物", "地面有水渍")) == {}
    assert hints(**noted("脏", "乱")) == {}


def not_applicable(number):
    sent = a_submission()["answers"]
    na = [{"item": a["item"], "verdict": "na", "reason": "无此设备"} for a in sent[:number]]
    return {"answers": na + sent[number:]}


def test_many_items_not_applicable_are_counted_whatever_marks_they_have():
    """The scorecards let 13 of 100 points be left out by hand: the marks alone never tell."""
    answered = len(a_submission()["answers"])
    assert hints(**not_applicable(3)) == {}
    assert hints(**not_applicable(4))["many_na"] == {"count": "4", "items": str(answered)}
    few_of_many = a_submission()["answers"] * 2
    assert hints(answers=not_applicable(4)["answers"] + few_of_many) == {}


def test_photos_from_the_gallery_are_counted():
    photos = (a_photo(1), a_photo(2))
    lines = [a_line("KC-E-01", place, photo) for place, photo in enumerate(photos)]
    lines[1]["origin"] = "gallery"
    found = hints(losses=("KC-E-01",), pictures=photos, photos=lines)
    assert found == {"gallery_photo": {"count": "1", "photos": "2"}}


def test_places_far_or_vague_or_repeated():
    assert "place_far" in hints(place=FAR)
    assert hints(place=FAR, store=None) == {}
    assert hints(place={**HERE, "accuracy_m": 250}) == {"place_vague": {"metres": "250"}}
    assert hints(place={**HERE, "accuracy_m": 200}) == {}
    assert hints(place=None) == {}
    same = hints(
        check_in={"at": AT.isoformat(), "place": HERE},
        check_out={"at": (AT + timedelta(hours=1)).isoformat(), "place": HERE},
    )
    assert same == {"place_repeated": {}}
    out_there = hints(
        check_in={"at": AT.isoformat(), "place": HERE},
        check_out={"at": (AT + timedelta(hours=1)).isoformat(), "place": FAR},
    )
    assert int(out_there["place_far"]["metres"]) > 11_000


def stay(minutes, north_km=0, store="别处"):
    start = AT + timedelta(minutes=minutes)
    return Stay(
        started_at=start,
        ended_at=start + timedelta(minutes=30),
        spot=Spot(STORE.latitude_e6 + north_km * 9_000, STORE.longitude_e6),
        store=store,
    )


def test_no_road_is_that_fast():
    mine = stay(0)
    assert travel_hint(mine, []) is None
    assert travel_hint(mine, [stay(90, 50)]) is None
    hint = travel_hint(mine, [stay(50, 50), stay(-60, 100, "更远处"), stay(35, 3)])
    assert hint is not None
    assert hint.facts["store"] == "更远处"
    assert (hint.facts["minutes"], hint.facts["km"]) == ("30", "100")
    at_once = travel_hint(mine, [stay(10, 20)])
    assert at_once is not None
    assert at_once.facts["minutes"] == "1"


BITS = st.integers(0, 2**128 - 1)


@given(BITS, st.sets(st.integers(0, 127), max_size=BANDS - 1))
def test_whatever_differs_in_fewer_bits_than_there_are_bands_shares_one(bits, turned):
    other = bits
    for place in turned:
        other ^= 1 << place
    one, two = f"{bits:032x}", f"{other:032x}"
    assert distance(one, two) == len(turned)
    assert set(slots(one)) & set(slots(two))
    assert len(set(slots(one))) == BANDS
    assert all(0 <= slot < 2**31 for slot in slots(one))
