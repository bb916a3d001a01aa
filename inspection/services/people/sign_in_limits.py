"""How often sign-in may be tried, by name, by address, by everybody. Good attempts are free."""

import hashlib
from datetime import datetime

import msgspec

from inspection.domain.refusals import SignInTooOften
from inspection.domain.token_bucket import (
    Bucket,
    BucketRule,
    given_back,
    refilled,
    seconds_until_token,
    taken,
)
from inspection.persistence.engine import tx
from inspection.persistence.people import sign_in_buckets

PER_NAME = BucketRule(capacity=10, seconds_per_token=360)
"""Ten wrong passwords at once, then ten an hour."""

PER_ADDRESS = BucketRule(capacity=100, seconds_per_token=36)
"""A whole office may share one address."""

EVERYBODY = BucketRule(capacity=1200, seconds_per_token=1)
"""What hashing may cost this machine, whoever asks."""

_LONGEST_REFILL = max(rule.refill_time for rule in (PER_NAME, PER_ADDRESS, EVERYBODY))


class Attempt(msgspec.Struct, frozen=True):
    """The buckets one attempt draws from."""

    rules: dict[str, BucketRule]


def attempt(name: str, address: str, known_device: str | None) -> Attempt:
    """Where an attempt counts. A device that was signed in as this person before has a bucket of
    its own, so that strangers guessing at the name cannot keep the person out.
    """
    if known_device:
        return Attempt({f"device:{known_device}": PER_NAME})
    rules = {f"name:{_hash(name)}": PER_NAME, f"address:{address[:64]}": PER_ADDRESS}
    return Attempt({**rules, "everybody": EVERYBODY})


def own_attempt(what: str, account: str, known_device: str | None = None) -> Attempt:
    """Where a guess at something of a known person counts: at the code when the password was
    right, at the password when the session is there. A device of the person's counts apart.
    """
    return Attempt({f"{what}:{known_device or account}": PER_NAME})


async def begin(attempt: Attempt, now: datetime) -> None:
    """Draw a token from each bucket, or raise SignInTooOften and draw none."""
    async with tx():
        buckets = await _buckets(attempt, now)
        wait = max(seconds_until_token(buckets[key], rule) for key, rule in attempt.rules.items())
        if wait == 0:
            for key, bucket in buckets.items():
                await sign_in_buckets.keep_bucket(key, taken(bucket))
            await sign_in_buckets.prune_buckets(now - _LONGEST_REFILL)
    if wait:
        raise SignInTooOften(seconds=wait)


async def succeed(attempt: Attempt, now: datetime) -> None:
    """Put the tokens back, inside the caller's transaction: the password was right."""
    buckets = await _buckets(attempt, now)
    for key, rule in attempt.rules.items():
        await sign_in_buckets.keep_bucket(key, given_back(buckets[key], rule))


async def _buckets(attempt: Attempt, now: datetime) -> dict[str, Bucket]:
    full = {key: refilled(None, rule, now) for key, rule in attempt.rules.items()}
    found = await sign_in_buckets.locked_buckets(full)
    return {key: refilled(found[key], rule, now) for key, rule in attempt.rules.items()}


def _hash(name: str) -> str:
    # What people type where a name belongs can be their password: not kept readable.
    return hashlib.sha256(name.encode()).hexdigest()
