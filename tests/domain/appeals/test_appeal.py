"""An appeal moves by the table, in time, and is decided by somebody else."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from inspection import holidays
from inspection.domain.access import AccountId
from inspection.domain.appeals import appeal
from inspection.domain.appeals.appeal import (
    DECIDED_STATES,
    MOVES,
    OPEN_STATES,
    AppealMove,
    AppealState,
    allowed,
    move,
)
from inspection.domain.refusals import MoveRefused
from inspection.domain.refusals.appeals import (
    AppealNotDelivered,
    AppealOpinionAwaited,
    AppealOwnWork,
    AppealReasonMissing,
    AppealTextMissing,
    AppealWindowClosed,
)

WEDNESDAY = datetime(2026, 11, 18, 1, 0, tzinfo=UTC)

DECIDING = {AppealMove.UPHOLD, AppealMove.GRANT_PART, AppealMove.REJECT}


@pytest.mark.parametrize("state", AppealState)
@pytest.mark.parametrize("wanted", AppealMove)
def test_an_appeal_moves_by_the_table_only(state, wanted):
    if allowed(state, wanted):
        assert move(state, wanted) is MOVES[state, wanted]
    else:
        with pytest.raises(MoveRefused) as refused:
            move(state, wanted)
        assert refused.value.facts == {"noun": "appeal", "state": state, "move": wanted}


def test_nothing_leads_out_of_what_is_over():
    assert {state for state, _ in MOVES} == set(OPEN_STATES)
    assert {MOVES[state, wanted] for state, wanted in MOVES if wanted in DECIDING} == set(
        DECIDED_STATES
    )


def test_the_window_ends_with_the_third_working_day():
    closes = appeal.closes_at(WEDNESDAY, 3, holidays.published())
    assert closes == datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
    appeal.check_window(WEDNESDAY, closes, closes)
    with pytest.raises(AppealWindowClosed):
        appeal.check_window(WEDNESDAY, closes, closes + timedelta(seconds=1))
    with pytest.raises(AppealNotDelivered):
        appeal.check_window(None, None, WEDNESDAY)


def test_the_region_has_a_day_and_the_decision_two_more():
    due = appeal.opinion_due(WEDNESDAY)
    assert due - WEDNESDAY == timedelta(hours=24)
    assert appeal.decision_due(due) - due == timedelta(hours=48)
    with pytest.raises(AppealOpinionAwaited):
        appeal.check_decidable(AppealState.FILED, due, due - timedelta(seconds=1))
    appeal.check_decidable(AppealState.FILED, due, due)
    appeal.check_decidable(AppealState.ADVISED, due, WEDNESDAY)


def test_whoever_had_a_part_does_not_decide():
    appeal.check_independent(AccountId("sun"), frozenset({"li", "wang"}))
    with pytest.raises(AppealOwnWork):
        appeal.check_independent(AccountId("li"), frozenset({"li", "wang"}))


def test_words_are_kept_plain_and_never_missing():
    assert appeal.statement(" 二楼 \n 贵宾室 ") == "二楼 贵宾室"
    assert appeal.reason("按标准") == "按标准"
    with pytest.raises(AppealTextMissing):
        appeal.statement("\t")
    with pytest.raises(AppealReasonMissing):
        appeal.reason(" ")


@pytest.mark.parametrize(
    ("line", "item", "stops"),
    [
        ("general", "general", True),
        ("major", "major", True),
        ("veto", "general", False),
        ("major", "veto", False),
    ],
)
def test_where_a_veto_is_possible_the_clock_goes_on(line, item, stops):
    assert appeal.freezes(line, item) is stops


class LossUnderAppeal(RuleBasedStateMachine):
    """One loss, appealed against by its store as often as it may: what is kept never disagrees."""

    def __init__(self):
        super().__init__()
        self.now = WEDNESDAY
        self.closes = appeal.closes_at(WEDNESDAY, 3, holidays.published())
        self.appeals = []
        self.due = None

    @property
    def open(self):
        return bool(self.appeals) and self.appeals[-1] in OPEN_STATES

    @property
    def claimed(self):
        return bool(self.appeals) and self.appeals[-1] is not AppealState.WITHDRAWN

    @rule(hours=st.integers(0, 30))
    def time_passes(self, hours):
        self.now += timedelta(hours=hours)

    @precondition(lambda self: not self.claimed)
    @rule()
    def the_store_files(self):
        if self.now > self.closes:
            with pytest.raises(AppealWindowClosed):
                appeal.check_window(WEDNESDAY, self.closes, self.now)
            return
        appeal.check_window(WEDNESDAY, self.closes, self.now)
        self.appeals.append(AppealState.FILED)
        self.due = appeal.opinion_due(self.now)

    @precondition(lambda self: self.appeals)
    @rule(wanted=st.sampled_from(AppealMove))
    def somebody_moves_it(self, wanted):
        state = self.appeals[-1]
        if not allowed(state, wanted):
            with pytest.raises(MoveRefused):
                move(state, wanted)
            return
        if wanted in DECIDING and state is AppealState.FILED and self.now < self.due:
            with pytest.raises(AppealOpinionAwaited):
                appeal.check_decidable(state, self.due, self.now)
            return
        self.appeals[-1] = move(state, wanted)

    @invariant()
    def at_most_one_is_open_or_decided(self):
        assert sum(state is not AppealState.WITHDRAWN for state in self.appeals) <= 1

    @invariant()
    def only_the_last_can_be_open(self):
        assert all(state is AppealState.WITHDRAWN for state in self.appeals[:-1])


LossUnderAppeal.TestCase.settings = settings(max_examples=60, stateful_step_count=20, deadline=None)
TestLossUnderAppeal = LossUnderAppeal.TestCase
