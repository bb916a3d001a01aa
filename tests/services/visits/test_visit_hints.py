"""Hints from the visit's surroundings: raised as it comes in, told with their numbers."""

from datetime import UTC, datetime, timedelta

import pytest

from inspection.domain.visits.presence import Spot
from inspection.persistence.rounds.stays import VisitTimes, circumstances
from inspection.persistence.statements import marks, run
from inspection.services.reviews.review_detail import visit_for_review
from tests.cast import CLUB, HALL, LI, QINZHOU_CLUB, SUN, store_id
from tests.receiving import rows_of
from tests.reviewing import a_visit, another_assignment, approve

HERE = Spot(36_061_000, 103_834_000)
THERE = Spot(34_580_000, 105_724_000)


async def put(store, spot):
    await run(
        "UPDATE store SET latitude_e6 = ?, longitude_e6 = ? WHERE id = ?",
        spot.latitude_e6,
        spot.longitude_e6,
        store_id(store),
    )


async def flags_of(visit):
    (row,) = [row for row in await rows_of("visit") if row["id"] == visit]
    return row["flags"]


async def facts_of(visit):
    return {flag.code: flag.facts for flag in (await visit_for_review(SUN.actor, visit)).flags}


@pytest.fixture
async def two_places(province):
    await put(CLUB, HERE)
    await put(QINZHOU_CLUB, THERE)
    return province


async def test_a_visit_far_from_its_store_is_flagged_with_the_metres(province):
    await put(CLUB, THERE)
    visit = await a_visit(province)
    assert "place_far" in await flags_of(visit)
    assert int((await facts_of(visit))["place_far"]["metres"]) > 200_000


async def test_an_impossible_way_is_flagged_on_the_later_and_told_on_both(two_places):
    first = await a_visit(two_places, "first", losses=())
    assignment = await another_assignment(two_places, LI, QINZHOU_CLUB, "away")
    second = await a_visit(
        two_places,
        "second",
        store=QINZHOU_CLUB,
        losses=(),
        assignment=assignment,
        place=None,
        started_at="2026-11-18T09:00:00+08:00",
        ended_at="2026-11-18T09:40:00+08:00",
    )
    assert "impossible_travel" not in await flags_of(first)
    assert "impossible_travel" in await flags_of(second)
    facts = (await facts_of(second))["impossible_travel"]
    assert facts["minutes"] == "20"
    assert (facts["store"], facts["visit"]) == ("城关东方红客户俱乐部", first)
    assert "impossible_travel" in await facts_of(first)


async def test_without_a_place_nothing_is_said_of_the_way(province):
    await put(QINZHOU_CLUB, THERE)
    await a_visit(province, "first", losses=(), place=None)
    visit = await a_visit(province, "second", store=HALL, losses=(), place=None)
    assert "impossible_travel" not in await flags_of(visit)


async def test_a_day_apart_everything_can_be_reached(two_places):
    await a_visit(two_places, "first", losses=())
    assignment = await another_assignment(two_places, LI, QINZHOU_CLUB, "away")
    visit = await a_visit(
        two_places,
        "second",
        store=QINZHOU_CLUB,
        losses=(),
        assignment=assignment,
        place=None,
        started_at="2026-11-19T09:00:00+08:00",
        ended_at="2026-11-19T09:40:00+08:00",
    )
    assert await flags_of(visit) == "[]"


async def test_hints_never_decide(province):
    await put(CLUB, THERE)
    visit = await a_visit(province, bulk_pass=["KC-E-02"])
    assert (await visit_for_review(SUN.actor, visit)).blocked is None
    assert (await approve(province, visit)).state in {"approved", "published"}


async def test_every_hint_is_worded(province):
    await put(CLUB, THERE)
    visit = await a_visit(province)
    for flag in (await visit_for_review(SUN.actor, visit)).flags:
        assert flag.facts or flag.code in {"place_repeated"}


async def test_of_many_visits_the_nearest_before_and_after_are_looked_at(two_places):
    """Their number is bounded, whatever an inspector did that day; a later one comes first here."""
    visit = await a_visit(two_places, "mine", losses=())
    begun = datetime(2026, 11, 18, 0, 40, tzinfo=UTC)
    await run("UPDATE visit SET started_at = ?, ended_at = ?", begun, begun + timedelta(minutes=30))
    (row,) = await rows_of("visit")
    names = ", ".join(row)
    for number in range(-9, 10):
        at = begun + timedelta(hours=number)
        assignment = await another_assignment(two_places, LI, QINZHOU_CLUB, f"a{number}")
        changed = {"id": f"v{number}", "assignment": assignment, "store": store_id(QINZHOU_CLUB)}
        times = {"started_at": at, "ended_at": at + timedelta(minutes=5)}
        values = (row | changed | times).values()
        await run(f"INSERT INTO visit ({names}) VALUES ({marks(len(row))})", *values)
    times = VisitTimes(
        visit=visit,
        inspector=LI.account,
        store=store_id(CLUB),
        started_at=begun,
        ended_at=begun + timedelta(minutes=30),
    )
    found = await circumstances(times)
    hours = sorted(round((stay.started_at - begun) / timedelta(hours=1)) for stay in found.others)
    assert hours == [-5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6]
