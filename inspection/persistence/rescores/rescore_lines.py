"""The lines of a re-score: one per card, as the dry run saw it and as it ended."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec

from inspection.domain.rescores.rescore import Change
from inspection.domain.rescores.rescore_run import Fate
from inspection.persistence.reviews.corrections import KeptCorrection, corrections_of
from inspection.persistence.statements import insertion, marks, run, run_many, write, write_many


class LineRow(msgspec.Struct, frozen=True, kw_only=True):
    """A line as it is stored. `why` is JSON."""

    id: str
    rescore: str
    visit: str
    store: str
    attempt: int
    change: str
    why: str
    old_digest: str
    new_digest: str
    old_total: int | None
    new_total: int | None
    difference: int
    size: int
    old_outcome: str
    new_outcome: str
    old_band: str
    new_band: str
    new_rankable: bool
    other_facts: bool
    late: bool = False


class LineJudged(msgspec.Struct, frozen=True, kw_only=True):
    """What summary, digest and places need of a line."""

    id: str
    visit: str
    attempt: int
    store: str
    change: Change
    old_digest: str
    new_digest: str
    old_total: int | None
    new_total: int | None
    old_outcome: str
    new_outcome: str
    old_band: str
    new_band: str
    new_rankable: bool


class Ending(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a card."""

    line: str
    fate: Fate
    differs: bool
    revision: int | None
    notice: str


class FateCounts(msgspec.Struct, frozen=True, kw_only=True):
    """How many cards ended how; `late` ones came after the dry run, `differs` ones came out
    otherwise than it said, `disagreeing` ones have a notice that says other points.
    """

    written: int = 0
    stuck: int = 0
    gone: int = 0
    locked: int = 0
    late: int = 0
    differs: int = 0
    disagreeing: int = 0


class Revision(msgspec.Struct, frozen=True, kw_only=True):
    """A judgement on an attempt that was kept: the first one, or a later one with who asked for it
    and why; `items` are those whose facts were corrected for it, by a review or an appeal, which
    `source` says. `card` is JSON.
    """

    attempt: int
    revision: int
    scored_at: datetime
    card: str
    reason: str | None
    by: str | None
    source: str = ""
    items: tuple[str, ...] = ()


async def add_lines(rows: Sequence[LineRow]) -> None:
    """Keep what a dry run saw. Raises UniqueBroken for a visit it has a line for."""
    if rows:
        await run_many(_ADD, [msgspec.structs.astuple(row) for row in rows])


async def judged_lines(rescore: str) -> tuple[LineJudged, ...]:
    """Every line."""
    fields = ", ".join(LineJudged.__struct_fields__)
    rows = await run(f"SELECT {fields} FROM rescore_line WHERE rescore = ?", rescore)
    return msgspec.convert(rows, tuple[LineJudged, ...], strict=False)


async def lines_about(rescore: str, visits: Sequence[str]) -> dict[str, LineJudged]:
    """The lines about these visits, by visit."""
    fields = ", ".join(LineJudged.__struct_fields__)
    rows = await run(
        f"SELECT {fields} FROM rescore_line WHERE rescore = ? AND visit IN ({marks(len(visits))})",
        rescore,
        *visits,
    )
    found = msgspec.convert(rows, tuple[LineJudged, ...], strict=False)
    return {line.visit: line for line in found}


async def write_places(places: Iterable[tuple[int | None, int | None, str]]) -> None:
    """Keep the place each line's store has and would have: `(old, new, line)`."""
    rows = [place for place in places if place[0] is not None or place[1] is not None]
    if rows:
        await run_many("UPDATE rescore_line SET old_rank = ?, new_rank = ? WHERE id = ?", rows)


async def write_endings(endings: Sequence[Ending], at: datetime) -> None:
    """Say what became of some cards."""
    await write_many(
        "UPDATE rescore_line SET fate = ?, differs = ?, revision = ?, notice = ?, written_at = ?"
        " WHERE id = ?",
        [
            (
                ending.fate.value,
                ending.differs,
                ending.revision,
                ending.notice,
                at,
                ending.line,
            )
            for ending in endings
        ],
    )


async def give_up_waiting(rescore: str, fate: Fate, at: datetime) -> None:
    """Say what became of every card that still waits."""
    await write(
        "UPDATE rescore_line SET fate = ?, written_at = ? WHERE rescore = ? AND fate = 'waiting'",
        fate.value,
        at,
        rescore,
    )


async def count_fates(rescore: str) -> FateCounts:
    """How many cards ended how."""
    rows = await run(
        "SELECT "
        + ", ".join(
            f"count(CASE WHEN {condition} THEN 1 END) AS {name}"
            for name, condition in _COUNTED.items()
        )
        + " FROM rescore_line WHERE rescore = ?",
        rescore,
    )
    return msgspec.convert(rows[0], FateCounts)


async def revisions_of(visit: str) -> tuple[Revision, ...]:
    """Every judgement on a visit, latest first."""
    rows = await run(
        "SELECT c.attempt, c.revision, c.scored_at, c.body AS card, e.reason,"
        " a.name AS by FROM visit_scorecard c"
        " LEFT JOIN rescore_line l ON l.visit = c.visit AND l.attempt = c.attempt"
        " AND l.revision = c.revision AND l.fate = 'written'"
        " LEFT JOIN rescore e ON e.id = l.rescore LEFT JOIN account a ON a.id = e.confirmed_by"
        " WHERE c.visit = ? ORDER BY c.attempt DESC, c.revision DESC",
        visit,
    )
    given = msgspec.convert(rows, tuple[Revision, ...])
    corrected = await corrections_of(visit)
    return tuple(_with_corrections(each, corrected) for each in given)


def _with_corrections(given: Revision, corrected: tuple[KeptCorrection, ...]) -> Revision:
    place = (given.attempt, given.revision)
    mine = [each for each in corrected if (each.attempt, each.revision) == place]
    if not mine:
        return given
    return msgspec.structs.replace(
        given,
        reason=" / ".join(dict.fromkeys(each.reason for each in mine)),
        by=mine[0].by,
        source=mine[0].source,
        items=tuple(each.item for each in mine),
    )


_ADD = insertion("rescore_line", LineRow)

_COUNTED = {
    "written": "fate = 'written'",
    "stuck": "fate = 'stuck'",
    "gone": "fate = 'gone'",
    "locked": "fate = 'locked'",
    "late": "late",
    "differs": "differs",
    "disagreeing": "notice = 'disagrees'",
}
