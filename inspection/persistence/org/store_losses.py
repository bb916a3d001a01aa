"""What a store lost in a round, item by item, and the notice lines that tell it."""

import msgspec

from inspection.domain.points import Hundredths
from inspection.persistence.counted_visits import IN_COUNT
from inspection.persistence.people.places import Scope
from inspection.persistence.statements import run


class LossRow(msgspec.Struct, frozen=True, kw_only=True):
    """A loss of one published visit."""

    visit: str
    item: str
    section: str
    severity: str
    full: Hundredths
    lost: Hundredths


class ToldLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line of a notice in force. `parts` and `photos` are JSON."""

    notice: str
    visit: str
    number: int
    item: str
    problem: str
    parts: str
    photos: str


async def losses_of(round_id: str, store: str, scope: Scope) -> tuple[LossRow, ...]:
    """In the order the visits were published and the cards have."""
    where, values = scope.where("v.region_path")
    rows = await run(
        'SELECT v.id AS visit, va.item, va.section, va.severity, va."full", va.lost FROM visit v'
        " JOIN visit_answer va ON va.visit = v.id AND va.lost > 0 WHERE v.round = ?"
        f" AND v.store = ? AND v.{IN_COUNT}{where}"
        " ORDER BY v.published_at, v.id, va.id",
        *(round_id, store, *values),
    )
    return msgspec.convert(rows, tuple[LossRow, ...])


async def told_lines(round_id: str, store: str, scope: Scope) -> tuple[ToldLine, ...]:
    """Lines about the store in the round, of notices nobody voided or replaced."""
    where, values = scope.where("n.region_path")
    rows = await run(
        "SELECT n.id AS notice, n.visit, l.number, l.item, l.problem, l.parts, l.photos"
        " FROM notice n JOIN notice_line l ON l.notice = n.id WHERE n.round = ? AND n.store = ?"
        f" AND n.state NOT IN ('void', 'superseded'){where} ORDER BY n.id, l.number",
        *(round_id, store, *values),
    )
    return msgspec.convert(rows, tuple[ToldLine, ...])
