"""A plan as a file says of every row where it is."""

from types import SimpleNamespace

import pytest

from inspection.services.rounds import plan_exports


@pytest.mark.parametrize(
    ("state", "inspector", "by_hand", "said"),
    [
        ("done", "A-017", False, "assignment_state.done"),
        ("", "", False, "plan.unplaced"),
        ("", "A-017", True, "plan.by_hand"),
        ("", "A-017", False, "plan.planned"),
    ],
)
def test_a_row_says_where_it_is(state, inspector, by_hand, said):
    row = SimpleNamespace(state=state, inspector=inspector, by_hand=by_hand)
    assert plan_exports._state(row) == said
