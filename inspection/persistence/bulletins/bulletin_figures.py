"""What an issue counts and no other page does: what happened in some days, by county."""

from datetime import datetime

import msgspec

from inspection.domain.bulletins.bulletin import Period
from inspection.domain.bulletins.bulletin_share import Share
from inspection.domain.points import Hundredths
from inspection.persistence.people.places import Scope
from inspection.persistence.rectifications.line_pauses import STILL
from inspection.persistence.statements import run


class Counted(msgspec.Struct, frozen=True, kw_only=True):
    """Something counted in a county: `part` of `whole`, or lines and their notices."""

    region_path: str
    whole: int
    part: int


class Events(msgspec.Struct, frozen=True, kw_only=True):
    """What happened in some days, by county. Of the lines of notices issued and still in force
    `part` are the notices; of first answers those before their deadline; of verified lines those
    at the first answer; of calls those that reached somebody, and of these the content ones.
    """

    issued: tuple[Counted, ...]
    answered: tuple[Counted, ...]
    verified: tuple[Counted, ...]
    reached: tuple[Counted, ...]
    content: tuple[Counted, ...]


class ToldLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line of a notice in the words its store was given."""

    item: str
    problem: str
    lost: Hundredths
    store_name: str
    region_path: str


async def events_in(scope: Scope, period: Period) -> Events:
    """Everything of these days there."""
    condition, values = scope.where("n.region_path")
    found: dict[str, tuple[Counted, ...]] = {}
    for what, counted in _COUNTED.items():
        rows = await run(
            f"SELECT n.region_path, {counted}{condition} GROUP BY n.region_path",
            period.begins_at,
            period.ends_at,
            *values,
        )
        found[what] = msgspec.convert(rows, tuple[Counted, ...])
    return Events(**found)


async def dearest(scope: Scope, round_id: str, store_kind: str, most: int) -> tuple[ToldLine, ...]:
    """The lines that cost most of the notices in force, but for those a clock stands still for."""
    condition, values = scope.where("n.region_path")
    rows = await run(
        "SELECT l.item, l.problem, l.lost, s.name AS store_name, n.region_path FROM notice n"
        " JOIN notice_line l ON l.notice = n.id JOIN store s ON s.id = n.store"
        " WHERE n.round = ? AND n.store_kind = ? AND l.lost > 0"
        f" AND n.state IN ('issued', 'delivered', 'acknowledged', 'closed'){condition}"
        f" AND NOT {STILL} ORDER BY l.lost DESC, s.code, l.number LIMIT ?",
        *(round_id, store_kind, *values, most),
    )
    return msgspec.convert(rows, tuple[ToldLine, ...])


async def vetoes(scope: Scope, begins_at: datetime, ends_at: datetime) -> Share:
    """Drafts of rubrics and rounds a second person decided about, and how many were vetoed. A
    rubric is everybody's; a round counts where it is for.
    """
    condition, values = scope.where("o.region_path")
    rounds = f" AND (o.region_path = ''{condition.replace(' AND', ' OR', 1)})" if values else ""
    rows = await run(
        "SELECT count(*) AS n, count(CASE WHEN d.decision IN ('veto', 'vetoed') THEN 1 END) AS v"
        " FROM (SELECT decision FROM rubric_decision WHERE decided_at >= ? AND decided_at < ?"
        " UNION ALL SELECT e.decision FROM round_decision e JOIN round o ON o.id = e.round"
        f" WHERE e.decided_at >= ? AND e.decided_at < ?{rounds}) d",
        *(begins_at, ends_at, begins_at, ends_at),
        *values,
    )
    return Share(part=int(rows[0]["v"]), whole=int(rows[0]["n"]))


_NOTICE = " JOIN notice n ON n.id = l.notice"

_COUNTED = {
    "issued": "count(*) AS whole, count(DISTINCT n.id) AS part FROM notice n"
    " JOIN notice_line l ON l.notice = n.id"
    " WHERE n.state NOT IN ('void', 'superseded') AND n.issued_at >= ? AND n.issued_at < ?",
    "answered": "count(*) AS whole, count(CASE WHEN r.received_at <= r.due_at THEN 1 END) AS part"
    f" FROM rectification_reply r JOIN notice_line l ON l.id = r.line{_NOTICE}"
    " WHERE r.attempt = 1 AND r.received_at >= ? AND r.received_at < ?",
    "verified": "count(DISTINCT l.id) AS whole,"
    " count(DISTINCT CASE WHEN r.attempt = 1 THEN l.id END) AS part"
    " FROM rectification_verdict v JOIN rectification_reply r ON r.id = v.reply"
    f" JOIN notice_line l ON l.id = v.line{_NOTICE}"
    " WHERE v.accepted AND v.decided_at >= ? AND v.decided_at < ?",
    "reached": "count(*) AS whole, count(CASE WHEN c.state <> 'not_reached' THEN 1 END) AS part"
    f" FROM follow_up_call c JOIN notice_line l ON l.id = c.line{_NOTICE}"
    " WHERE c.state <> 'due' AND c.called_at >= ? AND c.called_at < ?",
    "content": "count(*) AS whole, count(CASE WHEN c.state = 'done' THEN 1 END) AS part"
    f" FROM follow_up_call c JOIN notice_line l ON l.id = c.line{_NOTICE}"
    " WHERE c.state IN ('done', 'dissatisfied') AND c.called_at >= ? AND c.called_at < ?",
}
"""What is counted of `Events`, between two moments."""
