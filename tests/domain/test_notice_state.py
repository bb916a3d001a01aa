"""A notice moves by the table; overdue is derived, never stored."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspection.domain.notice_state import (
    MOVES,
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


def test_nothing_leads_back_to_a_draft():
    assert {before for (before, _), after in MOVES.items() if after is NoticeState.DRAFT} == {
        NoticeState.DRAFT
    }


@given(st.lists(st.sampled_from(NoticeMove), max_size=12))
def test_whatever_people_try_a_notice_only_goes_forward(wanted):
    order = list(NoticeState)
    state = NoticeState.DRAFT
    for step in wanted:
        if allowed(state, step):
            after = move(state, step)
            assert order.index(after) >= order.index(state)
            state = after
