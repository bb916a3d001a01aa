"""What an import needs to know of what it brings: a kind for stores, people and complaints each."""

from collections.abc import Awaitable, Callable, Sequence

import msgspec

from inspection.domain.access import Actor
from inspection.domain.imports.sheet import Columns, SheetText
from inspection.domain.imports.sheet_import import Facts, JudgedRow
from inspection.domain.refusals import Fault
from inspection.services.tools import Tools


class Judged(msgspec.Struct, frozen=True):
    """What a sheet would do: its rows, and every fault by its place. Without rows the file as a
    whole is refused.
    """

    rows: tuple[JudgedRow, ...] = ()
    faults: tuple[Fault, ...] = ()


def facts_of(record: msgspec.Struct) -> Facts:
    """What a record says, as it is compared and kept."""
    facts: Facts = msgspec.to_builtins(record)
    return facts


class ImportKind(msgspec.Struct, frozen=True, kw_only=True):
    """How one noun is imported. `made` are the fields made anew for every new record, `follows`
    those that follow from others and may change under a record nobody touched.
    """

    columns: Columns
    required: tuple[str, ...]
    made: frozenset[str]
    follows: frozenset[str] = frozenset()
    judge: Callable[[Tools, SheetText, str], Awaitable[Judged]]
    write: Callable[[Tools, Actor | None, Sequence[JudgedRow]], Awaitable[None]]
    """Within the caller's transaction; the rows are new or changed ones."""

    hold: Callable[[], Awaitable[None]]
    """Let no record change until the caller's transaction ends."""

    kept: Callable[[Sequence[str]], Awaitable[dict[str, Facts]]]
    """The records with these codes as they are now."""

    used: Callable[[Sequence[Facts]], Awaitable[frozenset[str]]]
    """The codes of those records that something refers to."""

    undo: Callable[[Tools, Actor, Sequence[JudgedRow]], Awaitable[None]]
    """Take written rows back, within the caller's transaction."""
