"""Words sought in the rows of a list."""

from collections.abc import Sequence

import msgspec

from inspection.persistence.engine import DB

Condition = tuple[str, tuple[object, ...]]
"""SQL that begins with ` AND`, or nothing, and its values."""

_ESCAPE = "!"


class Within(msgspec.Struct, frozen=True, kw_only=True):
    """Words sought in another table once for all rows of a list, instead of row by row: a condition
    with `{}` where its expressions are compared.
    """

    condition: str
    search: "tuple[str | Within, ...]"


def searched(expressions: Sequence[str | Within], words: str) -> Condition:
    """Every word is somewhere in one of the expressions, capitals or not."""
    parts = words.lower().split()
    each = _leaves(expressions)
    patterns = (pattern for part in parts for pattern in (_pattern(part),) * each)
    return "".join(f" AND ({_anywhere(expressions, part)})" for part in parts), tuple(patterns)


def _leaves(expressions: Sequence[str | Within]) -> int:
    return sum(1 if isinstance(each, str) else _leaves(each.search) for each in expressions)


def _anywhere(expressions: Sequence[str | Within], part: str) -> str:
    # Chinese has no capitals, and LIKE sees none on SQLite: spelling every row small costs more
    # than looking at it.
    small = "lower({})" if part != part.upper() and DB.engine_type != "sqlite" else "{}"
    return " OR ".join(
        f"{small.format(each)} LIKE ? ESCAPE '{_ESCAPE}'"
        if isinstance(each, str)
        else each.condition.format(_anywhere(each.search, part))
        for each in expressions
    )


def _pattern(part: str) -> str:
    for sign in (_ESCAPE, "%", "_"):
        part = part.replace(sign, _ESCAPE + sign)
    return f"%{part}%"
