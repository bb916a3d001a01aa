"""Whatever people try with anything that has states, in any order: the table decides, and what must
never come to be does not. Nouns with a course of their own beside their rules are here as well.
"""

from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from inspection.domain import moves
from inspection.domain.refusals import MoveRefused
from tools.draw_states import StateTable, tables


class Step(NamedTuple):
    """One move that was made."""

    before: str
    move: str
    after: str


Path = list[Step]


def only_after(state: str, *made: str) -> Callable[[Path], bool]:
    """It gets into the state by these moves alone."""
    return lambda path: all(
        step.move in made for step in path if step.after == state != step.before
    )


def once(move: str) -> Callable[[Path], bool]:
    """It is done at most once."""
    return lambda path: sum(step.move == move for step in path) <= 1


def never_left(*states: str) -> Callable[[Path], bool]:
    """Nothing leads out of them."""
    return lambda path: not any(step.before in states for step in path)


def straight_before(move: str, *earlier: str) -> Callable[[Path], bool]:
    """Whenever it is done, one of these was done just before."""
    return lambda path: (
        all(first.move in earlier for first, then in pairwise(path) if then.move == move)
        and not (path and path[0].move == move)
    )


LAWS: dict[str, list[Callable[[Path], bool]]] = {
    "Assignment": [
        straight_before("finish", "submit", "reopen", "reinstate"),
        only_after("done", "finish"),
        lambda path: all(step.move == "reinstate" for step in path if step.before == "cancelled"),
    ],
    "Batch": [never_left("done", "cancelled")],
    "Bulletin": [never_left("published"), once("publish")],
    "Call": [never_left("satisfied"), straight_before("again", "dissatisfied")],
    "Draft": [
        never_left("published", "discarded"),
        straight_before("publish", "approve"),
        straight_before("approve", "submit"),
    ],
    "Extension": [never_left("granted", "refused")],
    "Photo": [never_left("clean", "refused"), straight_before("clean", "arrive")],
    "Reinspection": [
        never_left("settled"),
        straight_before("settle", "submit", "reinstate"),
        once("submit"),
        lambda path: all(step.move == "reinstate" for step in path if step.before == "cancelled"),
    ],
    "Rescore": [
        never_left("done", "stopped", "cancelled"),
        straight_before("write", "confirm"),
        straight_before("confirm", "show"),
    ],
    "Round": [
        straight_before("approve", "submit"),
        only_after("open", "approve", "unlock"),
        only_after("discarded", "discard"),
        lambda path: all(step.before == "draft" for step in path if step.move == "discard"),
    ],
    "Visit": [
        never_left("locked"),
        straight_before("release", "approve"),
        lambda path: all(step.move == "lock" for step in path if step.before == "published"),
    ],
}
"""What no course may break, in words of states and moves; who has no line here has rules of its
own where the noun is tested.
"""


class Course(RuleBasedStateMachine):
    """A thing of one table, and everything anybody tries with it."""

    def __init__(self, table: StateTable) -> None:
        super().__init__()
        self.table = table
        self.tried = sorted({str(move) for _, move in table.moves})
        self.state = table.states[0]
        self.path: Path = []

    @rule(data=st.data())
    def attempt(self, data: st.DataObject) -> None:
        move = data.draw(st.sampled_from(self.tried))
        before = self.state
        if (before, move) in self.table.moves:
            self.state = moves.after(self.table.moves, self.table.noun, before, move)
            self.path.append(Step(str(before), move, str(self.state)))
        else:
            with pytest.raises(MoveRefused) as refused:
                moves.after(self.table.moves, self.table.noun, before, move)
            assert refused.value.facts["state"] == str(before)

    @invariant()
    def every_law_holds(self) -> None:
        broken = [n for n, law in enumerate(LAWS.get(self.table.noun, [])) if not law(self.path)]
        assert broken == [], self.path

    @invariant()
    def it_never_leaves_the_states_there_are(self) -> None:
        assert str(self.state) in self.table.states


@pytest.mark.parametrize("table", tables(), ids=lambda table: table.noun)
def test_whatever_is_tried_in_any_order_keeps_the_laws(table):
    tried = settings(max_examples=60, stateful_step_count=15, deadline=None)
    run_state_machine_as_test(lambda: Course(table), settings=tried)


def test_every_law_is_about_a_table():
    assert LAWS.keys() <= {table.noun for table in tables()}
