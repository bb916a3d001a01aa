"""Token buckets of sign-in attempts: per account name, per address, for everybody together."""

from collections.abc import Mapping
from datetime import datetime

import msgspec

from inspection.domain.token_bucket import Bucket
from inspection.persistence.engine import DB
from inspection.persistence.tables import SignInBucket


class BucketRow(msgspec.Struct, frozen=True):
    """A bucket with its key."""

    key: str
    thousandths: int
    refilled_at: datetime


async def locked_buckets(full: Mapping[str, Bucket]) -> dict[str, Bucket]:
    """The buckets of these keys, held until the caller's transaction ends; new ones start full."""
    keys = sorted(full)
    for key in keys:
        # Made first: PostgreSQL can only hold a row that exists.
        await SignInBucket.raw(
            "INSERT INTO sign_in_bucket (key, thousandths, refilled_at) VALUES ({}, {}, {})"
            " ON CONFLICT (key) DO NOTHING",
            key,
            full[key].thousandths,
            full[key].refilled_at,
        )
    marks = ", ".join("{}" for _ in keys)
    lock = " FOR UPDATE" if DB.engine_type == "postgres" else ""
    rows = await SignInBucket.raw(
        "SELECT key, thousandths, refilled_at FROM sign_in_bucket"
        f" WHERE key IN ({marks}) ORDER BY key{lock}",
        *keys,
    )
    found = msgspec.convert(rows, tuple[BucketRow, ...])
    return {row.key: Bucket(row.thousandths, row.refilled_at) for row in found}


async def keep_bucket(key: str, bucket: Bucket) -> None:
    """Write a bucket back."""
    await SignInBucket.raw(
        "UPDATE sign_in_bucket SET thousandths = {}, refilled_at = {} WHERE key = {}",
        bucket.thousandths,
        bucket.refilled_at,
        key,
    )


async def prune_buckets(untouched_since: datetime) -> None:
    """Forget buckets that have been full again for a while: absent means full."""
    await SignInBucket.raw("DELETE FROM sign_in_bucket WHERE refilled_at < {}", untouched_since)
