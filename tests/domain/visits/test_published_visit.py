"""What leaves the house of a visit is an allow-list, and the list is short."""

from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspection.domain.visits.published_visit import (
    ANNOUNCED,
    PublishedFinding,
    PublishedPhoto,
    PublishedVisit,
    publish,
)

STARTED = datetime(2026, 11, 18, 6, 5, tzinfo=UTC)
COVERT = ("mystery_visit", "spot_check", "phone_follow_up", "social_supervisor", "leader_visit")

covert_starts = st.integers(1_700_000_000, 1_703_000_000).map(
    lambda s: datetime.fromtimestamp(s, UTC)
)


def test_the_structs_hold_these_fields_and_no_others():
    # Whoever adds a field here decides that every store may read it.
    assert [f.name for f in msgspec.structs.fields(PublishedVisit)] == [
        *("kind", "year", "week", "day", "findings"),
    ]
    assert [f.name for f in msgspec.structs.fields(PublishedFinding)] == [
        "item",
        "problem",
        "photos",
    ]
    assert [f.name for f in msgspec.structs.fields(PublishedPhoto)] == ["sha256", "caption"]


@pytest.mark.parametrize("kind", COVERT)
def test_a_covert_visit_tells_its_week_only(kind):
    visit = publish(kind, STARTED, (), disclose_day=False)
    assert (visit.year, visit.week, visit.day, visit.covert) == (2026, 47, None, True)


def test_a_kind_nobody_has_named_yet_is_covert():
    assert publish("new_kind", STARTED, (), disclose_day=False).day is None


@pytest.mark.parametrize("kind", sorted(ANNOUNCED))
def test_an_announced_visit_tells_its_day(kind):
    visit = publish(kind, STARTED, (), disclose_day=False)
    assert (visit.day, visit.covert) == (date(2026, 11, 18), False)


def test_a_round_may_disclose_the_day_but_not_the_hour():
    assert publish("mystery_visit", STARTED, (), disclose_day=True).day == date(2026, 11, 18)


def test_the_week_is_the_one_at_the_store():
    sunday_night = datetime(2026, 11, 22, 15, 59, tzinfo=UTC)
    assert publish("mystery_visit", sunday_night, (), disclose_day=False).week == 47
    after = sunday_night + timedelta(minutes=1)
    assert publish("mystery_visit", after, (), disclose_day=False).week == 48


def test_the_week_of_new_year_goes_with_its_own_year():
    visit = publish("mystery_visit", datetime(2027, 1, 1, 3, tzinfo=UTC), (), disclose_day=False)
    assert (visit.year, visit.week) == (2026, 53)


@given(covert_starts, covert_starts)
def test_two_covert_visits_of_one_week_look_the_same(one, other):
    told = [publish("mystery_visit", at, (), disclose_day=False) for at in (one, other)]
    weeks = [(visit.year, visit.week) for visit in told]
    assert (told[0] == told[1]) == (weeks[0] == weeks[1])
