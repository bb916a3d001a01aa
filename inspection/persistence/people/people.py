"""People as administrators see them: the list, one person, what may be changed about them."""

from collections.abc import Iterable
from datetime import datetime

import msgspec

from inspection.domain.access import AccountId, Role, StoreId
from inspection.domain.listing import ListAsked
from inspection.domain.people.person import PersonState
from inspection.persistence.listing import Listing, SortColumn, listed
from inspection.persistence.locking import for_update_clause
from inspection.persistence.people.places import Scope
from inspection.persistence.searching import Condition
from inspection.persistence.statements import marks, run


class PersonRow(msgspec.Struct, frozen=True, kw_only=True):
    """A person. `place` is the path of the store's region, else of the person's own; empty when
    the person belongs to no part of the tree.
    """

    id: AccountId
    sign_in: str
    name: str
    role: Role
    pseudonym: str
    language: str
    state: PersonState
    place: str
    region: str
    store: str
    store_name: str
    created_at: datetime


class PeopleWanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which people to list; empty filters leave everybody in the scope. Without `names` inspectors
    are neither shown nor found nor ordered by their name.
    """

    scope: Scope
    region: Scope
    asked: ListAsked
    role: str = ""
    state: str = ""
    names: bool = True


class PeopleRows(msgspec.Struct, frozen=True, kw_only=True):
    """One page of people."""

    rows: tuple[PersonRow, ...]
    total: int
    sort: str
    next_cursor: str | None


class Placed(msgspec.Struct, frozen=True, kw_only=True):
    """Where a person belongs, as the row keeps it."""

    region: str | None = None
    region_path: str = ""
    store: StoreId | None = None


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """What an administrator may change about a person."""

    name: str
    role: Role
    pseudonym: str
    place: Placed


async def list_people(wanted: PeopleWanted) -> PeopleRows:
    """One page. Raises CursorRefused for a cursor of another order."""
    conditions = [
        wanted.scope.where(_PLACE),
        wanted.region.where(_PLACE),
        _equals("a.role", wanted.role),
        _equals(_STATE, wanted.state),
    ]
    found = await listed(_PEOPLE if wanted.names else _NAMELESS, wanted.asked, conditions)
    return PeopleRows(
        rows=msgspec.convert(found.rows, tuple[PersonRow, ...]),
        total=found.total,
        sort=found.sort,
        next_cursor=found.next_cursor,
    )


async def find_person(account: str) -> PersonRow | None:
    """The person with this id."""
    rows = await run(f"{_SELECT} WHERE a.id = ?", account)
    return msgspec.convert(rows[0], PersonRow) if rows else None


async def get_person(account: str) -> PersonRow:
    """The same, of somebody there is."""
    rows = await run(f"{_SELECT} WHERE a.id = ?", account)
    return msgspec.convert(rows[0], PersonRow)


async def lock_people(account: str) -> None:
    """Keep the person and all administrators from changing until the transaction ends, in an order
    that two callers cannot wait for each other in.
    """
    await run(
        "SELECT id FROM account WHERE id = ? OR role = ? ORDER BY id" + for_update_clause(),
        account,
        Role.ADMINISTRATOR.value,
    )


async def administrators_over(paths: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Ids and names of the administrators of these parts of the tree who can sign in."""
    wanted = tuple(paths)
    rows = await run(
        f"SELECT id, name FROM account WHERE role = ? AND region_path IN ({marks(len(wanted))})"
        " AND disabled_at IS NULL AND password_hash <> '' ORDER BY name, id",
        Role.ADMINISTRATOR.value,
        *wanted,
    )
    return tuple((str(row["id"]), str(row["name"])) for row in rows)


async def deciders_of_rubrics() -> frozenset[str]:
    """Ids of the administrators and reviewers of a whole tree who can sign in."""
    rows = await run(
        "SELECT a.id FROM account a JOIN region r ON r.id = a.region AND r.parent IS NULL"
        " WHERE a.role IN (?, ?) AND a.disabled_at IS NULL AND a.password_hash <> ''",
        Role.ADMINISTRATOR.value,
        Role.REVIEWER.value,
    )
    return frozenset(str(row["id"]) for row in rows)


async def administrators_of(path: str) -> frozenset[str]:
    """Ids of the administrators of exactly this part of the tree who can sign in."""
    rows = await run(
        "SELECT id FROM account WHERE role = ? AND region_path = ? AND disabled_at IS NULL"
        " AND password_hash <> ''",
        Role.ADMINISTRATOR.value,
        path,
    )
    return frozenset(str(row["id"]) for row in rows)


async def keep_person(account: AccountId, kept: Kept) -> None:
    """Write what an administrator changed."""
    await run(
        "UPDATE account SET name = ?, role = ?, pseudonym = ?, region = ?, region_path = ?,"
        " store = ? WHERE id = ?",
        kept.name,
        kept.role.value,
        kept.pseudonym,
        *msgspec.structs.astuple(kept.place),
        account,
    )


async def enable_account(account: AccountId) -> None:
    """Let the person in again."""
    await run("UPDATE account SET disabled_at = NULL WHERE id = ?", account)


async def last_seen(accounts: Iterable[str]) -> dict[str, datetime]:
    """When each of these people was last seen, for those who ever signed in."""
    wanted = tuple(accounts)
    if not wanted:
        return {}
    rows = await run(
        "SELECT account, max(seen_at) AS seen_at FROM session"
        f" WHERE account IN ({marks(len(wanted))}) GROUP BY account",
        *wanted,
    )
    return {str(row["account"]): msgspec.convert(row["seen_at"], datetime) for row in rows}


def _equals(expression: str, value: str) -> Condition:
    return (f" AND {expression} = ?", (value,)) if value else ("", ())


_PLACE = "coalesce(s.region_path, a.region_path)"

_STATE = (
    "CASE WHEN a.disabled_at IS NOT NULL THEN 'disabled'"
    " WHEN a.password_hash = '' THEN 'invited' ELSE 'active' END"
)

_SELECT = (
    "SELECT a.id, a.sign_in, a.name, a.role, a.pseudonym, a.language, a.created_at,"
    f" {_STATE} AS state, {_PLACE} AS place, coalesce(r.code, '') AS region,"
    " coalesce(s.code, '') AS store, coalesce(s.name, '') AS store_name"
    " FROM account a LEFT JOIN region r ON r.id = a.region LEFT JOIN store s ON s.id = a.store"
)

_SHOWN_NAME = f"CASE WHEN a.role = '{Role.INSPECTOR.value}' THEN a.pseudonym ELSE a.name END"

_PEOPLE = Listing(
    select=_SELECT,
    search=("a.name", "a.sign_in", "a.pseudonym", "coalesce(s.name, '')", "coalesce(s.code, '')"),
    columns={
        "name": SortColumn("name"),
        "sign_in": SortColumn("sign_in"),
        "role": SortColumn("role"),
        "state": SortColumn("state"),
        "created": SortColumn("created_at", "time"),
    },
    usual="name",
)

_NAMELESS = msgspec.structs.replace(
    _PEOPLE,
    select=_SELECT.replace("a.name,", f"{_SHOWN_NAME} AS name,", 1),
    search=(_SHOWN_NAME, *_PEOPLE.search[1:]),
)
