"""Token buckets: a number of attempts at once, then one more every so many seconds."""

from datetime import datetime, timedelta
from math import ceil

import msgspec

TOKEN = 1000
"""A token in thousandths, so that refilling is exact in whole numbers."""


class BucketRule(msgspec.Struct, frozen=True):
    """How many tokens a bucket holds and how long one takes to come back."""

    capacity: int
    seconds_per_token: int

    @property
    def refill_time(self) -> timedelta:
        """How long an empty bucket takes to be full."""
        return timedelta(seconds=self.capacity * self.seconds_per_token)


class Bucket(msgspec.Struct, frozen=True):
    """What is left, and when that was counted."""

    thousandths: int
    refilled_at: datetime


def refilled(bucket: Bucket | None, rule: BucketRule, now: datetime) -> Bucket:
    """The bucket as it is now. One nobody has touched is full; a clock set back refills nothing."""
    full = rule.capacity * TOKEN
    if bucket is None:
        return Bucket(full, now)
    passed = max(timedelta(), now - bucket.refilled_at)
    gained = passed // timedelta(milliseconds=rule.seconds_per_token)
    counted = bucket.refilled_at + gained * timedelta(milliseconds=rule.seconds_per_token)
    return Bucket(min(full, bucket.thousandths + gained), counted)


def seconds_until_token(bucket: Bucket, rule: BucketRule) -> int:
    """How long to wait for a token; 0 when there is one."""
    lacking = max(0, TOKEN - bucket.thousandths)
    return ceil(lacking * rule.seconds_per_token / TOKEN)


def taken(bucket: Bucket) -> Bucket:
    """The bucket with one token less."""
    return Bucket(bucket.thousandths - TOKEN, bucket.refilled_at)


def given_back(bucket: Bucket, rule: BucketRule) -> Bucket:
    """The bucket with a token put back: the attempt was a good one."""
    return Bucket(min(rule.capacity * TOKEN, bucket.thousandths + TOKEN), bucket.refilled_at)
