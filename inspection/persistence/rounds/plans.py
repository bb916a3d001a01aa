"""Rounds and their assignments as rows: what planning writes."""

from collections.abc import Sequence
from datetime import date, datetime

import msgspec

from inspection.persistence.locking import for_update_clause
from inspection.persistence.statements import insertion, run, run_many


class RoundEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A round as planning writes it. `previous` is the id of the round it is compared with,
    `authors` a JSON list of the accounts that wrote it, `revision` counts its changes.
    """

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
    theme_zh: str = ""
    theme_en: str = ""
    pass_line: int | None = None
    pilot: bool = False
    region_path: str = ""
    authors: str = "[]"
    revision: int = 1
    schedule: str | None = None
    release_rule: str = ""
    release_day: int = 1
    hours_kind: str = ""


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


class PlannedStore(msgspec.Struct, frozen=True, kw_only=True):
    """What planning must know of a store."""

    id: str
    code: str
    kind: str
    state: str


class PlannedInspector(msgspec.Struct, frozen=True, kw_only=True):
    """What planning must know of a person who is to make a visit."""

    id: str
    sign_in: str
    role: str
    disabled_at: datetime | None


async def lock_plan(code: str) -> RoundEntry | None:
    """The round with this code, kept from changing until the transaction ends."""
    rows = await run(
        f"SELECT {', '.join(RoundEntry.__struct_fields__)} FROM round WHERE code = ?"
        + for_update_clause(),
        code,
    )
    return msgspec.convert(rows[0], RoundEntry, strict=False) if rows else None


async def list_plans() -> tuple[RoundEntry, ...]:
    """Every round, latest first."""
    rows = await run(
        f"SELECT {', '.join(RoundEntry.__struct_fields__)} FROM round"
        " ORDER BY starts_on DESC, code DESC"
    )
    return msgspec.convert(rows, tuple[RoundEntry, ...], strict=False)


async def rubrics_of(round_id: str) -> dict[str, str]:
    """Digests of the rubric versions a round uses, by kind of store."""
    rows = await run(
        "SELECT store_kind, rubric_version FROM round_rubric WHERE round = ?", round_id
    )
    return {str(row["store_kind"]): str(row["rubric_version"]) for row in rows}


async def latest_rubrics() -> dict[str, str]:
    """Digests of the latest published rubric versions, by kind of store."""
    rows = await run(
        "SELECT store_kind, digest FROM rubric_version WHERE state = 'published'"
        " ORDER BY published_at, number, digest"
    )
    return {str(row["store_kind"]): str(row["digest"]) for row in rows}


async def planned_stores() -> dict[str, PlannedStore]:
    """Every store by its code."""
    rows = await run("SELECT id, code, kind, state FROM store")
    return {row.code: row for row in msgspec.convert(rows, list[PlannedStore])}


async def planned_inspectors() -> dict[str, PlannedInspector]:
    """Everybody by sign-in name: who may be named by mistake is known too."""
    rows = await run("SELECT id, sign_in, role, disabled_at FROM account")
    return {row.sign_in: row for row in msgspec.convert(rows, list[PlannedInspector])}


async def planned_pairs(round_id: str) -> set[tuple[str, str]]:
    """Store and inspector of every assignment of a round that was not cancelled, by id."""
    rows = await run(
        "SELECT store, inspector FROM assignment WHERE round = ? AND state <> 'cancelled'", round_id
    )
    return {(str(row["store"]), str(row["inspector"])) for row in rows}


async def add_round(row: RoundEntry, rubrics: Sequence[RoundRubricEntry]) -> None:
    """Keep a round with the rubric version of each kind of store."""
    await run(insertion("round", RoundEntry), *msgspec.structs.astuple(row))
    await run_many(
        insertion("round_rubric", RoundRubricEntry), [msgspec.structs.astuple(r) for r in rubrics]
    )


async def add_assignments(rows: Sequence[AssignmentEntry]) -> None:
    """Keep the visits to be made."""
    await run_many(
        insertion("assignment", AssignmentEntry), [msgspec.structs.astuple(r) for r in rows]
    )


async def lock_round(round_id: str) -> None:
    """Let a round's published results stand as they are."""
    await run("UPDATE visit SET state = 'locked' WHERE round = ? AND state = 'published'", round_id)
    await run("UPDATE round SET state = 'locked' WHERE id = ?", round_id)
