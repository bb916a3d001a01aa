"""Corrections of what was found, as they are kept: never changed, the latest in force."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from inspection.domain.points import Hundredths
from inspection.domain.scoring.answers import Answer
from inspection.persistence.statements import insertion, marks, run, write_many


class CorrectionRow(msgspec.Struct, frozen=True, kw_only=True):
    """A correction to keep. The answers are JSON."""

    id: str
    visit: str
    attempt: int
    revision: int
    item: str
    old_answer: str
    new_answer: str
    old_lost: int
    new_lost: int
    reason: str
    source: str
    corrected_by: str
    corrected_at: datetime


class KeptCorrection(msgspec.Struct, frozen=True, kw_only=True):
    """A correction read back, with the name of who made it. The answers are JSON."""

    attempt: int
    revision: int
    item: str
    old_answer: str
    new_answer: str
    old_lost: Hundredths
    new_lost: Hundredths
    reason: str
    source: str
    by: str
    corrected_at: datetime


async def add_corrections(rows: Sequence[CorrectionRow]) -> None:
    """Keep corrections."""
    await write_many(_ADD, [msgspec.structs.astuple(row) for row in rows])


async def corrections_of(visit: str) -> tuple[KeptCorrection, ...]:
    """Every correction of a visit, oldest first."""
    rows = await run(
        "SELECT c.attempt, c.revision, c.item, c.old_answer, c.new_answer, c.old_lost, c.new_lost,"
        " c.reason, c.source, a.name AS by, c.corrected_at"
        " FROM correction c JOIN account a ON a.id = c.corrected_by WHERE c.visit = ?"
        " ORDER BY c.attempt, c.revision, c.item",
        visit,
    )
    return msgspec.convert(rows, tuple[KeptCorrection, ...])


async def in_force(visits: Sequence[str]) -> dict[tuple[str, int], dict[str, Answer]]:
    """The corrected answers that count, by visit and attempt."""
    rows = await run(
        "SELECT visit, attempt, item, new_answer FROM correction"
        f" WHERE visit IN ({marks(len(visits))}) ORDER BY visit, attempt, revision",
        *visits,
    )
    found: dict[tuple[str, int], dict[str, Answer]] = {}
    for row in rows:
        answer = msgspec.json.decode(row["new_answer"], type=Answer)
        found.setdefault((row["visit"], row["attempt"]), {})[row["item"]] = answer
    return found


async def as_of(visit: str, attempt: int, revision: int) -> dict[str, Answer]:
    """The corrected answers an earlier judgement on the attempt rested on."""
    rows = await run(
        "SELECT item, new_answer FROM correction"
        " WHERE visit = ? AND attempt = ? AND revision <= ? ORDER BY revision",
        visit,
        attempt,
        revision,
    )
    return {row["item"]: msgspec.json.decode(row["new_answer"], type=Answer) for row in rows}


_ADD = insertion("correction", CorrectionRow)
