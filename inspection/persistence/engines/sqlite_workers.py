"""A database thread: owns one connection, serves one queue, statement by statement or a whole
transaction. Used as it is for reading; `sqlite_writer` adds what writing needs.

Threads, not event-loop locks, carry the queues: command line, web server and tests each bring
their own loop, and the same database object serves all of them.
"""

import logging
import queue
import sqlite3
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

import msgspec

from inspection.persistence.engines.integrity import DatabaseFault, TransactionMisuse
from inspection.persistence.engines.sqlite_connection import connect, patiently
from inspection.persistence.engines.sqlite_requests import Request, Session, deliver

LOG = logging.getLogger(__name__)
REOPEN_SECONDS = 0.2


class _Stop:
    """Put last into a queue to end its thread."""


STOP: Final = _Stop()
Item = Request | Session | _Stop
Queue = queue.SimpleQueue[Item]


class SQLiteOptions(msgspec.Struct, frozen=True, kw_only=True):
    """How the threads behave. The defaults are the measured ones."""

    readers: int = 3
    synchronous: str = "FULL"
    group: int = 64
    queue_limit: int = 1024
    wait_seconds: float = 5.0
    lock_seconds: float = 5.0
    idle_seconds: float = 10.0
    slow_seconds: float = 0.5
    checkpoint_commits: int = 500
    checkpoint_rows: int = 5000


class Worker(threading.Thread):
    """A thread that owns one connection and serves one queue. Daemonic: it never blocks exit."""

    readonly = True

    def __init__(self, path: Path, tasks: Queue, options: SQLiteOptions, name: str) -> None:
        super().__init__(name=name, daemon=True)
        self.path = path
        self.tasks = tasks
        self.options = options
        self.failure: BaseException | None = None
        self._opened = threading.Event()
        self.connection: sqlite3.Connection

    def launch(self) -> None:
        """Start and wait until the connection stands; raises what kept it from opening."""
        self.start()
        self._opened.wait()
        if self.failure is not None:
            raise self.failure

    def run(self) -> None:
        """Serve until told to stop. A thread that cannot open its file says so and ends."""
        try:
            self.connection = self._connect()
        except BaseException as error:  # noqa: BLE001  raised again by `launch`
            self.failure = error
            return
        finally:
            self._opened.set()
        while not isinstance(item := self.next(), _Stop):
            try:
                self.serve(item)
                self._check_clean()
            except Exception as error:  # the thread must outlive whatever happens to one connection
                LOG.exception("the connection is not to be trusted any more; opening another")
                self._apologise(item, error)
                self._reconnect()
        self.wind_up()
        self.connection.close()

    def next(self) -> Item:
        """Wait for the next thing to do."""
        return self.tasks.get()

    def serve(self, item: Request | Session) -> None:
        """Do one thing: a statement on its own or a whole transaction."""
        if isinstance(item, Session):
            self.transact(item)
        elif item.claim():
            self.alone(item)
            deliver([item])

    def wind_up(self) -> None:
        """Last words before the connection closes."""

    def alone(self, request: Request) -> None:
        """Run one statement, again while a lock held elsewhere keeps it from running."""

        def once() -> None:
            self.timed(request)
            if isinstance(request.error, sqlite3.OperationalError):
                raise request.error

        request.error = self.attempt(once) or request.error

    def attempt(self, action: Callable[[], object]) -> BaseException | None:
        """Do it, waiting for a lock held elsewhere, and return what went wrong, if anything."""
        try:
            patiently(action, self.options.lock_seconds)
        except BaseException as error:  # noqa: BLE001  belongs to the task that asked
            return error
        return None

    def execute(self, sql: str) -> None:
        """Run one statement of our own that returns nothing."""
        self.connection.execute(sql).close()

    def timed(self, request: Request) -> None:
        """Run and mention it when it took long. Arguments are private and stay out of the log."""
        request.error = None
        began = time.perf_counter()
        request.run(self.connection)
        took = time.perf_counter() - began
        if took > self.options.slow_seconds:
            LOG.warning("slow statement, %.0f ms: %s", took * 1000, " ".join(request.sql.split()))

    def transact(self, session: Session) -> None:
        """Serve one transaction from BEGIN to its end, and always leave the connection clean."""
        if not session.begin.claim():
            return
        try:
            session.begin.error = self.attempt(partial(self.execute, session.begin.sql))
            deliver([session.begin])
            if session.begin.error is None:
                self._obey(session)
        finally:
            session.finish()
            if self.connection.in_transaction:
                self.execute("ROLLBACK")

    def _obey(self, session: Session) -> None:
        while self.connection.in_transaction:
            try:
                request = session.next(self.options.idle_seconds)
            except queue.Empty:
                LOG.warning("a transaction stood idle and was rolled back")
                return
            if request is None:
                return
            if request.claim():
                self.alone(request)
                deliver([request])

    def _check_clean(self) -> None:
        if self.connection.in_transaction:  # a ROLLBACK that failed, too
            msg = "the connection is stuck in a transaction"
            raise sqlite3.DatabaseError(msg)

    def _apologise(self, item: Request | Session, error: Exception) -> None:
        """Whoever still waits for this item gets the error; who has an answer keeps it."""
        request = item.begin if isinstance(item, Session) else item
        if not request.delivered:
            request.error = error
            deliver([request])

    def _connect(self) -> sqlite3.Connection:
        return connect(self.path, synchronous=self.options.synchronous, readonly=self.readonly)

    def _reconnect(self) -> None:
        """Try until it works. Meanwhile requests wait their time and are told to come back."""
        self.connection.close()
        while True:
            try:
                self.connection = self._connect()
            except (sqlite3.Error, DatabaseFault) as error:
                LOG.warning("cannot open %s yet: %s", self.path, error)
                time.sleep(REOPEN_SECONDS)
            else:
                return


def refuse_all(tasks: Queue) -> None:
    """Answer whatever is left in a queue nobody serves any more."""
    while True:
        try:
            item = tasks.get_nowait()
        except queue.Empty:
            return
        request = item.begin if isinstance(item, Session) else item
        if isinstance(request, Request) and request.claim():
            request.error = TransactionMisuse("the database was closed")
            deliver([request])
