"""Many values of a group handed over as one text: a row of its own for each costs ten times it."""

from datetime import datetime

import msgspec

from inspection.persistence.database import DB

_NUMBERS = msgspec.json.Decoder(list[int])


def packed(value: str) -> str:
    """What a grouping SELECT says for all values of each group, without the nulls. Two of them in
    one statement are in the same order.
    """
    if DB.engine_type == "sqlite":
        return f"group_concat({value}, ',')"
    return f"string_agg(CAST({value} AS TEXT), ',')"


def texts(found: str | None) -> list[str]:
    """The values; they hold no comma."""
    return found.split(",") if found else []


def numbers(found: str | None) -> list[int]:
    """Whole numbers among them."""
    return _NUMBERS.decode(f"[{found or ''}]")


def times(found: str | None) -> list[datetime]:
    """Moments among them, UTC as they are kept."""
    return [datetime.fromisoformat(text) for text in texts(found)]
