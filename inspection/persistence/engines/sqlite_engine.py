"""SQLite for an asyncio program: one writer thread, a few readers, queues in between."""

import asyncio
import queue
import sqlite3
import threading
from collections import deque
from collections.abc import Sequence
from pathlib import Path

from inspection.domain.refusals import StoreBusy
from inspection.persistence.engines.database_engine import Rows
from inspection.persistence.engines.integrity import ENDED, DatabaseFault, TransactionMisuse
from inspection.persistence.engines.sqlite_requests import (
    READING_HEADS,
    Request,
    Session,
    Unread,
    head,
)
from inspection.persistence.engines.sqlite_workers import (
    STOP,
    Queue,
    SQLiteOptions,
    Worker,
    refuse_all,
)
from inspection.persistence.engines.sqlite_writer import Writer

STOP_SECONDS = 30.0


class SQLiteEngine:
    """One database file. Threads start at the first use and end with `stop`."""

    engine_type = "sqlite"

    def __init__(self, path: Path, options: SQLiteOptions | None = None) -> None:
        self.path = path
        self.options = options or SQLiteOptions()
        self._writes: Queue = queue.SimpleQueue()
        self._reads: Queue = queue.SimpleQueue()
        self._workers: list[Worker] = []
        self._starting = threading.Lock()
        self._started = False

    async def start(self) -> None:
        """Open the file. Raises DatabaseFault with a sentence for the operator."""
        await asyncio.to_thread(self._start)

    def _start(self) -> None:
        with self._starting:
            if self._started:
                return
            try:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                # The writer first: it creates the file and switches it to WAL.
                self._launch(Writer(self.path, self._writes, self.options, "sqlite-writer"))
                for number in range(self.options.readers):
                    name = f"sqlite-reader-{number}"
                    self._launch(Worker(self.path, self._reads, self.options, name))
            except (sqlite3.Error, OSError) as error:
                self._end_workers()
                msg = f"cannot open the database {self.path}: {error}; check path and permissions"
                raise DatabaseFault(msg) from error
            self._started = True

    def _launch(self, worker: Worker) -> None:
        worker.launch()
        self._workers.append(worker)

    async def stop(self) -> None:
        """Finish what is queued, fold the log into the file, end the threads."""
        await asyncio.to_thread(self._stop)

    def _stop(self) -> None:
        with self._starting:
            self._started = False
            self._end_workers()
            refuse_all(self._writes)
            refuse_all(self._reads)

    def _end_workers(self) -> None:
        # The writer closes last: only the last connection of all can fold the log in and remove it.
        readers, writers = self._workers[1:], self._workers[:1]
        for group in (readers, writers):
            for worker in group:
                worker.tasks.put(STOP)
            for worker in group:
                worker.join(STOP_SECONDS)
        self._workers.clear()

    @property
    def load(self) -> dict[str, int]:
        """Figures to watch: how many requests wait for a thread."""
        return {"writes_waiting": self._writes.qsize(), "reads_waiting": self._reads.qsize()}

    async def run(self, sql: str, args: Sequence[object] = ()) -> Rows:
        """Run one statement as its own transaction."""
        if head(sql) not in READING_HEADS:
            return await self.write(Request(sql, args))
        try:
            return await self._ask(self._reads, Request(sql, args))
        except sqlite3.OperationalError as error:
            # WITH may also introduce an INSERT; readers cannot write, so nothing has happened.
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_READONLY:
                raise
        return await self.write(Request(sql, args))

    async def run_many(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        """Run one writing statement once per row of arguments, all of them or none."""
        session = self.session(reading=False)
        await session.begin()
        try:
            await session.run_many(sql, rows)
            await session.commit()
        finally:
            await session.close()

    async def write(self, request: Request) -> Rows:
        """Have the writer run it."""
        return await self._ask(self._writes, request)

    async def _ask(self, tasks: Queue, request: Request) -> Rows:
        self.submit(tasks, request)
        return await request.answer(self.options.wait_seconds)

    def submit(self, tasks: Queue, item: Request | Session) -> None:
        """Put it into a queue. Raises StoreBusy when too many wait already."""
        if not self._started:
            self._start()
        if tasks.qsize() >= self.options.queue_limit:
            raise StoreBusy
        tasks.put(item)

    def session(self, *, reading: bool) -> "SQLiteSession":
        """A transaction that has not begun: on a reader if it only reads, else on the writer."""
        return SQLiteSession(self, self._reads if reading else self._writes, reading=reading)


class SQLiteSession:
    """One transaction as its owner sees it."""

    def __init__(self, engine: SQLiteEngine, tasks: Queue, *, reading: bool) -> None:
        self._engine = engine
        self._tasks = tasks
        # The write lock first: a transaction that reads before it writes must not fail half-way.
        self._session = Session("DEFERRED" if reading else "IMMEDIATE")
        self._unread: deque[Unread] = deque()

    async def begin(self) -> None:
        """Wait for a thread of its own. Raises StoreBusy when none is free in time."""
        self._engine.submit(self._tasks, self._session)
        try:
            await self._session.begin.answer(self._engine.options.wait_seconds)
        except BaseException:
            # The thread may have begun in this very moment and would wait for statements.
            await self.close()
            raise

    async def run(self, sql: str, args: Sequence[object] = ()) -> Rows:
        """Run one statement inside."""
        return await self._ask(sql, args)

    async def run_many(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        """Run one statement once per row of arguments inside."""
        await self.write(sql, rows)
        await self._ask("")

    async def write(self, sql: str, rows: Sequence[Sequence[object]]) -> None:
        """Have it run with the next statement that is waited for: a trip to the thread and back
        costs more than most statements do.
        """
        if self._session.over():
            raise TransactionMisuse(ENDED)
        self._unread.append((sql, rows))

    async def gather(self, *, on: bool) -> None:
        """Nothing to do: writes travel with the next statement anyhow."""

    async def commit(self) -> None:
        """Make it durable. Whatever this raises, `close` leaves nothing open."""
        await self._ask("COMMIT")

    async def close(self) -> None:
        """End it; what was not committed is rolled back. Never raises."""
        self._session.put(None)

    async def _ask(self, sql: str, args: Sequence[object] = ()) -> Rows:
        if self._session.over():
            raise TransactionMisuse(ENDED)
        request = Request(sql, args, self._unread)
        self._unread = deque()
        self._session.put(request)
        # The thread serves nobody else: there is no queue to give up on.
        return await request.answer(FOREVER)


FOREVER = 86400.0
