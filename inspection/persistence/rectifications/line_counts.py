"""How many lines of issued notices wait for what."""

import msgspec

from inspection.persistence.engines.database_engine import Rows
from inspection.persistence.searching import Condition
from inspection.persistence.statements import run

ISSUED = "'issued', 'delivered', 'acknowledged', 'closed'"
"""States of notices their stores have."""


class QueueCounts(msgspec.Struct, frozen=True, kw_only=True):
    """How many lines wait for what; of settled ones nothing may be told."""

    submitted: int = 0
    overdue: int = 0
    asking: int = 0
    open: int = 0
    returned: int = 0
    verified: int | None = None

    def on(self, tab: str) -> int:
        """How many a tab has; without a name, how many there are."""
        if tab:
            return int(getattr(self, tab))
        return self.submitted + self.open + self.returned + (self.verified or 0)


class Counting(msgspec.Struct, frozen=True, kw_only=True):
    """What is counted of lines `l`, notices `n` and rounds `o`: which are late, which ask for more
    time; conditions on a notice and its round, and such as tell lines of a notice apart.
    """

    late: Condition
    asking: str
    of_notice: Condition
    of_line: Condition


async def count_lines(wanted: Counting) -> QueueCounts:
    """Lines somebody still has to do something about are few, and are counted one by one. Of those
    settled their notices tell, if nothing else is asked about a line; else nobody does.
    """
    (late, late_values), (on_line, line_values) = wanted.late, wanted.of_line
    on_notice, notice_values = wanted.of_notice
    rows = await run(
        f"SELECT l.state AS name, count(*) AS n, count(CASE WHEN {late} THEN 1 END) AS late,"
        f" count(CASE WHEN {wanted.asking} THEN 1 END) AS asking FROM notice_line l"
        # Not joined: both databases would first look through every notice there is, for a filter.
        f" WHERE (SELECT 1 {_NOTICES} AND n.id = l.notice{on_notice}{on_line}) = 1"
        f" AND l.state IN ({_WAITING}) GROUP BY l.state",
        *late_values,
        *notice_values,
        *line_values,
    )
    counts = _counted(rows)
    if on_line:
        return counts
    told = await run(
        f"SELECT CAST(coalesce(sum(n.verified), 0) AS BIGINT) AS verified {_NOTICES}{on_notice}",
        *notice_values,
    )
    return msgspec.structs.replace(counts, verified=int(told[0]["verified"]))


def _counted(rows: Rows) -> QueueCounts:
    counts = {str(row["name"]): int(row["n"]) for row in rows}
    late = sum(int(row["late"]) for row in rows)
    asking = sum(int(row["asking"]) for row in rows)
    return msgspec.convert({**counts, "overdue": late, "asking": asking}, QueueCounts)


_WAITING = "'open', 'returned', 'submitted'"
_NOTICES = f"FROM notice n LEFT JOIN round o ON o.id = n.round WHERE n.state IN ({ISSUED})"
