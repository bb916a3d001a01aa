"""A clock that stood still gives its time back; one that stands keeps the deadline away."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from inspection.domain.rectifications.pause import Pause, paused_due, unpaused_due

NOON = datetime(2026, 11, 18, 4, 0, tzinfo=UTC)
DUE = NOON + timedelta(hours=24)


def after(hours):
    return NOON + timedelta(hours=hours)


def test_without_a_pause_the_deadline_is_what_it_was():
    assert paused_due(DUE, (), after(99)) == DUE


def test_a_pause_that_is_over_is_added_back():
    assert paused_due(DUE, [Pause(after(2), after(12))], after(99)) == after(34)


def test_while_it_lasts_the_deadline_stays_as_far_away_as_it_was():
    pause = [Pause(after(2))]
    assert [paused_due(DUE, pause, after(n)) - after(n) for n in (2, 30, 500)] == [
        timedelta(hours=22)
    ] * 3


def test_what_was_overdue_before_the_pause_stays_overdue():
    assert paused_due(DUE, [Pause(after(25), after(90))], after(99)) == DUE


def test_a_pause_may_begin_in_the_time_another_gave_back():
    pauses = [Pause(after(26), after(30)), Pause(after(1), after(4))]
    assert paused_due(DUE, pauses, after(99)) == after(31)


def test_two_pauses_at_once_stop_the_clock_once():
    pauses = [Pause(after(1), after(9)), Pause(after(3), after(5)), Pause(after(5), after(11))]
    assert paused_due(DUE, pauses, after(99)) == after(34)


def test_a_deadline_given_later_is_set_so_that_it_comes_out_with_the_pauses():
    pauses = [Pause(after(2), after(12)), Pause(after(20))]
    assert unpaused_due(after(40), pauses, after(30)) == after(20)
    assert paused_due(after(20), pauses, after(30)) == after(40)


def test_a_pause_that_begins_after_it_is_not_taken_off():
    assert unpaused_due(DUE, [Pause(after(25), after(90))], after(99)) == DUE


spans = st.lists(
    st.tuples(st.integers(0, 60), st.none() | st.integers(0, 60)).map(
        lambda pair: Pause(after(pair[0]), None if pair[1] is None else after(pair[0] + pair[1]))
    ),
    max_size=5,
)


@given(spans, st.integers(0, 200), st.integers(0, 50))
def test_time_that_goes_on_never_brings_a_deadline_nearer_to_the_past(pauses, hour, later):
    first, then = paused_due(DUE, pauses, after(hour)), paused_due(DUE, pauses, after(hour + later))
    assert DUE <= first <= then


@given(spans, st.integers(0, 200), st.integers(1, 200))
def test_a_deadline_ahead_is_had_by_setting_what_comes_to_it(pauses, hour, hours):
    known = [
        Pause(each.since, each.until if each.until and each.until <= after(hour) else None)
        for each in pauses
        if each.since <= after(hour)
    ]
    wanted = after(hour + hours)
    assert paused_due(unpaused_due(wanted, known, after(hour)), known, after(hour)) == wanted


@given(spans, st.integers(-60, 200), st.integers(0, 200))
def test_what_is_set_for_a_deadline_never_comes_out_earlier(pauses, due, hour):
    wanted = after(due)
    assert paused_due(unpaused_due(wanted, pauses, after(hour)), pauses, after(hour)) >= wanted
