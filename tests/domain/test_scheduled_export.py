"""When exports make themselves, in China's days."""

from datetime import UTC, datetime

import pytest

from inspection.domain.refusals import MoveRefused
from inspection.domain.scheduled_export import (
    Beat,
    RunMove,
    RunState,
    Timing,
    move,
    next_due,
)


def at(month, day, hour, year=2026):
    return datetime(year, month, day, hour, tzinfo=UTC)


@pytest.mark.parametrize(
    ("timing", "after", "due"),
    [
        # 2026-11-23 is a Monday; 08:00 in China is midnight UTC.
        (Timing(Beat.WEEKLY, 1, 8), at(11, 22, 20), at(11, 23, 0)),
        (Timing(Beat.WEEKLY, 1, 8), at(11, 23, 0), at(11, 30, 0)),
        (Timing(Beat.WEEKLY, 1, 1), at(11, 22, 16), at(11, 22, 17)),
        (Timing(Beat.WEEKLY, 7, 23), at(11, 23, 0), at(11, 29, 15)),
        (Timing(Beat.MONTHLY, 1, 0), at(11, 22, 0), at(11, 30, 16)),
        (Timing(Beat.MONTHLY, 31, 8), at(11, 22, 0), at(11, 30, 0)),
        (Timing(Beat.MONTHLY, 31, 8), at(11, 30, 0), at(12, 31, 0)),
        (Timing(Beat.MONTHLY, 30, 8), at(2, 1, 0, 2027), at(2, 28, 0, 2027)),
    ],
)
def test_the_next_time_is_the_first_one_later(timing, after, due):
    assert next_due(timing, after) == due


@pytest.mark.parametrize(
    ("timing", "fits"),
    [
        (Timing(Beat.WEEKLY, 7, 23), True),
        (Timing(Beat.MONTHLY, 31, 0), True),
        (Timing(Beat.WEEKLY, 8, 0), False),
        (Timing(Beat.MONTHLY, 0, 0), False),
        (Timing(Beat.MONTHLY, 1, 24), False),
    ],
)
def test_there_are_days_and_hours_to_choose(timing, fits):
    assert timing.fits is fits


def test_a_run_ends_once():
    assert move(RunState.ASKED, RunMove.MAKE) is RunState.MADE
    with pytest.raises(MoveRefused):
        move(RunState.EMPTY, RunMove.FAIL)
