"""Row locks. SQLite's transactions hold the only write lock, so there they are nothing."""

from inspection.persistence.database import DB
from inspection.persistence.statements import run

# Like UPDATE itself: it holds off other writers of the row, not rows that merely refer to it.
_STRENGTH = "NO KEY UPDATE"


def for_update_clause() -> str:
    """Last words of a raw SELECT that locks its rows: begins with a space, empty on SQLite."""
    return "" if DB.engine_type == "sqlite" else f" FOR {_STRENGTH}"


def for_update_alone_clause() -> str:
    """The same, holding off new rows that refer to these as well: nobody sends a visit to a store
    that is just moving. Begins with a space, empty on SQLite.
    """
    return "" if DB.engine_type == "sqlite" else " FOR UPDATE"


def for_share_clause() -> str:
    """Last words of a raw SELECT whose rows nobody may change until the transaction ends, while
    others may hold them likewise: begins with a space, empty on SQLite.
    """
    return "" if DB.engine_type == "sqlite" else " FOR SHARE"


async def lock_key(noun: str, key: str) -> None:
    """Keep others who ask for the same key waiting until the transaction ends: for a rule about
    rows of which some are not written yet, so that no row could be locked instead.
    """
    if DB.engine_type != "sqlite":
        await run("SELECT pg_advisory_xact_lock(hashtextextended(?, 0))", f"{noun} {key}")
