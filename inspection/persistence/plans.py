"""Rounds and their assignments as rows: what planning writes."""

from collections.abc import Sequence
from datetime import date, datetime

import msgspec

from inspection.persistence.statements import marks, run, run_many


class RoundEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A round to be. `previous` is the id of the round it is compared with."""

    id: str
    code: str
    name_zh: str
    name_en: str
    visit_kind: str
    starts_on: date
    ends_on: date
    state: str
    min_visits: int
    disclose_day: bool
    previous: str | None
    created_at: datetime


class RoundRubricEntry(msgspec.Struct, frozen=True, kw_only=True):
    """Which rubric version a round uses for a kind of store."""

    id: str
    round: str
    store_kind: str
    rubric_version: str


class AssignmentEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One visit to be made."""

    id: str
    round: str
    store: str
    inspector: str
    rubric_version: str
    window_from: date
    window_to: date
    cover: str
    state: str
    created_at: datetime


async def add_round(row: RoundEntry, rubrics: Sequence[RoundRubricEntry]) -> None:
    """Keep a round with the rubric version of each kind of store."""
    await run(_insert("round", RoundEntry), *msgspec.structs.astuple(row))
    await run_many(
        _insert("round_rubric", RoundRubricEntry), [msgspec.structs.astuple(r) for r in rubrics]
    )


async def add_assignments(rows: Sequence[AssignmentEntry]) -> None:
    """Keep the visits to be made."""
    await run_many(
        _insert("assignment", AssignmentEntry), [msgspec.structs.astuple(r) for r in rows]
    )


async def lock_round(round_id: str) -> None:
    """Let a round's published results stand as they are."""
    await run("UPDATE visit SET state = 'locked' WHERE round = ? AND state = 'published'", round_id)
    await run("UPDATE round SET state = 'locked' WHERE id = ?", round_id)


def _insert(table: str, shape: type[msgspec.Struct]) -> str:
    fields = shape.__struct_fields__
    return f"INSERT INTO {table} ({', '.join(fields)}) VALUES ({marks(len(fields))})"
