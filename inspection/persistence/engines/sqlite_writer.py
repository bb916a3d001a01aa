"""The only thread that writes: it groups waiting statements into one commit, and checkpoints."""

import logging
import queue
import sqlite3
from pathlib import Path

from inspection.persistence.engines.sqlite_connection import connect, patiently
from inspection.persistence.engines.sqlite_requests import Request, Session, deliver
from inspection.persistence.engines.sqlite_workers import Item, Queue, SQLiteOptions, Worker

LOG = logging.getLogger(__name__)
KEEPER_SECONDS = 0.05
ANALYZE_ROWS = 1000
"""So many changed rows and what the planner knew is looked at again when the file is closed."""

STALE_ROWS = 10_000
"""So many, and it is while the file is open: what suits an empty table took seconds to minutes."""


class Writer(Worker):
    """Serves the write queue. Waiting statements share one commit, hence one fsync."""

    readonly = False

    def __init__(self, path: Path, tasks: Queue, options: SQLiteOptions, name: str) -> None:
        super().__init__(path, tasks, options, name)
        self._held: Item | None = None
        self._commits = 0
        self._rows_at_checkpoint = 0
        self._rows_at_analysis = 0

    def next(self) -> Item:
        """What was set aside while gathering comes before what waits in the queue."""
        held, self._held = self._held, None
        return held or self.tasks.get()

    def serve(self, item: Request | Session) -> None:
        """One transaction, or as many waiting statements as fit into a group."""
        if isinstance(item, Session):
            self.transact(item)
        else:
            self._commit(self._gather(item))
        self._commits += 1
        if self._log_is_long():
            self.checkpoint()
        if self.connection.total_changes - self._rows_at_analysis >= STALE_ROWS:
            self._refresh_statistics("ANALYZE")

    def _gather(self, first: Request) -> list[Request]:
        batch = [first]
        while first.groupable and len(batch) < self.options.group:
            try:
                item = self.tasks.get_nowait()
            except queue.Empty:
                break
            if not isinstance(item, Request) or not item.groupable:
                self._held = item
                break
            batch.append(item)
        return [request for request in batch if request.claim()]

    def _commit(self, batch: list[Request]) -> None:
        if len(batch) > 1:
            error = self.attempt(lambda: self._together(batch))
            if isinstance(error, sqlite3.IntegrityError):
                # A constraint that is checked at COMMIT: nobody was promised anything yet, so
                # let each statement answer for itself.
                for request in batch:
                    self.alone(request)
            elif error is not None:
                for request in batch:
                    request.error = request.error or error
        else:
            for request in batch:
                self.alone(request)
        deliver(batch)

    def _together(self, batch: list[Request]) -> None:
        self.execute("BEGIN IMMEDIATE")
        try:
            for request in batch:
                self._one_of_many(request)
            self.execute("COMMIT")
        finally:
            if self.connection.in_transaction:
                self.execute("ROLLBACK")

    def _one_of_many(self, request: Request) -> None:
        """A savepoint each: a statement that fails, fails alone."""
        self.execute("SAVEPOINT one")
        self.timed(request)
        if request.error is not None:
            if not self.connection.in_transaction:
                # A full disk and the like end the whole transaction, not just the statement.
                raise request.error
            self.execute("ROLLBACK TO one")
        self.execute("RELEASE one")

    def _log_is_long(self) -> bool:
        rows = self.connection.total_changes - self._rows_at_checkpoint
        return (
            self._commits >= self.options.checkpoint_commits or rows >= self.options.checkpoint_rows
        )

    def checkpoint(self) -> None:
        """Fold the write-ahead log into the file while a second connection keeps every other
        process from writing: SQLite before 3.51.3 can corrupt the file when a commit restarts
        the log during a checkpoint.
        """
        self._commits = 0
        self._rows_at_checkpoint = self.connection.total_changes
        keeper = connect(self.path, synchronous=self.options.synchronous, readonly=False)
        try:
            patiently(lambda: keeper.execute("BEGIN IMMEDIATE").close(), KEEPER_SECONDS)
            self.execute("PRAGMA wal_checkpoint(PASSIVE)")
        except sqlite3.OperationalError as error:
            LOG.debug("checkpoint put off: %s", error)  # the other process will fold the log in
        finally:
            keeper.close()

    def wind_up(self) -> None:
        """Refresh what the query planner knows: everything after many changes (readers cannot, and
        SQLite by itself only looks at what this connection has read), else what it asks for.
        """
        changed = self.connection.total_changes - self._rows_at_analysis >= ANALYZE_ROWS
        self._refresh_statistics("ANALYZE" if changed else "PRAGMA optimize")

    def _refresh_statistics(self, how: str) -> None:
        self._rows_at_analysis = self.connection.total_changes
        try:
            self.execute("PRAGMA analysis_limit=400")
            patiently(lambda: self.execute(how), KEEPER_SECONDS)
            patiently(self._tell_readers, KEEPER_SECONDS)
        except sqlite3.Error as error:
            LOG.info("statistics not refreshed: %s", error)

    def _tell_readers(self) -> None:
        """Other connections read statistics with the schema only: let that seem to have changed."""
        self.execute("BEGIN IMMEDIATE")
        self.execute("CREATE TABLE statistics_told (id INTEGER)")
        self.execute("DROP TABLE statistics_told")
        self.execute("COMMIT")
