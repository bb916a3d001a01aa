"""A token that is shown: whose it is now, what it may read, how often it was shown."""

import contextlib
from datetime import timedelta

import msgspec

from inspection.domain.access import Actor
from inspection.domain.people.api_token import (
    LONGEST,
    NEVER_PROVED,
    TokenScope,
    reach_of,
    scopes_of,
)
from inspection.domain.refusals import Refusal, SignInTooOften
from inspection.domain.refusals.api_tokens import TokenForbidden, TokenRefused, TokenTooOften
from inspection.domain.token_bucket import BucketRule
from inspection.persistence.people import api_tokens
from inspection.persistence.people.api_tokens import OpenToken
from inspection.services.people import sign_in_limits
from inspection.services.people.session_opening import token_hash
from inspection.services.people.sign_in_limits import PER_ADDRESS, Attempt
from inspection.services.tools import Tools

PER_TOKEN = BucketRule(capacity=300, seconds_per_token=2)
"""Three hundred questions at once, then thirty a minute."""

SEEN_EVERY = timedelta(minutes=1)

_ADDRESS = 64


class Reader(msgspec.Struct, frozen=True, kw_only=True):
    """Who reads with a token: its owner as they are now, within the token's part of the tree; the
    scopes that are left of it, and what it is recognised by.
    """

    actor: Actor
    scopes: frozenset[TokenScope]
    prefix: str


async def reader_of(tools: Tools, text: str, address: str) -> Reader:
    """The reader behind a token. Raises TokenRefused for none that works, TokenForbidden where its
    part of the tree is no longer its owner's, and TokenTooOften for either too often.
    """
    found = await _open_token(tools, text)
    if found is None:
        # Nobody guesses 256 bits: what is limited is the work of being asked.
        await _draw(tools, {f"token-address:{address[:_ADDRESS]}": PER_ADDRESS})
        raise TokenRefused
    await _draw(tools, {f"token:{found.id}": PER_TOKEN})
    await _note(tools, found, address)
    reader = _reader(found)
    if reader is None:
        raise TokenForbidden
    return reader


async def look_once_more(tools: Tools, text: str) -> Actor | None:
    """The same once more in a request under way, counting and noting nothing."""
    found = await _open_token(tools, text)
    reader = _reader(found) if found else None
    return reader.actor if reader else None


def _reader(found: OpenToken) -> Reader | None:
    owner, allowed = found.owner, scopes_of(found.owner.role)
    reach = reach_of(owner.region_path, found.narrowed) if allowed else None
    if reach is None:
        return None
    return Reader(
        actor=msgspec.structs.replace(owner, region_path=reach, proved_at=NEVER_PROVED),
        scopes=frozenset(found.scopes).intersection(allowed),
        prefix=found.prefix,
    )


async def _open_token(tools: Tools, text: str) -> OpenToken | None:
    if not text or len(text) > LONGEST:
        return None
    return await api_tokens.find_open_token(token_hash(text), tools.now())


async def _draw(tools: Tools, rules: dict[str, BucketRule]) -> None:
    try:
        await sign_in_limits.begin(Attempt(rules), tools.now())
    except SignInTooOften as refused:
        raise TokenTooOften(seconds=refused.facts["seconds"]) from None


async def _note(tools: Tools, found: OpenToken, address: str) -> None:
    now = tools.now()
    if found.last_used_at is None or now - found.last_used_at >= SEEN_EVERY:
        # Worth a try only: somebody reading must not be refused because nobody can write now.
        with contextlib.suppress(Refusal):
            await api_tokens.note_use(found.id, now, address[:_ADDRESS])
