"""How SQLite's text becomes values: what Piccolo's converters do to what we store, without the
detours they take for what we never do. A number went through text and Decimal, eight to a row.
"""

import sqlite3
from datetime import UTC, date, datetime

# First Piccolo's own: it registers adapters and the converters these stand in for.
import piccolo.engine.sqlite  # noqa: F401


def moment(text: bytes) -> datetime:
    """A time, UTC."""
    return datetime.fromisoformat(text.decode()).replace(tzinfo=UTC)


def day(text: bytes) -> date:
    """A day."""
    return date.fromisoformat(text.decode())


sqlite3.register_converter("INTEGER", int)
sqlite3.register_converter("BOOLEAN", b"1".__eq__)
sqlite3.register_converter("TIMESTAMPTZ", moment)
sqlite3.register_converter("DATE", day)
