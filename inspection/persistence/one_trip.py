"""A whole write transaction in one trip to SQLite's thread, for writes that come by the thousand.

Every statement `tx()` waits for costs a trip to the writer's thread and back, which is more than
most statements cost. Here the code that writes runs on that thread itself, and shares its commit
with whatever else waits there: docs/decisions/0006-sqlite-write-discipline.md.
"""

import sqlite3
from collections.abc import Callable, Coroutine, Sequence
from contextvars import copy_context
from typing import Any, Generic, TypeVar

from inspection.persistence.database import DB, NESTED
from inspection.persistence.engines.database_engine import Rows
from inspection.persistence.engines.integrity import TransactionMisuse, in_our_words
from inspection.persistence.engines.sqlite_connection import fetch, run_many
from inspection.persistence.engines.sqlite_engine import SQLiteEngine
from inspection.persistence.engines.sqlite_requests import Request
from inspection.persistence.engines.transactions import CURRENT, Transaction

T = TypeVar("T")


async def in_one_trip(work: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Run `work` as one flat write transaction. It may wait for statements and nothing else, and
    begins anew when a shared commit failed: what it changes besides rows must bear that.
    """
    engine = DB.engine
    if not isinstance(engine, SQLiteEngine):
        async with DB.open_transaction(reading=False):
            return await work()
    if DB.transaction_exists():
        raise TransactionMisuse(NESTED)
    trip = Trip(work)
    with in_our_words():
        await engine.write(trip)
    return trip.outcome[0]


class Trip(Request, Generic[T]):
    """The work on its way to the writer's thread."""

    __slots__ = ("_work", "outcome")

    def __init__(self, work: Callable[[], Coroutine[Any, Any, T]]) -> None:
        super().__init__("a transaction in one trip")
        self._work = work
        self.outcome: list[T] = []

    @property
    def groupable(self) -> bool:
        """Trips share a commit, each in a savepoint of its own."""
        return True

    def run(self, connection: sqlite3.Connection) -> None:
        """Run on the calling thread. Within a group, savepoint and commit are the group's."""
        alone = not connection.in_transaction
        self.outcome.clear()
        try:
            if alone:
                connection.execute("BEGIN IMMEDIATE").close()
            self.outcome.append(copy_context().run(self._drive, connection))
            if alone:
                connection.execute("COMMIT").close()
        except BaseException as error:  # noqa: BLE001  belongs to the task that asked
            self.error = error
        finally:
            if alone and connection.in_transaction:
                connection.execute("ROLLBACK").close()

    def _drive(self, connection: sqlite3.Connection) -> T:
        """Run the coroutine to its end: nothing in it has to wait, so one push is enough."""
        transaction = OnTheThread(connection)
        CURRENT.set(transaction)
        running = self._work()
        try:
            running.send(None)
        except StopIteration as ended:
            transaction.check()
            outcome: T = ended.value
            return outcome
        finally:
            transaction.over = True
            running.close()
        raise TransactionMisuse(WAITED)


class OnTheThread(Transaction):
    """The open transaction as code on the thread sees it: statements run where they are said."""

    __slots__ = ("_connection",)

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._failure: BaseException | None = None
        self.parent = None
        self.over = False

    async def run(self, sql: str, args: Sequence[object] = ()) -> Rows:
        """Run one statement."""
        self.check()
        try:
            return fetch(self._connection, sql, args)
        except BaseException as error:
            self._failure = error
            raise

    async def run_many(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        """Run one statement once per row of arguments."""
        self.check()
        try:
            run_many(self._connection, sql, rows)
        except BaseException as error:
            self._failure = error
            raise

    async def write(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        """Nothing is gained by waiting for a later statement here."""
        await self.run_many(sql, rows)

    async def gather(self, *, on: bool) -> None:
        """Nothing to do: there is no trip to spare."""

    def check(self) -> None:
        """Raises TransactionMisuse once a statement failed: PostgreSQL would not go on either."""
        if self._failure is not None:
            raise TransactionMisuse(FAILED) from self._failure


FAILED = "a statement failed inside this transaction; nothing more can be done in it"
WAITED = "the work waited for something besides statements; in_one_trip() is for plain writes"
