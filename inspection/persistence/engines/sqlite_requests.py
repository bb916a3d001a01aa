"""What tasks hand to the database threads, and how the answers find their way back."""

import asyncio
import queue
import sqlite3
from collections import deque
from collections.abc import Iterable, Sequence

from inspection.domain.refusals import StoreBusy
from inspection.persistence.engines.database_engine import Rows
from inspection.persistence.engines.integrity import ENDED, TransactionMisuse
from inspection.persistence.engines.sqlite_connection import fetch, run_many

GROUPABLE_HEADS = frozenset({"INSERT", "UPDATE", "DELETE", "REPLACE"})
READING_HEADS = frozenset({"SELECT", "VALUES", "EXPLAIN", "WITH"})


Unread = tuple[str, Sequence[Sequence[object]]]
"""A writing statement nobody waits for, with the arguments of each run of it."""


def head(sql: str) -> str:
    """First word of a statement, in capitals."""
    words = sql.split(None, 1)
    return words[0].upper() if words else ""


class Request:
    """One statement on its way to a thread, after those written before it. It runs at most once,
    and not at all once its task stopped waiting: whoever takes the ticket decides.
    """

    __slots__ = (
        "_future",
        "_loop",
        "_ticket",
        "_unread",
        "args",
        "delivered",
        "error",
        "result",
        "sql",
    )

    def __init__(
        self, sql: str, args: Sequence[object] = (), unread: deque[Unread] | None = None
    ) -> None:
        self.sql = sql
        self.args = args
        self._unread = deque() if unread is None else unread
        self.result: Rows = []
        self.error: BaseException | None = None
        self.delivered = False
        self._loop = asyncio.get_running_loop()
        self._future: asyncio.Future[Rows] = self._loop.create_future()
        self._ticket = [None]

    @property
    def groupable(self) -> bool:
        """Whether it may share a transaction with others: a PRAGMA or DDL may not."""
        return head(self.sql) in GROUPABLE_HEADS

    def claim(self) -> bool:
        """Take the only ticket. `list.pop` is atomic, so exactly one caller gets True."""
        try:
            self._ticket.pop()
        except IndexError:
            return False
        return True

    def run(self, connection: sqlite3.Connection) -> None:
        """Run on the calling thread; the outcome waits in the request until it is delivered."""
        try:
            # Dropped one by one: tried again after a lock held elsewhere, it goes on where it was.
            while self._unread:
                run_many(connection, *self._unread[0])
                self._unread.popleft()
            if self.sql:
                self.result = fetch(connection, self.sql, self.args)
        except BaseException as error:  # noqa: BLE001  belongs to the task that asked
            self.error = error

    async def answer(self, wait_seconds: float) -> Rows:
        """Wait for the outcome. Raises StoreBusy when no thread began in time: nothing was done."""
        timer = self._loop.call_later(wait_seconds, self._give_up)
        try:
            return await self._future
        finally:
            timer.cancel()
            self.claim()

    def _give_up(self) -> None:
        if self.claim():
            self.error = StoreBusy()
            self.settle()

    def settle(self) -> None:
        """Hand the outcome to the waiting task; called on its own loop."""
        if self._future.done():
            return
        if self.error is None:
            self._future.set_result(self.result)
        else:
            self._future.set_exception(self.error)

    @property
    def loop(self) -> asyncio.AbstractEventLoop:
        """The event loop its task runs on."""
        return self._loop


def deliver(requests: Sequence[Request]) -> None:
    """Wake the waiting tasks, each on its own event loop, one wake-up per loop. From here on the
    outcome must not change: the task may not have read it yet.
    """
    for request in requests:
        request.delivered = True
    for loop in {request.loop for request in requests}:
        mine = [request for request in requests if request.loop is loop]
        try:
            loop.call_soon_threadsafe(_settle_all, mine)
        except RuntimeError:  # that loop is closed, nobody waits any more
            continue


def _settle_all(requests: Iterable[Request]) -> None:
    for request in requests:
        request.settle()


class Session:
    """The private queue of one open transaction; a thread serves only it until it ends."""

    __slots__ = ("_over", "_queue", "begin")

    def __init__(self, mode: str) -> None:
        self.begin = Request(f"BEGIN {mode}")
        self._queue: queue.SimpleQueue[Request | None] = queue.SimpleQueue()
        self._over = False

    def over(self) -> bool:
        """Whether its thread has left it."""
        return self._over

    def put(self, request: Request | None) -> None:
        """The owner's next statement; None means no more."""
        self._queue.put(request)
        if self._over:  # the thread left in this very moment and will not look again
            self.finish()

    def next(self, idle_seconds: float) -> Request | None:
        """Wait for the owner's next statement. Raises queue.Empty when it stays idle."""
        return self._queue.get(timeout=idle_seconds)

    def finish(self) -> None:
        """Close for good; whatever is still queued is refused."""
        self._over = True
        while True:
            try:
                request = self._queue.get_nowait()
            except queue.Empty:
                return
            if request is not None and request.claim():
                request.error = TransactionMisuse(ENDED)
                deliver([request])
