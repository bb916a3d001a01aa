"""Rounds as the screens change them: written, moved and decided about."""

from datetime import datetime

import msgspec

from inspection.domain.rounds.round import RoundState
from inspection.persistence.rounds.plans import RoundEntry, RoundRubricEntry
from inspection.persistence.statements import insertion, run, run_many


class UsableRubric(msgspec.Struct, frozen=True, kw_only=True):
    """A rubric version a new round may score by."""

    digest: str
    code: str
    number: int
    edition: str
    store_kind: str
    title_zh: str
    title_en: str


class DecisionRow(msgspec.Struct, frozen=True, kw_only=True):
    """A decision about a submitted round, as it is kept."""

    id: str
    round: str
    decision: str
    reason: str
    decided_by: str
    decided_at: datetime


class DecisionShown(msgspec.Struct, frozen=True, kw_only=True):
    """The same with the name of who decided."""

    decision: str
    reason: str
    name: str
    decided_at: datetime


async def usable_rubrics() -> tuple[UsableRubric, ...]:
    """Every published version that was not withdrawn, by kind of store, latest first: a newer one
    does not take from a round the rules it was planned with.
    """
    rows = await run(
        f"SELECT {', '.join(UsableRubric.__struct_fields__)} FROM rubric_version"
        " WHERE state IN ('published', 'superseded')"
        " ORDER BY store_kind, published_at DESC, number DESC, digest"
    )
    return msgspec.convert(rows, tuple[UsableRubric, ...])


async def rubrics_of(round_id: str) -> tuple[UsableRubric, ...]:
    """The versions a round scores by, whatever became of them since, by kind of store."""
    columns = ", ".join(f"rv.{name}" for name in UsableRubric.__struct_fields__)
    rows = await run(
        f"SELECT {columns} FROM round_rubric u JOIN rubric_version rv"
        " ON rv.digest = u.rubric_version WHERE u.round = ? ORDER BY u.store_kind",
        round_id,
    )
    return msgspec.convert(rows, tuple[UsableRubric, ...])


async def find_round(code: str) -> RoundEntry | None:
    """The round with this code, in whatever state."""
    rows = await run(
        f"SELECT {', '.join(RoundEntry.__struct_fields__)} FROM round WHERE code = ?", code
    )
    return msgspec.convert(rows[0], RoundEntry, strict=False) if rows else None


async def hours_kind_of(round_id: str) -> str:
    """How the hours of a round's lines run; empty for as the house does it."""
    rows = await run("SELECT hours_kind FROM round WHERE id = ?", round_id)
    return str(rows[0]["hours_kind"])


async def code_of(round_id: str | None) -> str:
    """The code of a round known by its id; empty for none."""
    rows = await run("SELECT code FROM round WHERE id = ?", round_id)
    return str(rows[0]["code"]) if rows else ""


async def write_round(row: RoundEntry) -> None:
    """Keep a round that was locked before. Raises UniqueBroken when its new code is taken."""
    values = msgspec.structs.asdict(row)
    await run(_WRITE, *(values[name] for name in _CHANGING), row.id)


async def repin_rubrics(round_id: str, rubrics: list[RoundRubricEntry]) -> None:
    """Let a round score by these versions instead."""
    await run("DELETE FROM round_rubric WHERE round = ?", round_id)
    await run_many(
        insertion("round_rubric", RoundRubricEntry),
        [msgspec.structs.astuple(rubric) for rubric in rubrics],
    )


async def add_decision(row: DecisionRow) -> None:
    """Keep what somebody decided."""
    await run(insertion("round_decision", DecisionRow), *msgspec.structs.astuple(row))


async def decisions_on(round_id: str) -> tuple[DecisionShown, ...]:
    """Everything decided about a round, latest first."""
    rows = await run(
        "SELECT d.decision, d.reason, a.name, d.decided_at FROM round_decision d"
        " JOIN account a ON a.id = d.decided_by WHERE d.round = ?"
        " ORDER BY d.decided_at DESC, d.id DESC",
        round_id,
    )
    return msgspec.convert(rows, tuple[DecisionShown, ...])


async def unlock_round(round_id: str) -> None:
    """Let the results of a locked round change again."""
    await run("UPDATE visit SET state = 'published' WHERE round = ? AND state = 'locked'", round_id)
    await run("UPDATE round SET state = ? WHERE id = ?", RoundState.OPEN.value, round_id)


_FIXED = {"id", "created_at", "schedule"}
_CHANGING = tuple(name for name in RoundEntry.__struct_fields__ if name not in _FIXED)
_WRITE = f"UPDATE round SET {', '.join(f'{name} = ?' for name in _CHANGING)} WHERE id = ?"
