"""Reading the log: who, when, what, as it was and as it is. For administrators of the whole."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta

import msgspec

from inspection.domain import cursor
from inspection.domain.access import Action, Actor
from inspection.domain.audit.audit import ChainHead
from inspection.domain.deadline import SHANGHAI
from inspection.persistence.audit import audit, audit_lists
from inspection.persistence.audit.audit_lists import AuditPlace, EventsWanted, ListedEvent, Subject
from inspection.persistence.engine import read_tx
from inspection.services.reach import check_whole

PAGE = 50

_SPEAKS_OF = {
    "inspector": "account",
    "parent": "region",
    "path": "region_path",
    "previous": "round",
    "region": "region",
    "region_path": "region_path",
    "replaced_by": "assignment",
    "round": "round",
    "store": "store",
}
"""What the value of a field is the id of."""


_EMPTY: tuple[object, ...] = (None, "", [])


class EventsAsked(msgspec.Struct, frozen=True, kw_only=True):
    """Which events: words that name a person or a thing, a noun, an action, days by Shanghai's
    calendar with both ends in it.
    """

    q: str = ""
    noun: str = ""
    action: str = ""
    since: date | None = None
    until: date | None = None
    cursor: str = ""
    size: int = PAGE


class Change(msgspec.Struct, frozen=True):
    """A field as it was and as it is; None where there was or is nothing."""

    field: str
    old: object
    new: object


class AuditRow(msgspec.Struct, frozen=True, kw_only=True):
    """An event as people read it. `about` is the name of the thing, or its id without one."""

    seq: int
    at: datetime
    who: str
    role: str
    action: str
    noun: str
    noun_id: str
    about: str
    changes: tuple[Change, ...]
    facts: tuple[tuple[str, object], ...]


class AuditPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page of the log, and the last link of its chain."""

    rows: tuple[AuditRow, ...]
    next_cursor: str | None
    head: ChainHead


async def audit_page(actor: Actor, asked: EventsAsked) -> AuditPage:
    """One page, latest first. Raises NotAllowed or, for whoever looks after a part of the tree
    only, NotFound: events are about all of it.
    """
    check_whole(actor, Action.AUDIT_READ, "audit")
    async with read_tx():
        wanted = await _wanted(asked)
        found = await audit_lists.list_events(wanted)
        shown = found[: wanted.limit - 1]
        rows = [_row(row) for row in shown]
        names = await audit_lists.names_of(_subjects(rows))
        head = await audit.head_of_chain()
    more = len(found) > len(shown)
    return AuditPage(
        rows=tuple(_named(row, names) for row in rows),
        next_cursor=cursor.written(AuditPlace(shown[-1].seq)) if more else None,
        head=head,
    )


async def _wanted(asked: EventsAsked) -> EventsWanted:
    called = asked.q.strip()
    return EventsWanted(
        noun=asked.noun,
        action=asked.action,
        actors=await audit_lists.actors_called(called) if called else None,
        subjects=await audit_lists.subjects_called(called) if called else (),
        since=_midnight(asked.since) if asked.since else None,
        until=_midnight(asked.until + timedelta(days=1)) if asked.until else None,
        after=cursor.read(asked.cursor, AuditPlace),
        limit=max(1, asked.size) + 1,
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), SHANGHAI)


def _row(event: ListedEvent) -> AuditRow:
    body = msgspec.json.decode(event.body, type=dict[str, object])
    return AuditRow(
        seq=event.seq,
        at=event.at,
        who=event.actor_name or event.actor,
        role=event.actor_role,
        action=event.action,
        noun=event.noun,
        noun_id=event.noun_id,
        about=event.noun_id,
        changes=tuple(_changes(body.pop("changes", None))),
        facts=tuple(body.items()),
    )


def _subjects(rows: Iterable[AuditRow]) -> Iterable[Subject]:
    """Everything the rows speak of by an id."""
    for row in rows:
        yield row.noun, row.noun_id
        values = [(each.field, value) for each in row.changes for value in (each.old, each.new)]
        for field, value in (*values, *row.facts):
            if field in _SPEAKS_OF and isinstance(value, str):
                yield _SPEAKS_OF[field], value


def _named(row: AuditRow, names: Mapping[Subject, str]) -> AuditRow:
    """The row with names where there were ids."""

    def said(field: str, value: object) -> object:
        known = isinstance(value, str) and names.get((_SPEAKS_OF.get(field, ""), value))
        return known or value

    return msgspec.structs.replace(
        row,
        about=names.get((row.noun, row.noun_id), "") or row.noun_id,
        changes=tuple(
            Change(each.field, said(each.field, each.old), said(each.field, each.new))
            for each in row.changes
        ),
        facts=tuple((field, said(field, value)) for field, value in row.facts),
    )


def _changes(said: object) -> Iterable[Change]:
    if isinstance(said, Mapping):
        for field, sides in said.items():
            old, new = sides if isinstance(sides, list) and len(sides) == 2 else (None, sides)
            # A new thing has fields nobody filled in: that they are empty is no news.
            if old not in _EMPTY or new not in _EMPTY:
                yield Change(str(field), old, new)
