"""Times in which the clock of a notice's line stands still, and why."""

from collections.abc import Iterable
from datetime import datetime

import msgspec

from inspection.domain.rectifications.pause import Pause
from inspection.persistence.statements import insertion, marks, run

APPEAL = "appeal"
"""The store disputes the line."""


PAUSED = "EXISTS (SELECT 1 FROM line_pause p WHERE p.line = l.id AND p.until IS NULL)"
"""The clock of a line `l` stands still, unless as the line it carries on: see `STILL`."""

STOOD = "(l.carried_from IS NOT NULL OR l.id IN (SELECT line FROM line_pause))"
"""The clock of a line `l` stands still or may have."""

STILL = (
    "l.id IN (WITH RECURSIVE still (line) AS (SELECT line FROM line_pause WHERE until IS NULL"
    " UNION SELECT c.id FROM notice_line c JOIN still s ON c.carried_from = s.line)"
    " SELECT line FROM still)"
)
"""The clock of a line `l` stands still, perhaps as the line it carries on from an amended notice;
for few lines, as it looks at all that are carried on.
"""


class LinePauseRow(msgspec.Struct, frozen=True, kw_only=True):
    """A pause of a line's clock. `cause` is the id of what stopped it."""

    id: str
    line: str
    since: datetime
    until: datetime | None = None
    why: str = APPEAL
    cause: str = ""


class _Paused(msgspec.Struct, frozen=True):
    line: str
    since: datetime
    until: datetime | None


async def begin_pause(row: LinePauseRow) -> None:
    """Stop the clock of a line."""
    await run(insertion("line_pause", LinePauseRow), *msgspec.structs.astuple(row))


async def end_pauses(cause: str, at: datetime) -> tuple[str, ...]:
    """Let the clocks go on that this had stopped; their lines."""
    rows = await run(
        "UPDATE line_pause SET until = ? WHERE cause = ? AND until IS NULL RETURNING line",
        at,
        cause,
    )
    return tuple(str(row["line"]) for row in rows)


async def pauses_of(lines: Iterable[str]) -> dict[str, tuple[Pause, ...]]:
    """The pauses of lines by their ids, oldest first, with those of the lines they carry on from
    an amended notice; a line without one is not among them.
    """
    wanted = tuple(dict.fromkeys(lines))
    if not wanted:
        return {}
    rows = await run(
        # Asked line by line: joined, SQLite reads all lines there are to make itself a filter.
        "WITH RECURSIVE carried (line, of) AS (SELECT id, id FROM notice_line"
        f" WHERE id IN ({marks(len(wanted))}) UNION ALL SELECT c.line,"
        " (SELECT l.carried_from FROM notice_line l WHERE l.id = c.of)"
        " FROM carried c WHERE c.of IS NOT NULL)"
        " SELECT c.line, p.since, p.until FROM carried c JOIN line_pause p ON p.line = c.of"
        " ORDER BY p.since, p.id",
        *wanted,
    )
    found: dict[str, list[Pause]] = {}
    for row in msgspec.convert(rows, tuple[_Paused, ...]):
        found.setdefault(row.line, []).append(Pause(row.since, row.until))
    return {line: tuple(pauses) for line, pauses in found.items()}
