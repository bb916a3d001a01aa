"""Assignments as the planners change them: held, cancelled, replaced, extended."""

from collections.abc import Sequence
from datetime import date, datetime

import msgspec

from inspection.domain.rounds.assignment import AssignmentState
from inspection.domain.rounds.coverage import today
from inspection.domain.rounds.planning import PastVisit, Unit
from inspection.persistence.locking import for_update_clause
from inspection.persistence.statements import insertion, marks, run, run_many


class HeldAssignment(msgspec.Struct, frozen=True, kw_only=True):
    """An assignment kept from changing, with the store and the inspector it names."""

    id: str
    state: AssignmentState
    inspector: str
    pseudonym: str
    store: str
    store_code: str
    region_path: str
    rubric_version: str
    window_from: date
    window_to: date
    cover: str


class Replacement(msgspec.Struct, frozen=True, kw_only=True):
    """An assignment that takes the place of another."""

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
    replaces: str


class InspectorFound(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody an assignment may be given to."""

    id: str
    pseudonym: str
    role: str
    region_path: str
    is_disabled: bool


async def hold_assignments(round_id: str, assignments: Sequence[str]) -> tuple[HeldAssignment, ...]:
    """Those of these that belong to the round, kept from changing until the transaction ends."""
    ids = ("", *assignments)
    await run(
        f"SELECT id FROM assignment WHERE round = ? AND id IN ({marks(len(ids))}) ORDER BY id"
        + for_update_clause(),
        round_id,
        *ids,
    )
    rows = await run(
        "SELECT a.id, a.state, a.inspector, i.pseudonym, a.store, s.code AS store_code,"
        " s.region_path, a.rubric_version, a.window_from, a.window_to, a.cover FROM assignment a"
        " JOIN store s ON s.id = a.store JOIN account i ON i.id = a.inspector"
        f" WHERE a.round = ? AND a.id IN ({marks(len(ids))}) ORDER BY s.code, a.id",
        round_id,
        *ids,
    )
    return msgspec.convert(rows, tuple[HeldAssignment, ...])


async def find_inspector(account: str) -> InspectorFound | None:
    """The account an assignment is to be given to."""
    rows = await run(
        "SELECT id, pseudonym, role, region_path, (disabled_at IS NOT NULL) AS is_disabled"
        " FROM account WHERE id = ?",
        account,
    )
    return msgspec.convert(rows[0], InspectorFound, strict=False) if rows else None


async def units_of(account: str) -> tuple[Unit, ...]:
    """The parts of the tree somebody belongs or belonged to."""
    rows = await run(
        "SELECT g.path AS region_path, u.from_on, u.to_on FROM account_unit u"
        " JOIN region g ON g.id = u.region WHERE u.account = ? ORDER BY u.id",
        account,
    )
    return msgspec.convert(rows, tuple[Unit, ...])


async def visits_by(account: str, stores: Sequence[str]) -> tuple[PastVisit, ...]:
    """When somebody was at some stores last."""
    rows = await run(
        "SELECT v.store, v.inspector, max(v.started_at) AS at FROM visit v"
        f" WHERE v.inspector = ? AND v.started_at IS NOT NULL AND v.store IN"
        f" ({marks(len(stores) + 1)}) GROUP BY v.store, v.inspector",
        account,
        "",
        *stores,
    )
    return tuple(
        PastVisit(
            store=str(row["store"]),
            inspector=str(row["inspector"]),
            on=today(msgspec.convert(row["at"], datetime)),
        )
        for row in rows
    )


async def stores_of(round_id: str, account: str) -> frozenset[str]:
    """The stores of a round somebody is sent to already."""
    rows = await run(
        "SELECT DISTINCT store FROM assignment WHERE round = ? AND inspector = ?"
        " AND state <> 'cancelled'",
        round_id,
        account,
    )
    return frozenset(str(row["store"]) for row in rows)


async def cancel_assignments(assignments: Sequence[str], why: str) -> None:
    """Nobody is sent there any more; what was begun or photographed stays."""
    await run_many(
        "UPDATE assignment SET state = 'cancelled', cancelled_why = ? WHERE id = ?",
        [(why, assignment) for assignment in assignments],
    )


async def add_replacements(rows: Sequence[Replacement]) -> None:
    """Keep the assignments that take the place of others."""
    await run_many(
        insertion("assignment", Replacement), [msgspec.structs.astuple(row) for row in rows]
    )


async def extend_assignments(assignments: Sequence[str], until: date) -> None:
    """Let their windows last longer."""
    await run_many(
        "UPDATE assignment SET window_to = ? WHERE id = ?",
        [(until, assignment) for assignment in assignments],
    )
