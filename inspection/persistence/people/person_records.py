"""People in bulk, as imports read and write them."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec

from inspection.domain.access import AccountId, Role
from inspection.persistence.locking import for_update_clause
from inspection.persistence.statements import marks, run, run_many

_AT_ONCE = 900


class PersonRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A person as an import compares them. `region` and `store` are ids, `store_code` is for
    people to read; `place` is the path of the store's region, else of the person's own.
    """

    id: str
    sign_in: str
    name: str
    role: Role
    region: str | None
    region_path: str
    store: str | None
    store_code: str
    pseudonym: str
    language: str
    created_at: datetime
    place: str


class StorePlace(msgspec.Struct, frozen=True):
    """Where a store is, and whether it is open."""

    id: str
    region_path: str
    state: str


async def people_by_sign_in() -> dict[str, PersonRecord]:
    """Everybody, by the name they sign in with."""
    rows = await run(
        "SELECT a.id, a.sign_in, a.name, a.role, a.region, a.region_path, a.store,"
        " coalesce(s.code, '') AS store_code, a.pseudonym, a.language, a.created_at,"
        " coalesce(s.region_path, a.region_path) AS place"
        " FROM account a LEFT JOIN store s ON s.id = a.store"
    )
    return {row.sign_in: row for row in msgspec.convert(rows, list[PersonRecord])}


async def store_places() -> dict[str, StorePlace]:
    """Every store's id, path and state by its code."""
    rows = await run("SELECT code, id, region_path, state FROM store")
    return {row.pop("code"): msgspec.convert(row, StorePlace) for row in rows}


async def pseudonym_owners() -> dict[str, str]:
    """Whose each pseudonym is or was."""
    rows = await run(
        "SELECT pseudonym AS code, id AS account FROM account WHERE pseudonym <> ''"
        " UNION SELECT code, account FROM pseudonym"
    )
    return {str(row["code"]): str(row["account"]) for row in rows}


async def hold_people() -> None:
    """Let nobody's row change until the transaction ends."""
    if clause := for_update_clause():
        await run(f"SELECT id FROM account ORDER BY id{clause}")


async def add_people(records: Sequence[PersonRecord]) -> None:
    """Keep new people, who cannot sign in until they took up an invitation."""
    await run_many(
        f"INSERT INTO account ({', '.join(_ADDED)}, password_hash)"
        f" VALUES ({marks(len(_ADDED))}, '')",
        [tuple(getattr(record, name) for name in _ADDED) for record in records],
    )
    await _note_pseudonyms(records)


async def update_people(records: Sequence[PersonRecord]) -> None:
    """Write what a sheet says of people who are known."""
    await run_many(
        f"UPDATE account SET {', '.join(f'{name} = ?' for name in _CHANGING)} WHERE id = ?",
        [tuple(getattr(record, name) for name in (*_CHANGING, "id")) for record in records],
    )
    await _note_pseudonyms(records)


async def remove_people(ids: Sequence[str]) -> None:
    """Remove people nothing refers to, with the pseudonyms they never used. Raises ReferenceBroken
    for one that something does.
    """
    await run_many("DELETE FROM pseudonym WHERE account = ?", [(id,) for id in ids])
    await run_many("DELETE FROM account WHERE id = ?", [(id,) for id in ids])


async def busy_among(ids: Sequence[str]) -> frozenset[str]:
    """Which of these people were invited, signed in, or got something to do."""
    found: set[str] = set()
    places = (("session", "account"), ("invitation", "account"), ("assignment", "inspector"))
    for begin in range(0, len(ids), _AT_ONCE):
        part = ids[begin : begin + _AT_ONCE]
        for table, column in places:
            rows = await run(
                f"SELECT DISTINCT {column} AS id FROM {table}"
                f" WHERE {column} IN ({marks(len(part))})",
                *part,
            )
            found |= {str(row["id"]) for row in rows}
    return frozenset(found)


async def with_pseudonyms_of_others() -> frozenset[str]:
    """The ids of those who carry a pseudonym that is noted as somebody else's."""
    # Right after thousands were added, a planner that knows of a few joins them all with all.
    rows = await run(
        "SELECT a.id FROM account a WHERE a.pseudonym IS NOT NULL"
        " AND (SELECT p.account FROM pseudonym p WHERE p.code = a.pseudonym) <> a.id"
    )
    return frozenset(str(row["id"]) for row in rows)


async def end_sessions(ids: Iterable[AccountId | str], at: datetime) -> None:
    """End every session of these people."""
    await run_many(
        "UPDATE session SET revoked_at = ? WHERE account = ? AND revoked_at IS NULL",
        [(at, id) for id in ids],
    )


async def _note_pseudonyms(records: Sequence[PersonRecord]) -> None:
    await run_many(
        "INSERT INTO pseudonym (code, account, given_at) VALUES (?, ?, ?)"
        " ON CONFLICT (code) DO NOTHING",
        [(row.pseudonym, row.id, row.created_at) for row in records if row.pseudonym],
    )


_CHANGING = ("name", "role", "region", "region_path", "store", "pseudonym", "language")
_ADDED = ("id", "sign_in", *_CHANGING, "created_at")
