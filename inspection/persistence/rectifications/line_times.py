"""Lines of a round against their deadlines, counted: late, answered in time, or neither yet."""

from collections.abc import Mapping
from datetime import datetime

import msgspec

from inspection.persistence.people.places import Scope
from inspection.persistence.rectifications.line_pauses import STOOD
from inspection.persistence.rectifications.overdue_lines import IS_OWED
from inspection.persistence.searching import Condition
from inspection.persistence.statements import marks, run


class LinesOf(msgspec.Struct, frozen=True, kw_only=True):
    """Whose lines: of a round, in a part of the tree, maybe of one kind of store."""

    round: str
    scope: Scope
    store_kind: str = ""

    def where(self) -> Condition:
        """What narrows them; begins with AND."""
        condition, values = self.scope.where("n.region_path")
        kind = (" AND n.store_kind = ?", (self.store_kind,)) if self.store_kind else ("", ())
        return f" AND n.round = ?{condition}{kind[0]}", (self.round, *values, *kind[1])


class LateCounts(msgspec.Struct, frozen=True, kw_only=True):
    """Lines past their deadline: all, and those that came up to the manager and the province."""

    late: int
    manager: int
    province: int


class StoodLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line whose clock stood still for a time; `replied_at` is when its last reply that counts
    came, of a line that is verified.
    """

    id: str
    severity: str
    due_at: datetime
    verified: bool
    replied_at: datetime | None


Limits = Mapping[str, datetime | None]
"""By severity the latest deadline that counts; "" for any other severity, None for never."""


async def late_counts(of: LinesOf, now: datetime, manager: Limits, province: Limits) -> LateCounts:
    """The late lines whose clocks never stood still."""
    where, values = of.where()
    to_manager, to_province = _past(manager), _past(province)
    rows = await run(
        f"SELECT count(*) AS late, count(CASE WHEN {to_manager[0]} THEN 1 END) AS manager,"
        f" count(CASE WHEN {to_province[0]} THEN 1 END) AS province"
        f"{_OWED} AND l.due_at < ? AND NOT {STOOD}{where}",
        *to_manager[1],
        *to_province[1],
        now,
        *values,
    )
    return msgspec.convert(rows[0], LateCounts)


async def verified_in_time(of: LinesOf) -> tuple[int, int]:
    """Of the verified lines whose clocks never stood still: how many were answered in time, and
    how many there are. One nobody had to answer was settled on the spot.
    """
    where, values = of.where()
    rows = await run(
        f"SELECT count(*) AS verified, count(CASE WHEN {_REPLIED} > l.due_at THEN 1 END) AS late"
        f"{_VERIFIED} AND NOT {STOOD}{where}",
        *values,
    )
    verified = int(rows[0]["verified"])
    return verified - int(rows[0]["late"]), verified


async def lines_that_stood(of: LinesOf) -> tuple[StoodLine, ...]:
    """The others, verified or owed, one by one."""
    where, values = of.where()
    # They are few: it begins with them, not with the lines of the round.
    rows = await run(f"{_EACH} AND (({IS_OWED}) OR ({_IS_VERIFIED})){where}", *values)
    return msgspec.convert(rows, tuple[StoodLine, ...], strict=False)


def _past(limits: Limits) -> Condition:
    """That a line's deadline is as late as its severity allows."""
    own = [severity for severity in limits if severity]
    parts, values = [f"(l.severity NOT IN ({marks(len(own))}) AND l.due_at <= ?)"], [*own]
    found: list[object] = [*values, limits[""]]
    for severity in own:
        if limits[severity] is not None:
            parts.append("(l.severity = ? AND l.due_at <= ?)")
            found += [severity, limits[severity]]
    return " OR ".join(parts), tuple(found)


_IS_VERIFIED = (
    "l.state = 'verified' AND n.state IN ('issued', 'delivered', 'acknowledged', 'closed')"
)
_JOINED = " JOIN notice n ON n.id = l.notice WHERE "
_OWED = f" FROM notice_line l{_JOINED}{IS_OWED}"
# SQLite takes this order: from the notices of the round to their lines, not from all lines.
_VERIFIED = f" FROM notice n CROSS JOIN notice_line l WHERE l.notice = n.id AND {_IS_VERIFIED}"
_REPLIED = (
    "(SELECT max(r.received_at) FROM rectification_reply r"
    " WHERE r.line = l.id AND r.attempt IS NOT NULL)"
)
_EACH = (
    "SELECT l.id, l.severity, l.due_at, l.state = 'verified' AS verified,"
    f" {_REPLIED} AS replied_at FROM (SELECT line AS id FROM line_pause"
    " UNION SELECT id FROM notice_line WHERE carried_from IS NOT NULL) stood"
    f" JOIN notice_line l ON l.id = stood.id{_JOINED}1 = 1"
)
