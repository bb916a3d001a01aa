"""A line moves by its table only; what the notice waits for follows from its lines."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from inspection.domain.rectifications import extension, follow_up
from inspection.domain.rectifications.extension import Asking, ExtensionMove, ExtensionState
from inspection.domain.rectifications.follow_up import CallMove, CallState
from inspection.domain.rectifications.rectification import (
    MOVES,
    OWED,
    SETTLED,
    LineMove,
    LineState,
    Progress,
    allowed,
    move,
    overdue,
    progress,
    settled,
)
from inspection.domain.refusals import MoveRefused
from inspection.domain.refusals.rectification import ExtensionRefused

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
lines = st.lists(st.sampled_from(LineState), min_size=1, max_size=8)


@pytest.mark.parametrize("state", LineState)
@pytest.mark.parametrize("wanted", LineMove)
def test_a_line_moves_by_the_table_only(state, wanted):
    if allowed(state, wanted):
        assert move(state, wanted) is MOVES[state, wanted]
    else:
        with pytest.raises(MoveRefused) as refused:
            move(state, wanted)
        assert refused.value.facts == {"noun": "line", "state": state, "move": wanted}


@pytest.mark.parametrize("state", SETTLED)
def test_nothing_but_opening_it_again_leads_out_of_a_settled_line(state):
    assert [wanted for wanted in LineMove if allowed(state, wanted)] == [LineMove.REOPEN]


class Line(RuleBasedStateMachine):
    """Whatever people try on a line, a store that is to act acts, and settled is settled."""

    def __init__(self):
        super().__init__()
        self.state, self.replies, self.verdicts = LineState.OPEN, 0, 0

    @rule(wanted=st.sampled_from(LineMove))
    def attempt(self, wanted):
        before = self.state
        try:
            self.state = move(before, wanted)
        except MoveRefused:
            assert (before, wanted) not in MOVES
            return
        self.replies += wanted is LineMove.REPLY
        self.verdicts += wanted in {LineMove.ACCEPT, LineMove.RETURN}
        if wanted is LineMove.REPLY:
            assert before in OWED
        assert before not in SETTLED or wanted is LineMove.REOPEN

    @invariant()
    def nothing_is_verified_without_a_reply(self):
        assert self.verdicts <= self.replies <= self.verdicts + 1
        if self.state is LineState.VERIFIED:
            assert self.replies
        if self.state is LineState.SUBMITTED:
            assert self.replies == self.verdicts + 1


TestLine = Line.TestCase


@given(lines)
def test_progress_names_the_most_urgent(states):
    found = progress(states)
    if LineState.RETURNED in states:
        assert found is Progress.RETURNED
    elif LineState.OPEN in states:
        assert found is Progress.RESPONDING
    elif LineState.SUBMITTED in states:
        assert found is Progress.SUBMITTED
    else:
        assert found is Progress.VERIFIED
    assert settled(states) is (found is Progress.VERIFIED)


@pytest.mark.parametrize("state", LineState)
def test_only_a_line_the_store_owes_is_overdue(state):
    assert overdue(state, NOW - HOUR, NOW) is (state in OWED)
    assert not overdue(state, NOW, NOW)
    assert not overdue(state, NOW - HOUR, NOW, paused=True)


def asking(**parts):
    usual = {"state": LineState.OPEN, "severity": "general", "due_at": NOW + HOUR, "earlier": ()}
    return Asking(**{**usual, **parts})


GRANTED, ASKED, REFUSED = ExtensionState.GRANTED, ExtensionState.ASKED, ExtensionState.REFUSED


@pytest.mark.parametrize(
    ("parts", "why"),
    [
        ({}, ""),
        ({"earlier": (GRANTED, REFUSED, REFUSED)}, ""),
        ({"severity": "veto"}, "veto"),
        ({"state": LineState.SUBMITTED}, "not_owed"),
        ({"earlier": (ASKED,)}, "waiting"),
        ({"earlier": (GRANTED, REFUSED, GRANTED)}, "too_often"),
        ({"due_at": NOW - HOUR}, "too_late"),
    ],
)
def test_when_more_time_can_be_asked_for(parts, why):
    assert extension.refusal(asking(**parts), NOW) == why
    if why:
        with pytest.raises(ExtensionRefused):
            extension.check(asking(**parts), NOW)
    else:
        extension.check(asking(**parts), NOW)


@given(st.lists(st.sampled_from(ExtensionMove), max_size=5))
def test_a_request_is_decided_once(moves):
    state = ASKED
    for n, wanted in enumerate(moves):
        if n == 0:
            state = extension.move(state, wanted)
        else:
            with pytest.raises(MoveRefused):
                extension.move(state, wanted)


@pytest.mark.parametrize("state", CallState)
@pytest.mark.parametrize("wanted", follow_up.OUTCOMES)
def test_a_call_is_over_once_somebody_was_reached(state, wanted):
    if state in follow_up.WAITING:
        assert follow_up.move(state, wanted).value == wanted.value
    else:
        with pytest.raises(MoveRefused):
            follow_up.move(state, wanted)


@pytest.mark.parametrize("state", CallState)
def test_only_discontent_makes_another_call(state):
    if state is CallState.DISSATISFIED:
        assert follow_up.move(state, CallMove.AGAIN) is CallState.DUE
    else:
        with pytest.raises(MoveRefused):
            follow_up.move(state, CallMove.AGAIN)


def test_a_call_is_due_a_day_later():
    assert follow_up.due_at(NOW) == NOW + timedelta(days=1)


@pytest.mark.parametrize(
    ("states", "found"),
    [
        (("open", "returned", "submitted"), Progress.RETURNED),
        (("open", "submitted", "verified"), Progress.RESPONDING),
        (("submitted", "verified"), Progress.SUBMITTED),
        (("verified", "verified"), Progress.VERIFIED),
    ],
)
def test_a_notice_waits_for_its_most_urgent_line(states, found):
    assert progress([LineState(state) for state in states]) is found
