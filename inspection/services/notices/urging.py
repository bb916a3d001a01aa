"""Urging a store about a notice, and telling those above it, by hand: each once a day."""

from datetime import datetime
from enum import StrEnum

from inspection.domain.access import Action, Actor, Place, Role, StoreId
from inspection.domain.deadline import day_of
from inspection.domain.messages.message import Audience, Fact, Message, MessageKind, over, staff_of
from inspection.domain.org.region_path import top_of
from inspection.domain.rectifications.escalation import hours_late
from inspection.domain.refusals import NotFound
from inspection.domain.refusals.messages import NothingToUrge, UrgedToday
from inspection.persistence.engine import tx
from inspection.persistence.notices.notices import NoticeRow, lock_notice
from inspection.persistence.rectifications import overdue_lines
from inspection.persistence.rectifications.overdue_lines import DueLine, NewUrge
from inspection.services.changes import record
from inspection.services.messages.messages import tell
from inspection.services.messages.reminders import effective
from inspection.services.reach import check_granted, check_reach
from inspection.services.tools import Tools


class Urge(StrEnum):
    """Who is told."""

    STORE = "store"
    ABOVE = "above"


_MESSAGES = {
    Urge.STORE: MessageKind.NOTICE_URGED,
    Urge.ABOVE: MessageKind.NOTICE_ESCALATED,
}


async def urge(tools: Tools, actor: Actor, notice: str, kind: Urge) -> None:
    """Tell the store to see to its open lines, or those above it that some are overdue. Raises
    NotFound, NothingToUrge and UrgedToday.
    """
    check_granted(actor, Action.NOTICE_URGE)
    async with tx():
        row = await _held(actor, notice)
        owed, at = await overdue_lines.due_lines_of(notice), tools.now()
        due = await effective(owed, at)
        lines = [line for line in owed if line.id in due]
        if not lines:
            raise NothingToUrge
        message = _message(actor, lines, (min(due.values()), at), kind)
        kept = await overdue_lines.add_urge(
            NewUrge(
                id=tools.new_id(),
                notice=row.id,
                kind=kind.value,
                day=day_of(at),
                by=actor.account,
                at=at,
            )
        )
        if not kept:
            raise UrgedToday
        await tell(tools, message)
        body = {"lines": len(lines), "whom": kind.value}
        await record(tools, actor, "notice.urge", ("notice", notice), body)


async def _held(actor: Actor, notice: str) -> NoticeRow:
    row = await lock_notice(notice)
    if row is None:
        raise NotFound(noun="notice")
    place = Place(region_path=row.region_path, store=StoreId(row.store))
    check_reach(actor, Action.NOTICE_URGE, place, "notice")
    return row


def _message(
    actor: Actor, lines: list[DueLine], times: tuple[datetime, datetime], kind: Urge
) -> Message:
    (due, now), line = times, lines[0]
    if kind is Urge.ABOVE and due >= now:
        raise NothingToUrge
    more: dict[str, Fact] = {"hours": hours_late(due, now)} if kind is Urge.ABOVE else {"due": due}
    facts: dict[str, Fact] = {
        "number": line.notice_number,
        "store": line.store_name,
        "lines": len(lines),
        **more,
    }
    return Message(
        kind=_MESSAGES[kind],
        key=f"{line.notice} {day_of(now)}",
        noun="notice",
        noun_id=line.notice,
        facts=facts,
        to=_audience(line, kind),
        by=actor.account,
        region_path=line.region_path,
    )


def _audience(line: DueLine, kind: Urge) -> tuple[Audience, ...]:
    if kind is Urge.STORE:
        return (staff_of(line.store),)
    manager = over(line.region_path, Role.REGIONAL_MANAGER)
    return (manager, over(top_of(line.region_path), Role.ADMINISTRATOR))
