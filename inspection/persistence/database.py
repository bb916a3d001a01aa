"""The one database object tables are declared with. Which engine answers is decided at start-up,
so one import-time object serves SQLite, PostgreSQL and every test's own copy.
"""

import sqlite3
from collections.abc import Sequence
from typing import NoReturn

from piccolo.engine.base import Engine
from piccolo.engine.postgres import Atomic
from piccolo.querystring import QueryString

from inspection.persistence.engines.database_engine import DatabaseEngine, Rows
from inspection.persistence.engines.integrity import DatabaseFault, TransactionMisuse, in_our_words
from inspection.persistence.engines.transactions import CURRENT, Transaction, inside


class Database(Engine[Transaction]):
    """Piccolo's engine as far as tables and queries see it; the work is done by `engine`."""

    __slots__ = ("_engine",)

    def __init__(self) -> None:
        # Not calling Piccolo's constructor: it connects while modules are being imported.
        self._engine: DatabaseEngine | None = None
        self.engine_type = "sqlite"
        self.log_queries = False
        self.log_responses = False
        self.min_version_number = 0
        self.query_id = 0
        self.current_transaction = CURRENT

    @property
    def engine(self) -> DatabaseEngine:
        """The engine in use. Raises DatabaseFault before one was chosen."""
        if self._engine is None:
            raise DatabaseFault(NOT_OPEN)
        return self._engine

    @property
    def chosen(self) -> bool:
        """Whether an engine was chosen."""
        return self._engine is not None

    def use(self, engine: DatabaseEngine | None) -> DatabaseEngine | None:
        """Point every table at this engine, None for none; returns the one used before."""
        before, self._engine = self._engine, engine
        self.engine_type = engine.engine_type if engine else "sqlite"
        return before

    def transaction_exists(self) -> bool:
        """Whether a transaction is open in this context."""
        return inside() is not None

    async def run(self, sql: str, args: Sequence[object] = ()) -> Rows:
        """Run one statement: inside the open transaction, or as its own."""
        current = inside()
        with in_our_words():
            return await (self.engine if current is None else current).run(sql, args)

    async def run_many(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        """Run one writing statement once per row of arguments, all or none."""
        current = inside()
        with in_our_words():
            await (self.engine if current is None else current).run_many(sql, rows)

    async def write(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        """Run one writing statement once per row of arguments. In a transaction it may wait for a
        later statement, and what is wrong with it comes up there, at the latest at the commit.
        """
        current = inside()
        if current is not None:
            with in_our_words():
                await current.write(sql, rows)
        elif len(rows) == 1:
            await self.run(sql, rows[0])
        else:
            await self.run_many(sql, rows)

    async def gather(self, *, on: bool) -> None:
        """Begin or end holding back writes in the open transaction, if there is one."""
        current = inside()
        if current is not None:
            with in_our_words():
                await current.gather(on=on)

    def open_transaction(self, *, reading: bool) -> Transaction:
        """A flat transaction. Raises TransactionMisuse inside another one."""
        if self.transaction_exists():
            raise TransactionMisuse(NESTED)
        return Transaction(self.engine, reading=reading, parent=None)

    # What Piccolo calls.

    async def run_querystring(self, querystring: QueryString, *_: object, **__: object) -> Rows:
        """Run a query built by Piccolo."""
        sql, args = querystring.compile_string(engine_type=self.engine_type)
        return await self.run(sql, args)

    async def run_ddl(self, ddl: str, *_: object, **__: object) -> Rows:
        """Run a schema statement built by Piccolo."""
        return await self.run(ddl)

    def transaction(self, *_: object, **__: object) -> Transaction:
        """For Piccolo's tools, which nest and mean one: the inner joins the outer. Ours is tx()."""
        return Transaction(self.engine, reading=False, parent=inside())

    def atomic(self) -> Atomic:
        """Piccolo's list of statements run in one transaction."""
        return Atomic(self)  # type: ignore[arg-type]

    async def batch(self, *_: object, **__: object) -> NoReturn:
        """Open cursors would outlive transactions; large results are read page by page, by key."""
        raise TransactionMisuse(NO_CURSORS)

    async def get_version(self) -> float:
        """Version of the database server, major and minor."""
        sql = "SELECT sqlite_version() AS v" if self.engine_type == "sqlite" else SERVER_VERSION
        (row,) = await self.run(sql)
        major, minor = str(row["v"]).split(".")[:2]
        return float(f"{major}.{minor.split()[0]}")

    def get_version_sync(self) -> float:
        """Version of the SQLite library, the only one Piccolo asks for while it builds a query."""
        major, minor, _ = sqlite3.sqlite_version_info
        return float(f"{major}.{minor}")

    async def check_version(self) -> None:
        """Nothing at import; the lock file pins the library, `doctor` checks the server."""

    async def prep_database(self) -> None:
        """Nothing to prepare: the schema comes from the migrations."""


NOT_OPEN = "no database is open: call open_database(url) first"
NESTED = "tx() inside tx(): one service call is one flat write; move the inner work out"
NO_CURSORS = "batch() is not offered: read large results page by page, by key"
SERVER_VERSION = "SELECT current_setting('server_version') AS v"

DB = Database()
