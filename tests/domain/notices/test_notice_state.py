"""A notice moves by the table; overdue is derived, never stored."""

from itertools import pairwise

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from inspection.domain.notices.notice_state import (
    MOVES,
    STORE_SEES,
    UNISSUED,
    NoticeMove,
    NoticeState,
    allowed,
    move,
)
from inspection.domain.refusals import MoveRefused


@pytest.mark.parametrize("state", NoticeState)
@pytest.mark.parametrize("wanted", NoticeMove)
def test_a_notice_moves_by_the_table_only(state, wanted):
    if allowed(state, wanted):
        assert move(state, wanted) is MOVES[state, wanted]
    else:
        with pytest.raises(MoveRefused) as refused:
            move(state, wanted)
        assert refused.value.facts == {"noun": "notice", "state": state, "move": wanted}


def test_only_what_waits_for_its_signature_becomes_a_draft_again():
    assert {before for (before, _), after in MOVES.items() if after is NoticeState.DRAFT} == {
        NoticeState.DRAFT,
        NoticeState.PENDING_SIGNOFF,
    }


def test_nothing_leads_on_from_what_is_void_or_replaced():
    assert not {NoticeState.VOID, NoticeState.SUPERSEDED} & {before for before, _ in MOVES}


class Course(RuleBasedStateMachine):
    """A notice and everything people try with it, in any order."""

    def __init__(self):
        super().__init__()
        self.state = NoticeState.DRAFT
        self.path = [self.state]

    @rule(wanted=st.sampled_from(NoticeMove))
    def attempt(self, wanted):
        if allowed(self.state, wanted):
            self.state = move(self.state, wanted)
            self.path.append(self.state)
        else:
            with pytest.raises(MoveRefused):
                move(self.state, wanted)

    @invariant()
    def a_number_is_never_given_back(self):
        issued = [state not in UNISSUED for state in self.path]
        assert issued == sorted(issued)

    @invariant()
    def nothing_is_issued_that_nobody_checked(self):
        for before, after in pairwise(self.path):
            if before in UNISSUED and after not in UNISSUED:
                assert (before, after) == (NoticeState.PENDING_SIGNOFF, NoticeState.ISSUED)

    @invariant()
    def the_store_sees_it_from_its_issue_on(self):
        assert (self.state in STORE_SEES) is (self.state not in UNISSUED)

    @invariant()
    def it_counts_as_received_once(self):
        received = [
            before
            for before, after in pairwise(self.path)
            if after is NoticeState.ACKNOWLEDGED and before is not NoticeState.CLOSED
        ]
        assert len(received) <= 1


test_whatever_people_try_a_notice_keeps_to_its_course = Course.TestCase
