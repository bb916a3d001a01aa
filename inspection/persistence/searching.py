"""Words sought in the rows of a list."""

from collections.abc import Sequence

import msgspec

from inspection.persistence.engine import DB

Condition = tuple[str, tuple[object, ...]]
"""SQL that begins with ` AND`, or nothing, and its values."""


class Within(msgspec.Struct, frozen=True, kw_only=True):
    """Words sought in another table once for all rows of a list, instead of row by row: a condition
    with `{}` where its expressions are compared.
    """

    condition: str
    search: "tuple[str | Within, ...]"


def searched(expressions: Sequence[str | Within], words: str) -> Condition:
    """Every word is somewhere in one of the expressions, capitals or not."""
    each, conditions = _leaves(expressions), ""
    values: tuple[str, ...] = ()
    for part in words.lower().split():
        comparison, value = _comparison(part)
        conditions += f" AND ({_anywhere(expressions, comparison)})"
        values += (value,) * each
    return conditions, values


def _leaves(expressions: Sequence[str | Within]) -> int:
    return sum(1 if isinstance(each, str) else _leaves(each.search) for each in expressions)


def _anywhere(expressions: Sequence[str | Within], comparison: str) -> str:
    return " OR ".join(
        comparison.format(each)
        if isinstance(each, str)
        else each.condition.format(_anywhere(each.search, comparison))
        for each in expressions
    )


def _comparison(part: str) -> tuple[str, str]:
    # Chinese has no capitals, and LIKE sees none on SQLite: spelling every row small costs more
    # than looking at it.
    if DB.engine_type == "sqlite":
        plain = part == part.upper()
        return ("instr({}, ?) > 0", part) if plain else (f"{{}} {_LIKE}", _pattern(part))
    return f"{'{}' if part == part.upper() else 'lower({})'} {_LIKE}", _pattern(part)


def _pattern(part: str) -> str:
    for sign in (_ESCAPE, "%", "_"):
        part = part.replace(sign, _ESCAPE + sign)
    return f"%{part}%"


_ESCAPE = "!"
_LIKE = f"LIKE ? ESCAPE '{_ESCAPE}'"
