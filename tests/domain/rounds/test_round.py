"""Rounds open and close by the table."""

import pytest

from inspection.domain.refusals import MoveRefused
from inspection.domain.rounds.round import MOVES, RoundMove, RoundState, move, moves_of, thin_sample


@pytest.mark.parametrize("state", RoundState)
@pytest.mark.parametrize("wanted", RoundMove)
def test_a_round_moves_by_the_table_only(state, wanted):
    if (state, wanted) in MOVES:
        assert move(state, wanted) is MOVES[state, wanted]
    else:
        with pytest.raises(MoveRefused):
            move(state, wanted)


def test_fewer_than_three_visits_are_a_thin_sample():
    assert [thin_sample(n) for n in (1, 2, 3)] == [True, True, False]


def test_what_may_be_done_follows_from_the_state():
    assert moves_of(RoundState.SUBMITTED) == {
        RoundMove.RECALL,
        RoundMove.APPROVE,
        RoundMove.VETO,
    }
    assert moves_of(RoundState.LOCKED) == {RoundMove.UNLOCK}
