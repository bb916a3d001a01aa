"""Tokens other programs read with: known by the SHA-256 of their text only, ended by the row."""

from datetime import datetime

import msgspec

from inspection.domain.access import AccountId, Actor
from inspection.domain.listing import ListAsked
from inspection.domain.people.api_token import TokenScope
from inspection.persistence.engines.database_engine import Row
from inspection.persistence.listing import Listing, SortColumn, listed
from inspection.persistence.searching import Condition
from inspection.persistence.statements import insertion, run

_SCOPES = msgspec.json.Decoder(tuple[TokenScope, ...])


class NewToken(msgspec.Struct, frozen=True, kw_only=True):
    """What is kept of a token when it is made."""

    id: str
    token_hash: str
    account: AccountId
    name: str
    prefix: str
    scopes: str
    region: str | None
    created_at: datetime
    expires_at: datetime


class OpenToken(msgspec.Struct, frozen=True, kw_only=True):
    """A token that works, with its owner as the account is now; `narrowed` is the part of the tree
    it was made for, empty for the owner's.
    """

    id: str
    prefix: str
    scopes: tuple[TokenScope, ...]
    narrowed: str
    last_used_at: datetime | None
    owner: Actor


class ListedToken(msgspec.Struct, frozen=True, kw_only=True):
    """A token as people look after it. Without a region's name it reads its owner's own."""

    id: str
    name: str
    prefix: str
    scopes: tuple[TokenScope, ...]
    account: AccountId
    owner: str
    place: str
    region_zh: str
    region_en: str
    created_at: datetime
    expires_at: datetime
    revoked_at: datetime | None
    last_used_at: datetime | None
    last_used_from: str


class TokenRows(msgspec.Struct, frozen=True, kw_only=True):
    """One page."""

    rows: tuple[ListedToken, ...]
    total: int
    sort: str
    next_cursor: str | None


async def add_token(new: NewToken) -> None:
    """Keep a new token."""
    await run(insertion("api_token", NewToken), *msgspec.structs.astuple(new))


async def find_open_token(token_hash: str, now: datetime) -> OpenToken | None:
    """The token and its owner. None when it ended, or the owner's account is disabled."""
    rows = await run(
        "SELECT t.id, t.prefix, t.scopes, t.last_used_at, coalesce(r.path, '') AS narrowed,"
        " a.id AS account, a.role, a.name, a.region_path, a.store, a.language"
        " FROM api_token t JOIN account a ON a.id = t.account"
        " LEFT JOIN region r ON r.id = t.region"
        " WHERE t.token_hash = ? AND t.revoked_at IS NULL AND t.expires_at > ?"
        " AND a.disabled_at IS NULL",
        token_hash,
        now,
    )
    if not rows:
        return None
    row = rows[0] | {"scopes": _SCOPES.decode(rows[0]["scopes"])}
    return msgspec.convert(row | {"owner": msgspec.convert(row, Actor)}, OpenToken)


async def note_use(token: str, at: datetime, address: str) -> None:
    """Note when it was used last, and from where."""
    await run(
        "UPDATE api_token SET last_used_at = ?, last_used_from = ? WHERE id = ?", at, address, token
    )


async def count_open_tokens(account: AccountId, now: datetime) -> int:
    """How many tokens of a person work."""
    rows = await run(
        "SELECT count(*) AS n FROM api_token WHERE account = ? AND revoked_at IS NULL"
        " AND expires_at > ?",
        account,
        now,
    )
    return int(rows[0]["n"])


async def find_token(token: str) -> ListedToken | None:
    """The token with this id, whatever became of it."""
    rows = await run(f"{_SELECT} WHERE t.id = ?", token)
    return _listed(rows[0]) if rows else None


async def revoke_token(token: str, at: datetime) -> bool:
    """End it, for good. False when it had been ended before."""
    rows = await run(
        "UPDATE api_token SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL RETURNING id",
        at,
        token,
    )
    return bool(rows)


async def revoke_tokens_of(account: AccountId, at: datetime) -> int:
    """End every token of a person that works; how many there were."""
    rows = await run(
        "UPDATE api_token SET revoked_at = ? WHERE account = ? AND revoked_at IS NULL"
        " AND expires_at > ? RETURNING id",
        at,
        account,
        at,
    )
    return len(rows)


async def list_tokens(whose: Condition, asked: ListAsked) -> TokenRows:
    """One page. Raises CursorRefused for a cursor of another order."""
    found = await listed(_TOKENS, asked, [whose])
    return TokenRows(
        rows=tuple(_listed(row) for row in found.rows),
        total=found.total,
        sort=found.sort,
        next_cursor=found.next_cursor,
    )


def _listed(row: Row) -> ListedToken:
    return msgspec.convert(row | {"scopes": _SCOPES.decode(str(row["scopes"]))}, ListedToken)


OWNER = "t.account"
PLACE = "a.region_path"
"""Whose a token is, and where they belong."""

_SELECT = (
    f"SELECT t.id, t.name, t.prefix, t.scopes, t.account, a.name AS owner, {PLACE} AS place,"
    " coalesce(r.name_zh, '') AS region_zh, coalesce(r.name_en, '') AS region_en, t.created_at,"
    " t.expires_at, t.revoked_at, t.last_used_at, t.last_used_from,"
    " coalesce(t.last_used_at, t.created_at) AS used"
    " FROM api_token t JOIN account a ON a.id = t.account LEFT JOIN region r ON r.id = t.region"
)
_TOKENS = Listing(
    select=_SELECT,
    search=("t.name", "t.prefix", "a.name"),
    columns={
        "name": SortColumn("name"),
        "created": SortColumn("created_at", "time"),
        "expires": SortColumn("expires_at", "time"),
        "used": SortColumn("used", "time"),
    },
    usual="-created",
)
