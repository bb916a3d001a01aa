"""Tokens other programs read with: made by whom they are for, ended by them or an administrator."""

from datetime import datetime, timedelta

import msgspec

from inspection.domain.access import Action, Actor, Place, granted, may
from inspection.domain.listing import ListAsked
from inspection.domain.people.api_token import (
    BEGINNING,
    LIVES,
    MOST,
    SHOWN,
    TokenScope,
    TokenState,
    scopes_of,
    token_state,
)
from inspection.domain.refusals import NotFound, NotSignedIn
from inspection.domain.refusals.api_tokens import TokensTooMany, TokenUnfit
from inspection.domain.rubrics.rubric import Text
from inspection.persistence.engine import tx
from inspection.persistence.people import accounts, api_tokens
from inspection.persistence.people.api_tokens import OWNER, PLACE, ListedToken, NewToken
from inspection.persistence.people.places import Scope
from inspection.persistence.searching import Condition
from inspection.services.changes import changes, record
from inspection.services.people.proofs import check_proved
from inspection.services.people.session_opening import token_hash
from inspection.services.reach import check_granted, check_reach
from inspection.services.tools import Tools

_UNSAID = frozenset({"id", "token_hash", "account", "region", "created_at"})


class TokenGiven(msgspec.Struct, frozen=True, kw_only=True):
    """What is said of a new token. Without a region's code it reads the owner's part of the tree,
    whatever that is then.
    """

    name: str
    scopes: tuple[TokenScope, ...]
    days: int
    region: str = ""


class TokenShown(msgspec.Struct, frozen=True, kw_only=True):
    """A token in the list: whose it is, how it is recognised, what it reads, where it was used. An
    empty `region` is its owner's part of the tree.
    """

    id: str
    name: str
    prefix: str
    scopes: tuple[TokenScope, ...]
    owner: str
    own: bool
    region: Text
    state: TokenState
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None
    last_used_from: str


class TokenList(msgspec.Struct, frozen=True, kw_only=True):
    """One page; `others`: those of other people are among them."""

    rows: tuple[TokenShown, ...]
    total: int
    sort: str
    next_cursor: str | None
    others: bool


async def token_list(tools: Tools, actor: Actor, asked: ListAsked) -> TokenList:
    """One page of the caller's tokens; administrators see those of their part of the tree."""
    check_granted(actor, Action.TOKEN_EDIT)
    others = granted(actor.role, Action.ACCOUNT_EDIT)
    whose: Condition = (f" AND {OWNER} = ?", (actor.account,))
    if others:
        whose = Scope(actor.region_path).where(PLACE)
    found = await api_tokens.list_tokens(whose, asked)
    now = tools.now()
    return TokenList(
        rows=tuple(_shown(actor, row, now) for row in found.rows),
        total=found.total,
        sort=found.sort,
        next_cursor=found.next_cursor,
        others=others,
    )


async def make_token(tools: Tools, actor: Actor, given: TokenGiven) -> str:
    """Make a token for the caller; its text, said here once and never again. Raises TokenUnfit,
    NotFound for a region out of reach, TokensTooMany and ProofNeeded.
    """
    check_granted(actor, Action.TOKEN_EDIT)
    await check_proved(tools, actor)
    _check_fit(actor, given)
    text, now = BEGINNING + tools.new_token(), tools.now()
    new = NewToken(
        id=tools.random_id(),
        token_hash=token_hash(text),
        account=actor.account,
        name=given.name.strip(),
        prefix=text[:SHOWN],
        scopes=msgspec.json.encode(sorted(set(given.scopes))).decode(),
        region=await _region(actor, given.region),
        created_at=now,
        expires_at=now + timedelta(days=given.days),
    )
    async with tx():
        if (await accounts.lock_account(actor.account)).disabled_at is not None:
            raise NotSignedIn
        if await api_tokens.count_open_tokens(actor.account, now) >= MOST:
            raise TokensTooMany(most=MOST)
        await api_tokens.add_token(new)
        body = {"changes": changes(None, new, _UNSAID), "region": given.region}
        await record(tools, actor, "token.create", ("token", new.id), body)
    return text


async def revoke_token(tools: Tools, actor: Actor, token: str) -> None:
    """End a token, for good; one that has ended stays as it is. Raises NotFound."""
    check_granted(actor, Action.TOKEN_EDIT)
    async with tx():
        found = await api_tokens.find_token(token)
        if found is None or not _may_end(actor, found):
            raise NotFound(noun="token")
        if await api_tokens.revoke_token(token, tools.now()):
            body = {"name": found.name, "prefix": found.prefix}
            await record(tools, actor, "token.revoke", ("token", token), body)


def _check_fit(actor: Actor, given: TokenGiven) -> None:
    if not given.name.strip() or not given.scopes or given.days not in LIVES:
        raise TokenUnfit
    if not set(given.scopes) <= set(scopes_of(actor.role)):
        raise TokenUnfit


def _may_end(actor: Actor, found: ListedToken) -> bool:
    if found.account == actor.account:
        return True
    return may(actor, Action.ACCOUNT_EDIT, Place(region_path=found.place))


async def _region(actor: Actor, code: str) -> str | None:
    if not code:
        return None
    found = await accounts.find_region(code)
    if found is None:
        raise NotFound(noun="region")
    check_reach(actor, Action.TOKEN_EDIT, Place(region_path=found.path), "region")
    return found.id


def _shown(actor: Actor, row: ListedToken, now: datetime) -> TokenShown:
    return TokenShown(
        id=row.id,
        name=row.name,
        prefix=row.prefix,
        scopes=row.scopes,
        owner=row.owner,
        own=row.account == actor.account,
        region=Text(row.region_zh, row.region_en),
        state=token_state(row.revoked_at, row.expires_at, now),
        created_at=row.created_at,
        expires_at=row.expires_at,
        last_used_at=row.last_used_at,
        last_used_from=row.last_used_from,
    )
