"""Looking again: what a look says of a line, and how long somebody may take."""

from datetime import UTC, date, datetime, timedelta

import pytest

from inspection.domain.rectifications.reinspection import (
    LONGEST_WINDOW,
    MOVES,
    OVERTAKEN,
    WAITING,
    ReinspectionMove,
    ReinspectionState,
    allowed,
    answered,
    finding,
    move,
    part_of,
    window_faults,
)
from inspection.domain.refusals import MoveRefused
from tests.submissions import rubric_in

DAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("verdicts", "found"),
    [
        (("pass",), "passed"),
        (("pass", "pass"), "passed"),
        (("pass", "loss"), "failed"),
        (("na", "loss"), "failed"),
        (("pass", "na"), "undecided"),
        (("not_observed",), "undecided"),
        (("pass", None), "undecided"),
        ((), "undecided"),
    ],
)
def test_one_loss_fails_a_line_and_all_passes_pass_it(verdicts, found):
    assert finding(verdicts) == found


def test_the_table_is_all_there_is():
    for state in ReinspectionState:
        for wanted in ReinspectionMove:
            if allowed(state, wanted):
                assert move(state, wanted) is MOVES[state, wanted]
            else:
                with pytest.raises(MoveRefused):
                    move(state, wanted)


def test_one_with_nothing_left_to_ask_ends_whatever_it_waits_for():
    assert OVERTAKEN.keys() == set(WAITING)
    assert not {MOVES[each] for each in OVERTAKEN.items()} & set(WAITING)


@pytest.mark.parametrize(
    ("sent", "verdicts", "found"),
    [
        (None, (1,), False),
        (2, (), False),
        (2, (1, 2), False),
        (2, (1, 3), True),
    ],
)
def test_a_verdict_answers_what_another_saw_before_it(sent, verdicts, found):
    hours = [datetime(2026, 11, 20, hour, tzinfo=UTC) for hour in range(4)]
    seen = None if sent is None else hours[sent]
    assert answered(seen, [hours[at] for at in verdicts]) is found


def test_a_part_of_a_rubric_has_the_items_and_nothing_else():
    part = part_of(rubric_in(), {"KC-M-01", "KC-E-01"})
    assert [item.code for item in part.items()] == ["KC-E-01", "KC-M-01"]
    assert all(section.items for section in part.sections)
    assert part.bonuses == ()


@pytest.mark.parametrize(
    ("first", "last", "why"),
    [
        (DAY, DAY, None),
        (DAY - timedelta(5), DAY, None),
        (DAY, DAY + LONGEST_WINDOW, None),
        (DAY, DAY - timedelta(1), "window_over"),
        (DAY + timedelta(2), DAY + timedelta(1), "window_over"),
        (DAY, DAY + LONGEST_WINDOW + timedelta(1), "window_long"),
    ],
)
def test_the_window_ends_in_time(first, last, why):
    assert [fault.code for fault in window_faults(first, last, DAY)] == (
        [f"reinspection.{why}"] if why else []
    )
