"""When approved visits go out: by the week, in an order and a number that say nothing."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from inspection.domain.deadline import SHANGHAI
from inspection.domain.refusals.releases import ReleaseReasonMissing, ReleaseTooSmall
from inspection.domain.releases.release import (
    LEAST,
    MONDAY,
    SUNDAY,
    ReleaseRule,
    ReleaseTerms,
    check_early,
    due_at,
    early_cut,
    shuffled,
    week_cut,
)
from inspection.domain.rounds.round_plan import VISIT_KINDS

WEDNESDAY = datetime(2026, 11, 18, 14, 0, tzinfo=SHANGHAI)
THURSDAY = 4


def at(day: int, hour: int = 0, minute: int = 0) -> datetime:
    """A moment of November 2026 in China; the 16th and the 23rd are Mondays."""
    return datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI)


@pytest.mark.parametrize("kind", VISIT_KINDS)
def test_only_what_a_store_may_know_the_day_of_goes_out_at_once(kind):
    open_anyway = kind in {"self_check", "peer_check"}
    assert ReleaseTerms(kind=kind, disclose_day=False).at_once is open_anyway
    assert ReleaseTerms(kind=kind, disclose_day=True).at_once


@pytest.mark.parametrize(("rule", "at_once"), [("at_once", True), ("weekly", False)])
@pytest.mark.parametrize("kind", ["mystery_visit", "self_check"])
def test_a_round_may_say_otherwise(kind, rule, at_once):
    terms = ReleaseTerms(kind=kind, disclose_day=False, rule=ReleaseRule(rule))
    assert terms.at_once is at_once


@pytest.mark.parametrize(
    ("visited", "approved", "day", "due"),
    [
        (at(18, 14), at(18, 20), MONDAY, at(23)),
        (at(16), at(18, 20), MONDAY, at(23)),
        (at(22, 23, 59), at(22, 23, 59), MONDAY, at(23)),
        (at(22, 23, 59), at(23), MONDAY, at(23)),
        (at(22, 23, 59), at(23, 0, 1), MONDAY, at(30)),
        (at(18, 14), at(18, 20), THURSDAY, at(26)),
        (at(18, 14), at(27, 9), THURSDAY, at(30) + timedelta(days=3)),
        (at(18, 14), at(18, 20), SUNDAY, at(29)),
    ],
)
def test_a_visit_goes_out_on_the_first_release_day_after_its_week(visited, approved, day, due):
    assert due_at(visited, approved, day) == due


@pytest.mark.parametrize("now", [at(23), at(23, 0, 5), at(25, 12), at(29, 23, 59)])
def test_the_batch_of_a_week_is_the_same_however_late_it_is_made(now):
    cut = week_cut(now, MONDAY)
    assert (cut.key, cut.approved_until, cut.visited_before) == ("2026-W48", at(23), at(23))
    assert cut.approved_until.tzinfo is UTC


def test_a_batch_in_the_middle_of_a_week_takes_nothing_of_that_week():
    cut = week_cut(at(27), THURSDAY)
    assert (cut.key, cut.approved_until, cut.visited_before) == ("2026-W48", at(26), at(23))
    early = early_cut(at(27, 15), "now")
    assert (early.key, early.approved_until, early.visited_before) == ("now", at(27, 15), at(23))


def test_what_is_due_is_what_the_batch_takes():
    chance = random.Random(47)
    for _ in range(2_000):
        day = chance.randint(MONDAY, SUNDAY)
        visited = at(2) + timedelta(minutes=chance.randrange(20 * 24 * 60))
        approved = visited + timedelta(minutes=chance.randrange(9 * 24 * 60))
        now = visited + timedelta(minutes=chance.randrange(20 * 24 * 60))
        cut = week_cut(now, day)
        taken = approved <= cut.approved_until and visited < cut.visited_before
        assert taken is (due_at(visited, approved, day) <= now)


def test_no_batch_tells_more_than_the_week_of_a_visit():
    """P04: whichever day of its week a visit was made, it goes out at the same moment."""
    for day in range(MONDAY, SUNDAY + 1):
        due = {due_at(at(16 + offset, 15), at(22, 20), day) for offset in range(7)}
        assert len(due) == 1
        assert min(due) >= at(23)


def test_a_batch_goes_out_in_an_order_that_says_nothing():
    """P03: the rank of a visit's time and its place in the batch have nothing to do with it."""
    chance = random.Random(2010)
    visits = [f"{number:06}" for number in range(20_000)]
    order = shuffled(visits, lambda: f"{chance.getrandbits(128):032x}")
    assert sorted(order) == visits
    count, middle = len(visits), (len(visits) - 1) / 2
    shared = sum((place - middle) * (int(visit) - middle) for place, visit in enumerate(order))
    assert abs(shared / (count * (count**2 - 1) / 12)) <= 0.05


def test_an_early_batch_is_large_enough_and_has_a_reason():
    assert check_early(LEAST, " 季度通报 ") == "季度通报"
    with pytest.raises(ReleaseTooSmall) as refused:
        check_early(LEAST - 1, "季度通报")
    assert refused.value.facts == {"ready": 4, "least": 5}
    with pytest.raises(ReleaseReasonMissing):
        check_early(LEAST, " ")
