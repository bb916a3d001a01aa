"""Steps follow from the deadline and the clock, in order, and none is told twice."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from inspection.domain.rectifications.escalation import (
    LOOK_AHEAD,
    SCHEDULES,
    USUAL,
    Step,
    hours_late,
    level,
    reached,
    schedule_of,
    to_tell,
)

DUE = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
SEVERITIES = ("general", "major", "veto", "hint")
N, R, M, P = Step


def after(hours):
    return DUE + timedelta(hours=hours)


@pytest.mark.parametrize(
    ("severity", "hours", "at", "steps"),
    [
        ("general", 168, -25, ()),
        ("general", 168, -24, (N,)),
        ("general", 24, -7, ()),
        ("general", 24, -6, (N,)),
        ("major", 24, 0, (N, R)),
        ("major", 24, 4, (N, R, M)),
        ("major", 24, 24, (N, R, M, P)),
        ("veto", 168, -5, ()),
        ("veto", 168, -4, (N,)),
        ("veto", 24, 2, (N, R, M)),
        ("veto", 24, 12, (N, R, M, P)),
        ("hint", 168, 1000, (N, R)),
    ],
)
def test_a_line_comes_to_each_step_in_its_time(severity, hours, at, steps):
    assert reached(severity, hours, DUE, after(at)) == steps


@pytest.mark.parametrize(
    ("steps", "told", "left"),
    [
        ((), (), ()),
        ((N,), (), (N,)),
        ((N,), (N,), ()),
        ((N, R), (), (R,)),
        ((N, R, M), (N, R), (M,)),
        ((N, R, M, P), (), (R, P)),
        ((N, R, M, P), (N, R, M), (P,)),
        ((N, R, M, P), (N, R, M, P), ()),
    ],
)
def test_after_an_outage_only_the_step_it_has_come_to_is_told(steps, told, left):
    assert to_tell(steps, told) == left


@pytest.mark.parametrize(("at", "bars"), [(-1, 0), (0, 1), (4, 2), (30, 3)])
def test_bars_say_how_high_it_has_come(at, bars):
    assert level("general", DUE, after(at)) == bars
    assert level("hint", DUE, after(at)) == min(bars, 1)


def test_nobody_is_told_earlier_than_is_looked_for():
    assert all(schedule_of(each).before <= LOOK_AHEAD for each in SEVERITIES)
    assert schedule_of("major") is USUAL
    assert schedule_of("veto") is SCHEDULES["veto"]


@given(
    st.sampled_from(SEVERITIES), st.integers(1, 720), st.integers(-3000, 3000), st.integers(0, 3000)
)
def test_time_only_adds_steps(severity, hours, minutes, more):
    now = DUE + timedelta(minutes=minutes)
    early, late = (reached(severity, hours, DUE, at) for at in (now, now + timedelta(minutes=more)))
    assert late[: len(early)] == early
    assert early == tuple(Step)[: len(early)]


@given(st.integers(-3000, 3000))
def test_hours_are_whole_and_never_less_than_none(minutes):
    late = hours_late(DUE, DUE + timedelta(minutes=minutes))
    assert late == max(0, minutes // 60)


class Reminding(RuleBasedStateMachine):
    """A worker that looks now and then, and is away for as long as it likes."""

    def __init__(self):
        super().__init__()
        self.now = DUE - timedelta(hours=48)
        self.noted, self.said = set(), []

    @rule(minutes=st.integers(0, 3000))
    def time_passes(self, minutes):
        self.now += timedelta(minutes=minutes)

    @rule()
    def the_worker_looks(self):
        steps = reached("general", 96, DUE, self.now)
        self.said += to_tell(steps, self.noted)
        self.noted |= set(steps)

    @invariant()
    def nothing_is_said_twice_or_out_of_order(self):
        assert len(set(self.said)) == len(self.said)
        assert self.said == sorted(self.said, key=list(Step).index)


TestReminding = Reminding.TestCase
