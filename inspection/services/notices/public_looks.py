"""How often somebody nobody knows may look: by address, for pages whose addresses are secrets."""

from inspection.domain.refusals.notices import LinkReadTooOften
from inspection.domain.token_bucket import BucketRule, refilled, seconds_until_token, taken
from inspection.persistence.engine import tx
from inspection.persistence.people import sign_in_buckets
from inspection.services.tools import Tools

PER_ADDRESS = BucketRule(capacity=60, seconds_per_token=10)
"""Sixty looks at once, then six a minute: enough for an office, nothing for guessing 256 bits."""


async def draw_look(tools: Tools, what: str, address: str) -> None:
    """Count a look at something. Raises LinkReadTooOften."""
    key, now = f"{what}:{address[:64]}", tools.now()
    async with tx():
        full = {key: refilled(None, PER_ADDRESS, now)}
        found = (await sign_in_buckets.locked_buckets(full))[key]
        bucket = refilled(found, PER_ADDRESS, now)
        wait = seconds_until_token(bucket, PER_ADDRESS)
        if not wait:
            await sign_in_buckets.keep_bucket(key, taken(bucket))
    if wait:
        raise LinkReadTooOften(seconds=wait)
