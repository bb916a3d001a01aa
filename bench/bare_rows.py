"""The floor under a submission: the very rows the product wrote, in one bare transaction each."""

import asyncio
import hashlib
import os
import sqlite3
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import asyncpg
import msgspec

from bench.databases import Database
from bench.fieldwork import Visit
from inspection.persistence.engines.sqlite_connection import connect

BY_VISIT = (
    "visit",
    "submission",
    "visit_answer",
    "visit_section",
    "visit_scorecard",
    "visit_photo",
)
COUNTED = frozenset({"visit_answer", "visit_section"})
"""Tables whose ids the database counts."""

Values = Sequence[object]
HEAD = "UPDATE audit_head SET seq = {}, hash = {} WHERE id = 1"
NO_HEAD = "INSERT INTO audit_head (id, seq, hash) VALUES (1, 0, '') ON CONFLICT DO NOTHING"
SUBMITTED = "UPDATE assignment SET state = 'submitted' WHERE id = {} AND state = 'open'"


class Rows(msgspec.Struct, frozen=True):
    """Rows of one table, ready to be written."""

    table: str
    columns: tuple[str, ...]
    values: tuple[Values, ...]

    def insert(self, mark: str) -> str:
        """The statement that writes one of them."""
        marks = ", ".join(mark.format(place) for place in range(1, len(self.columns) + 1))
        names = ", ".join(f'"{column}"' for column in self.columns)
        return f"INSERT INTO {self.table} ({names}) VALUES ({marks})"


class Kept(msgspec.Struct, frozen=True):
    """Everything one accepted visit left behind."""

    rows: tuple[Rows, ...]
    assignment: str
    head: tuple[int, str]


def kept_by_sqlite(database: Database, visits: Iterable[Visit]) -> list[Kept]:
    """Read what the product wrote for these visits, as it is stored."""
    with sqlite3.connect(database.path) as connection:
        connection.row_factory = sqlite3.Row

        def read(sql: str, value: object) -> list[dict[str, Any]]:
            rows = connection.execute(sql.format("?"), (value,)).fetchall()
            return [{key: row[key] for key in row.keys()} for row in rows]  # noqa: SIM118

        return [_kept(visit, {sql: read(sql, v) for sql, v in _asked(visit)}) for visit in visits]


def kept_by_postgres(database: Database, visits: Iterable[Visit]) -> list[Kept]:
    """The same from PostgreSQL."""

    async def read() -> list[Kept]:
        connection = await asyncpg.connect(database.url)
        found = []
        for visit in visits:
            rows = {sql: await connection.fetch(sql.format("$1"), v) for sql, v in _asked(visit)}
            found.append(_kept(visit, {sql: [dict(r) for r in rs] for sql, rs in rows.items()}))
        await connection.close()
        return found

    return asyncio.run(read())


class BareSQLite:
    """A connection with the product's pragmas, and nothing around it."""

    def __init__(self, database: Database) -> None:
        self._connection = connect(database.path, synchronous="FULL", readonly=False)
        self._connection.execute("PRAGMA wal_autocheckpoint=1000")
        self._connection.execute(NO_HEAD)

    def write(self, kept: Sequence[Kept]) -> None:
        """One transaction for each visit."""
        for each in kept:
            self._connection.execute("BEGIN IMMEDIATE")
            for rows in each.rows:
                self._connection.executemany(rows.insert("?"), rows.values)
            self._connection.execute(SUBMITTED.format("?"), (each.assignment,))
            self._connection.execute(HEAD.format("?", "?"), each.head)
            self._connection.execute("COMMIT")

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


class BarePostgres:
    """As many connections as there are phones, each writing one visit after the other."""

    def __init__(self, database: Database, connections: int) -> None:
        self._loop = asyncio.new_event_loop()
        self._connections = [
            self._loop.run_until_complete(asyncpg.connect(database.url)) for _ in range(connections)
        ]
        self._loop.run_until_complete(self._connections[0].execute(NO_HEAD))

    def write(self, kept: Sequence[Kept]) -> None:
        """One transaction for each visit; many rows travel by COPY, the quickest way there is."""
        waiting = iter(kept)

        async def work(connection: asyncpg.Connection) -> None:
            for each in waiting:
                async with connection.transaction():
                    await _write(connection, each)

        async def all_work() -> None:
            await asyncio.gather(*map(work, self._connections))

        self._loop.run_until_complete(all_work())

    def close(self) -> None:
        """Hang up."""
        for connection in self._connections:
            self._loop.run_until_complete(connection.close())
        self._loop.close()


def write_files(folder: Path, visits: Iterable[Visit]) -> None:
    """Keep photos as durably as the product does: hashed, synced, renamed, folder synced."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    for visit in visits:
        for photo in visit.photos:
            content = photo.content()
            path = folder / hashlib.sha256(content).hexdigest()
            with path.with_suffix(".new").open("xb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            path.with_suffix(".new").rename(path)
            os.fsync(handle)
    os.close(handle)


async def _write(connection: asyncpg.Connection, each: Kept) -> None:
    for rows in each.rows:
        if len(rows.values) > 1:
            await connection.copy_records_to_table(
                rows.table, records=rows.values, columns=rows.columns
            )
        else:
            await connection.execute(rows.insert("${}"), *rows.values[0])
    await connection.execute(SUBMITTED.format("$1"), each.assignment)
    await connection.execute(HEAD.format("$1", "$2"), *each.head)


def _asked(visit: Visit) -> list[tuple[str, str]]:
    by_visit = [(_select(table), visit.id) for table in BY_VISIT]
    return [*by_visit, (PHOTOS, visit.id), (AUDIT, visit.id)]


def _kept(visit: Visit, found: dict[str, list[dict[str, Any]]]) -> Kept:
    (visited,), (event,) = found[_select("visit")], found[AUDIT]
    assert len(found[_select("visit_answer")]) > 30, visit.id
    rows = [_rows(table, found[_select(table)]) for table in BY_VISIT]
    rows += [_rows("photo", found[PHOTOS]), _rows("audit_event", [event])]
    return Kept(
        tuple(each for each in rows if each.values),
        visited["assignment"],
        (event["seq"], event["hash"]),
    )


def _rows(table: str, rows: Sequence[dict[str, Any]]) -> Rows:
    columns = (
        tuple(key for key in rows[0] if not (key == "id" and table in COUNTED)) if rows else ()
    )
    return Rows(table, columns, tuple(tuple(row[column] for column in columns) for row in rows))


def _select(table: str) -> str:
    key = "id" if table == "visit" else "visit"
    return f"SELECT * FROM {table} WHERE {key} = {{}}"


PHOTOS = (
    "SELECT * FROM photo WHERE sha256 IN (SELECT sha256 FROM visit_photo WHERE visit = {}) "
    "ORDER BY sha256"
)
AUDIT = "SELECT * FROM audit_event WHERE noun = 'visit' AND noun_id = {} ORDER BY seq LIMIT 1"
