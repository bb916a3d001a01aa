"""Looks at stores again: who is sent for which lines, and what became of it."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

import msgspec

from inspection.domain.rectifications.reinspection import WAITING, ReinspectionState
from inspection.persistence.locking import for_update_clause
from inspection.persistence.statements import insertion, marks, run, run_many


class ReinspectionRow(msgspec.Struct, frozen=True, kw_only=True):
    """A look as it is made."""

    id: str
    visit: str
    store: str
    region_path: str
    inspector: str
    state: ReinspectionState
    window_from: date
    window_to: date
    made_by: str
    made_at: datetime


class ReinspectionFound(ReinspectionRow, frozen=True, kw_only=True):
    """A look with its store and its people: the inspector by pseudonym."""

    pseudonym: str
    maker: str
    ended_by: str | None
    ender: str | None
    ended_at: datetime | None
    why: str
    store_code: str
    store_name: str
    store_kind: str


class MarkedLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line of a look, and the verdict it led to."""

    id: str
    reinspection: str
    line: str
    verdict: str | None = None


class Scene(msgspec.Struct, frozen=True, kw_only=True):
    """Who found what was wrong, and what kind of round that was."""

    inspector: str
    visit_kind: str


class LookAt(msgspec.Struct, frozen=True, kw_only=True):
    """A look at a line, for the page of the line and of another look at it."""

    id: str
    state: ReinspectionState
    pseudonym: str
    window_to: date


async def add_reinspection(row: ReinspectionRow, lines: Sequence[MarkedLine]) -> None:
    """Keep a look with its lines."""
    await run(insertion("reinspection", ReinspectionRow), *msgspec.structs.astuple(row))
    rows = [msgspec.structs.astuple(line) for line in lines]
    await run_many(insertion("reinspection_line", MarkedLine), rows)


async def find_reinspection(reinspection: str) -> ReinspectionFound | None:
    """The look with this id."""
    rows = await run(f"{_FOUND} WHERE x.id = ?", reinspection)
    return msgspec.convert(rows[0], ReinspectionFound) if rows else None


async def lock_reinspection(reinspection: str) -> ReinspectionFound | None:
    """The same, kept from changing until the transaction ends."""
    await run("SELECT id FROM reinspection WHERE id = ?" + for_update_clause(), reinspection)
    return await find_reinspection(reinspection)


async def lines_of(reinspection: str) -> tuple[MarkedLine, ...]:
    """Its lines, in the order of their notice."""
    rows = await run(
        "SELECT x.id, x.reinspection, x.line, x.verdict FROM reinspection_line x"
        " JOIN notice_line l ON l.id = x.line WHERE x.reinspection = ? ORDER BY l.number",
        reinspection,
    )
    return msgspec.convert(rows, tuple[MarkedLine, ...])


async def move_reinspection(
    reinspection: str, before: ReinspectionState, after: ReinspectionState
) -> bool:
    """Write the state; False when it was another meanwhile."""
    rows = await run(
        "UPDATE reinspection SET state = ? WHERE id = ? AND state = ? RETURNING id",
        after.value,
        reinspection,
        before.value,
    )
    return bool(rows)


async def note_end(reinspection: str, by: str, at: datetime, why: str) -> None:
    """Keep who ended it, and why where that is said."""
    await run(
        "UPDATE reinspection SET ended_by = ?, ended_at = ?, why = ? WHERE id = ?",
        by,
        at,
        why,
        reinspection,
    )


async def forget_end(reinspection: str) -> None:
    """It has not ended after all."""
    await run(
        "UPDATE reinspection SET ended_by = NULL, ended_at = NULL, why = '' WHERE id = ?",
        reinspection,
    )


async def note_verdict(row: str, verdict: str) -> None:
    """Keep which verdict the look at a line led to."""
    await run("UPDATE reinspection_line SET verdict = ? WHERE id = ?", verdict, row)


async def waiting_for(lines: Iterable[str]) -> frozenset[str]:
    """Those of these lines somebody is sent for already."""
    wanted = ("", *lines)
    rows = await run(
        "SELECT DISTINCT x.line FROM reinspection_line x JOIN reinspection r"
        f" ON r.id = x.reinspection WHERE x.line IN ({marks(len(wanted))})"
        f" AND r.state IN ({marks(len(WAITING))})",
        *wanted,
        *(state.value for state in WAITING),
    )
    return frozenset(str(row["line"]) for row in rows)


async def lock_waiting(lines: Iterable[str]) -> tuple[ReinspectionFound, ...]:
    """The looks at any of these lines that are not over, kept from changing until the transaction
    ends. They are taken in one order, whoever asks.
    """
    wanted = ("", *lines)
    states = tuple(state.value for state in WAITING)
    held = await run(
        "SELECT r.id FROM reinspection r WHERE r.id IN (SELECT reinspection FROM"
        f" reinspection_line WHERE line IN ({marks(len(wanted))}))"
        f" AND r.state IN ({marks(len(states))}) ORDER BY r.id" + for_update_clause(),
        *wanted,
        *states,
    )
    ids = ("", *(str(row["id"]) for row in held))
    rows = await run(f"{_FOUND} WHERE x.id IN ({marks(len(ids))}) ORDER BY x.id", *ids)
    return msgspec.convert(rows, tuple[ReinspectionFound, ...])


async def looks_at(line: str) -> tuple[LookAt, ...]:
    """Every look at a line, the last one first."""
    rows = await run(
        "SELECT r.id, r.state, a.pseudonym, r.window_to FROM reinspection_line x"
        " JOIN reinspection r ON r.id = x.reinspection JOIN account a ON a.id = r.inspector"
        " WHERE x.line = ? ORDER BY r.made_at DESC, r.id",
        line,
    )
    return msgspec.convert(rows, tuple[LookAt, ...])


async def scene_of(visit: str) -> Scene:
    """Where it began."""
    rows = await run(
        "SELECT v.inspector, r.visit_kind FROM visit v JOIN round r ON r.id = v.round"
        " WHERE v.id = ?",
        visit,
    )
    return msgspec.convert(rows[0], Scene)


_FOUND = (
    f"SELECT {', '.join(f'x.{name}' for name in ReinspectionRow.__struct_fields__)},"
    " i.pseudonym, m.name AS maker, x.ended_by, e.name AS ender, x.ended_at, x.why,"
    " s.code AS store_code, s.name AS store_name, s.kind AS store_kind FROM reinspection x"
    " JOIN account i ON i.id = x.inspector JOIN account m ON m.id = x.made_by"
    " LEFT JOIN account e ON e.id = x.ended_by JOIN store s ON s.id = x.store"
)
