"""Allowed moves are a table: from a state by a move to the next state."""

from collections.abc import Mapping
from typing import TypeVar

from inspection.domain.refusals import MoveRefused

State = TypeVar("State", bound=str)
Move = TypeVar("Move", bound=str)


def after(table: Mapping[tuple[State, Move], State], noun: str, state: State, move: Move) -> State:
    """The state after the move. Raises MoveRefused for one the table does not have."""
    found = table.get((state, move))
    if found is None:
        raise MoveRefused(noun=noun, state=str(state), move=str(move))
    return found
