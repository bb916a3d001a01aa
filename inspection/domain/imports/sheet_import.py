"""A sheet on its way in: what each of its rows would change, and what an import may become."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

import msgspec

from inspection.domain.refusals import Fault

UNDO_WITHIN = timedelta(hours=24)

Facts = dict[str, Any]
"""A record as plain values by its fields."""


class ImportNoun(StrEnum):
    """What a sheet may bring."""

    STORE = "store"
    PERSON = "person"
    COMPLAINT = "complaint"


class ImportState(StrEnum):
    """Where an import is. `refused`: the file as a whole cannot be read."""

    CHECKING = "checking"
    REFUSED = "refused"
    CHECKED = "checked"
    WRITING = "writing"
    WRITTEN = "written"
    UNDONE = "undone"


class Outcome(StrEnum):
    """What a row would do."""

    FAULTY = "faulty"
    CHANGED = "changed"
    NEW = "new"
    UNCHANGED = "unchanged"


class Duplicates(StrEnum):
    """What to do with rows whose code exists."""

    OVERWRITE = "overwrite"
    SKIP = "skip"


class RowFault(msgspec.Struct, frozen=True):
    """What is wrong with a cell, or with the whole row where `column` is empty."""

    column: str
    code: str
    facts: dict[str, Any] = {}


class WholeFault(msgspec.Struct, frozen=True):
    """What is wrong with a file as a whole; `line` is 0 where it is no one line."""

    line: int
    fault: RowFault


class JudgedRow(msgspec.Struct, frozen=True, kw_only=True):
    """One row and what it would do. `before` and `after` are the record as it is kept and as it
    would be; `cells` is the row as the file has it, by column.
    """

    line: int
    code: str
    name: str
    outcome: Outcome
    cells: dict[str, str]
    faults: tuple[RowFault, ...] = ()
    before: Facts | None = None
    after: Facts | None = None

    def says_the_same(self, other: "JudgedRow", made: frozenset[str]) -> bool:
        """Whether both would do the same, but for what is made anew each time."""
        return (
            self.outcome == other.outcome
            and self.faults == other.faults
            and _without(self.before, frozenset()) == _without(other.before, frozenset())
            and _without(self.after, made) == _without(other.after, made)
        )


def faults_by_line(faults: tuple[Fault, ...]) -> dict[int, tuple[RowFault, ...]]:
    """Faults of cells (`/line/column`) by the line they are in."""
    found: dict[int, list[RowFault]] = {}
    for fault in faults:
        _, line, column = (*fault.pointer.split("/"), "")[:3]
        found.setdefault(int(line or 0), []).append(RowFault(column, fault.code, fault.facts))
    return {line: tuple(each) for line, each in found.items()}


def outcome_of(before: Facts | None, after: Facts, made: frozenset[str]) -> Outcome:
    """What writing the record would do."""
    if before is None:
        return Outcome.NEW
    same = _without(before, made) == _without(after, made)
    return Outcome.UNCHANGED if same else Outcome.CHANGED


def is_written(outcome: Outcome, duplicates: Duplicates) -> bool:
    """Whether such a row is written, duplicates being treated so."""
    return outcome is Outcome.NEW or (
        outcome is Outcome.CHANGED and duplicates is Duplicates.OVERWRITE
    )


def may_be_undone(state: ImportState, written_at: datetime | None, now: datetime) -> bool:
    """Whether it is not too late."""
    if state is not ImportState.WRITTEN or written_at is None:
        return False
    return now < written_at + UNDO_WITHIN


def differences(
    before: Mapping[str, Any] | None, after: Mapping[str, Any] | None, made: frozenset[str]
) -> dict[str, tuple[Any, Any]]:
    """Old and new by field, for the fields that differ."""
    if before is None or after is None:
        return {}
    return {
        field: (before.get(field), new)
        for field, new in after.items()
        if field not in made and before.get(field) != new
    }


def _without(facts: Facts | None, made: frozenset[str]) -> Facts | None:
    return None if facts is None else {k: v for k, v in facts.items() if k not in made}
