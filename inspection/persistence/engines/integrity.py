"""What the two drivers say when they refuse, in our words: one set of exceptions for both."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import asyncpg
from piccolo.engine.exceptions import TransactionError

from inspection.domain.refusals import DiskFull, StoreBusy, ValueUnstorable

ONLY_READING = "nothing can be written here: it is read_tx(), or the database file is read-only"


class DatabaseFault(Exception):
    """The database cannot be used as configured; the message tells the operator what to do."""


class TransactionMisuse(TransactionError):
    """A programming error: nested, shared between tasks, used after its end or after a failure."""


class ConstraintBroken(Exception):
    """A row broke a rule of the schema. `table`, `columns` and `name` are empty where the
    database does not say.
    """

    def __init__(
        self, message: str, *, table: str = "", columns: tuple[str, ...] = (), name: str = ""
    ) -> None:
        super().__init__(message)
        self.table = table
        self.columns = columns
        self.name = name


class UniqueBroken(ConstraintBroken):
    """The same key is there already."""


class ReferenceBroken(ConstraintBroken):
    """The row points at nothing, or something still points at the row."""


class CheckBroken(ConstraintBroken):
    """A value outside what its column allows."""


class ValueMissing(ConstraintBroken):
    """A column that must have a value got none."""


ENDED = "the transaction has already ended: committed, or rolled back after standing idle"

SQLITE_CONSTRAINTS: dict[int, type[ConstraintBroken]] = {
    sqlite3.SQLITE_CONSTRAINT_UNIQUE: UniqueBroken,
    sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY: UniqueBroken,
    sqlite3.SQLITE_CONSTRAINT_ROWID: UniqueBroken,
    sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY: ReferenceBroken,
    # ON DELETE RESTRICT works as a trigger of SQLite's own; we have none that raise.
    sqlite3.SQLITE_CONSTRAINT_TRIGGER: ReferenceBroken,
    sqlite3.SQLITE_CONSTRAINT_CHECK: CheckBroken,
    sqlite3.SQLITE_CONSTRAINT_NOTNULL: ValueMissing,
}

POSTGRES_CONSTRAINTS: dict[str, type[ConstraintBroken]] = {
    "23505": UniqueBroken,
    "23503": ReferenceBroken,
    "23001": ReferenceBroken,
    "23514": CheckBroken,
    "23502": ValueMissing,
}

# Serialization failure, deadlock, lock or statement timeout, too many clients, shutting down.
POSTGRES_BUSY = frozenset(
    {"40001", "40P01", "55P03", "57014", "53300", "57P01", "57P02", "57P03", "57P05"}
)
POSTGRES_DISK_FULL = "53100"
POSTGRES_MISUSE = {
    "25P03": "the transaction stood idle too long and was rolled back",
    "25006": ONLY_READING,
}
POSTGRES_CONNECTION_CLASS = "08"
POSTGRES_DATA_CLASS = "22"

# What Python raises over an argument on its way to a driver; asyncpg has a DataError for it.
_ARGUMENT = (OverflowError, UnicodeEncodeError)

# A connection that went away is closed, or taken back by its pool while its borrower slept.
_LOST = re.compile("closed|released back to the pool")
_KEY = re.compile(r"^Key \((?P<columns>.*?)\)=")


def is_sqlite_busy(error: BaseException) -> bool:
    """Whether another connection holds the lock, so that trying again can help."""
    code = getattr(error, "sqlite_errorcode", None)
    return code is not None and code & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


@contextmanager
def in_our_words() -> Iterator[None]:
    """Turn whatever a driver raises inside the block into the exceptions of this module."""
    try:
        yield
    except (
        sqlite3.Error,
        asyncpg.PostgresError,
        asyncpg.InterfaceError,
        OSError,
        *_ARGUMENT,
    ) as error:
        translated = translate(error)
        if translated is None:
            raise
        raise translated from error


def translate(error: Exception) -> Exception | None:
    """The exception callers should see instead of a driver's, or None when there is no better."""
    if isinstance(error, sqlite3.Error):
        return _from_sqlite(error)
    if isinstance(error, asyncpg.PostgresError):
        return _from_postgres(error)
    if isinstance(error, OSError):  # TimeoutError and refused connections included
        return StoreBusy()
    if isinstance(error, _ARGUMENT):
        return ValueUnstorable()
    return StoreBusy() if _LOST.search(str(error)) else None


def _from_sqlite(error: sqlite3.Error) -> Exception | None:
    code = getattr(error, "sqlite_errorcode", None)
    if code in SQLITE_CONSTRAINTS:
        return _sqlite_constraint(SQLITE_CONSTRAINTS[code], str(error))
    if is_sqlite_busy(error):
        return StoreBusy()
    if code == sqlite3.SQLITE_FULL:
        return DiskFull()
    return TransactionMisuse(ONLY_READING) if code == sqlite3.SQLITE_READONLY else None


def _sqlite_constraint(kind: type[ConstraintBroken], message: str) -> ConstraintBroken:
    """`UNIQUE constraint failed: visit.id, visit.attempt` names columns; a CHECK its own name."""
    _, _, place = message.partition(": ")
    if kind is CheckBroken:
        return kind(message, name=place)
    pairs = [part.strip().partition(".") for part in place.split(",")] if "." in place else []
    columns = tuple(column for _, _, column in pairs)
    return kind(message, table=pairs[0][0] if pairs else "", columns=columns)


def _from_postgres(error: asyncpg.PostgresError) -> Exception | None:
    state = str(getattr(error, "sqlstate", "") or "")
    if state in POSTGRES_CONSTRAINTS:
        return _postgres_constraint(POSTGRES_CONSTRAINTS[state], error)
    if state in POSTGRES_BUSY or state.startswith(POSTGRES_CONNECTION_CLASS):
        return StoreBusy()
    if state == POSTGRES_DISK_FULL:
        return DiskFull()
    if state.startswith(POSTGRES_DATA_CLASS):
        return ValueUnstorable()
    return TransactionMisuse(POSTGRES_MISUSE[state]) if state in POSTGRES_MISUSE else None


def _postgres_constraint(
    kind: type[ConstraintBroken], error: asyncpg.PostgresError
) -> ConstraintBroken:
    found = _KEY.match(str(getattr(error, "detail", "") or ""))
    names = found["columns"].split(", ") if found else [getattr(error, "column_name", None)]
    return kind(
        str(error),
        table=str(getattr(error, "table_name", "") or ""),
        columns=tuple(name.strip('"') for name in names if name),
        name=str(getattr(error, "constraint_name", "") or ""),
    )
