"""A transaction as a block of code: flat, owned by one task, and never leaking."""

import asyncio
from collections.abc import Sequence
from contextvars import ContextVar
from types import TracebackType
from typing import Literal

from piccolo.engine.base import BaseTransaction

from inspection.persistence.engines.database_engine import DatabaseEngine, Rows
from inspection.persistence.engines.integrity import ENDED, TransactionMisuse, in_our_words

CURRENT: "ContextVar[Transaction | None]" = ContextVar("current_transaction", default=None)


def inside() -> "Transaction | None":
    """The open transaction of this context, if any."""
    current = CURRENT.get()
    return None if current is None or current.over else current


class Transaction(BaseTransaction):
    """A flat transaction owned by one task. Leaving it commits or rolls back, and always gives
    back thread or connection: after a failed BEGIN, a failed COMMIT, a cancellation anywhere.
    """

    __slots__ = (
        "_engine",
        "_failure",
        "_reading",
        "_session",
        "_task",
        "_token",
        "over",
        "parent",
    )

    def __init__(
        self, engine: DatabaseEngine, *, reading: bool, parent: "Transaction | None"
    ) -> None:
        self._engine = engine
        self._reading = reading
        self._failure: BaseException | None = None
        self.parent = parent
        self.over = False

    async def __aenter__(self) -> "Transaction":
        if self.parent is not None:
            return self.parent
        self._session = self._engine.session(reading=self._reading)
        with in_our_words():
            await self._session.begin()
        self._task = asyncio.current_task()
        self._token = CURRENT.set(self)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> Literal[False]:
        if self.parent is not None:
            return False
        self._forget()
        try:
            with in_our_words():
                if error is None:
                    await self._commit()
        finally:
            await self._session.close()
        return False

    def _forget(self) -> None:
        self.over = True
        try:
            CURRENT.reset(self._token)
        except ValueError:
            # Left in another context than entered (a generator closed by the event loop): the
            # variable there never held this transaction, and `over` covers where it still does.
            return

    async def _commit(self) -> None:
        if self._failure is not None:
            msg = "a statement failed inside this transaction; it cannot commit, let the error out"
            raise TransactionMisuse(msg) from self._failure
        await self._session.commit()

    async def run(self, sql: str, args: Sequence[object] = ()) -> Rows:
        """Run one statement inside."""
        self._check()
        try:
            return await self._session.run(sql, args)
        except BaseException as error:
            self._failure = error
            raise

    async def run_many(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        """Run one statement once per row of arguments inside."""
        self._check()
        try:
            await self._session.run_many(sql, rows)
        except BaseException as error:
            self._failure = error
            raise

    async def write(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        """The same for a statement whose outcome may come with a later one's, or the commit's."""
        self._check()
        try:
            await self._session.write(sql, rows)
        except BaseException as error:
            self._failure = error
            raise

    async def gather(self, *, on: bool) -> None:
        """Begin or end holding back writes that depend on nothing but what came before them."""
        self._check()
        try:
            await self._session.gather(on=on)
        except BaseException as error:
            self._failure = error
            raise

    def _check(self) -> None:
        if self.over:
            raise TransactionMisuse(ENDED)
        if self._task is not asyncio.current_task():
            msg = (
                "the transaction belongs to another task: no gather, create_task or wait_for "
                "inside tx(); asyncio.timeout() is fine"
            )
            raise TransactionMisuse(msg)
        if self._failure is not None:
            # PostgreSQL refuses everything after an error; SQLite would go on. Same rule for both.
            msg = "a statement failed inside this transaction; nothing more can be done in it"
            raise TransactionMisuse(msg) from self._failure
