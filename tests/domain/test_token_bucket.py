"""How often something may be tried."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from inspection.domain.token_bucket import (
    TOKEN,
    BucketRule,
    given_back,
    refilled,
    seconds_until_token,
    taken,
)

RULE = BucketRule(capacity=10, seconds_per_token=360)
NOON = datetime(2026, 11, 18, 4, 0, tzinfo=UTC)
MILLISECONDS = st.lists(st.integers(0, 40 * 60 * 1000), max_size=60)


def emptied():
    bucket = refilled(None, RULE, NOON)
    for _ in range(RULE.capacity):
        bucket = taken(bucket)
    return bucket


def test_a_bucket_nobody_touched_is_full():
    assert refilled(None, RULE, NOON).thousandths == 10 * TOKEN


def test_an_empty_bucket_says_how_long_to_wait():
    assert seconds_until_token(emptied(), RULE) == 360


def test_a_token_comes_back_after_its_time_and_not_before():
    early = refilled(emptied(), RULE, NOON + timedelta(seconds=359))
    late = refilled(emptied(), RULE, NOON + timedelta(seconds=360))
    assert 1 <= seconds_until_token(early, RULE) <= 2
    assert seconds_until_token(late, RULE) == 0


def test_a_bucket_is_never_more_than_full():
    full = refilled(emptied(), RULE, NOON + timedelta(days=9))
    assert full.thousandths == given_back(full, RULE).thousandths == 10 * TOKEN


def test_a_clock_set_back_gives_nothing_and_takes_nothing():
    bucket = refilled(emptied(), RULE, NOON - timedelta(days=1))
    assert bucket == emptied()


@given(MILLISECONDS)
def test_looking_often_gives_no_more_than_looking_once(waits):
    often, now = emptied(), NOON
    for wait in waits:
        now += timedelta(milliseconds=wait)
        often = refilled(often, RULE, now)
    assert often.thousandths == refilled(emptied(), RULE, now).thousandths


@given(MILLISECONDS)
def test_no_pattern_of_attempts_gets_more_than_the_rule_allows(waits):
    bucket, now, passed = None, NOON, 0
    for wait in waits:
        now += timedelta(milliseconds=wait)
        bucket = refilled(bucket, RULE, now)
        if seconds_until_token(bucket, RULE) == 0:
            bucket = taken(bucket)
            passed += 1
    assert passed <= RULE.capacity + (now - NOON).total_seconds() / RULE.seconds_per_token
