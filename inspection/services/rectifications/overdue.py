"""Overdue lines added up: how many and for how many hours, per branch, county and store."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TypeVar

import msgspec

from inspection.domain.access import Action, Actor
from inspection.domain.deadline import day_of
from inspection.domain.org.region_path import depth, upwards
from inspection.domain.rectifications.escalation import hours_late, level
from inspection.domain.refusals import NotFound
from inspection.domain.rubrics.rubric import Text
from inspection.persistence.people import places
from inspection.persistence.people.places import Scope, StoreRow
from inspection.persistence.rectifications import overdue_lines
from inspection.persistence.rectifications.overdue_lines import DueLine
from inspection.services.messages.reminders import effective
from inspection.services.notices.urging import Urge
from inspection.services.people.places import map_of
from inspection.services.reach import scope_of
from inspection.services.rubrics.rubrics import rubric_of
from inspection.services.tools import Tools
from inspection.wording import Language

STORES_UNDER = 3
"""So deep a region has no regions below, but stores."""


L = TypeVar("L", bound="_Late")


class OverdueAsked(msgspec.Struct, frozen=True, kw_only=True):
    """Which part of the tree, or which store of it."""

    region_path: str = ""
    store: str = ""


class OverdueRow(msgspec.Struct, frozen=True, kw_only=True):
    """A region or store: how many lines of how many stores are late, for how long together and at
    most, and how high the worst of them has come.
    """

    name: str
    code: str
    path: str
    store: bool
    lines: int
    stores: int
    hours: int
    longest: int
    level: int


class OverdueLine(msgspec.Struct, frozen=True, kw_only=True):
    """One line that is late, what its item is called, and what was done about its notice today."""

    line: DueLine
    title: Text
    due_at: datetime
    hours: int
    level: int
    urged: bool
    escalated: bool


class Overdue(msgspec.Struct, frozen=True, kw_only=True):
    """What a page of it shows: the rows below a region, or the lines of a store."""

    region: str
    path: str
    above: str
    store: str = ""
    rows: tuple[OverdueRow, ...] = ()
    lines: tuple[OverdueLine, ...] = ()
    total: OverdueRow


class _Late(msgspec.Struct, frozen=True, kw_only=True):
    store: str
    region_path: str
    hours: int
    level: int


class _LateLine(_Late, frozen=True, kw_only=True):
    line: DueLine
    due_at: datetime


async def overdue(tools: Tools, actor: Actor, asked: OverdueAsked, language: Language) -> Overdue:
    """What is late in the caller's part of the tree, as it stands now. Raises NotFound."""
    scope, now = scope_of(actor, Action.OVERDUE_READ, asked.region_path), tools.now()
    path = scope.path
    if asked.region_path and await places.find_region(path) is None:
        raise NotFound(noun="region")
    store = await _store(asked.store)
    late = await _late_in(scope, now, store)
    names = await map_of({path, *(each.region_path for each in late)})
    return Overdue(
        region=names.name(path).of(language.value),
        path=path,
        above=upwards(path)[-2] if depth(path) > depth(actor.region_path) else "",
        store=store.name if store else "",
        rows=() if store else _rows(late, path, lambda p: names.name(p).of(language.value)),
        lines=await _lines(tools, late) if store else (),
        total=_row("", "", path, late, store=False),
    )


async def late_places(
    tools: Tools, scope: Scope
) -> tuple[tuple[OverdueRow, ...], tuple[OverdueRow, ...]]:
    """Every county and every store of a part of the tree with late lines, the worst first."""
    now = tools.now()
    late = await _late(await overdue_lines.past_due(scope, now), now)
    names = await map_of({each.region_path for each in late})
    counties = [
        _row(names.name(path).zh, "", path, each, store=False)
        for path, each in _grouped(late, lambda one: one.region_path).items()
    ]
    stores = [
        _row(each[0].line.store_name, code, each[0].region_path, each, store=True)
        for code, each in _grouped(late, lambda one: one.line.store_code).items()
    ]
    return _worst_first(counties), _worst_first(stores)


def _worst_first(rows: Iterable[OverdueRow]) -> tuple[OverdueRow, ...]:
    return tuple(sorted(rows, key=lambda row: (-row.hours, -row.lines, row.name)))


async def _store(code: str) -> StoreRow | None:
    found = await places.find_store(code) if code else None
    if code and found is None:
        raise NotFound(noun="store")
    return found


async def _late_in(scope: Scope, now: datetime, store: StoreRow | None) -> tuple[_Late, ...]:
    """With their lines where somebody reads line by line, or store by store."""
    if store or depth(scope.path) >= STORES_UNDER:
        code = store.code if store else ""
        return await _late(await overdue_lines.past_due(scope, now, code), now)
    others = await overdue_lines.past_due_all_along(scope, now)
    return (
        *await _late(await overdue_lines.past_due_that_stood(scope, now), now),
        *(
            _Late(
                store=line.store,
                region_path=line.region_path,
                hours=hours_late(line.due_at, now),
                level=level(line.severity, line.due_at, now),
            )
            for line in others
        ),
    )


async def _late(lines: Iterable[DueLine], now: datetime) -> tuple[_LateLine, ...]:
    """Those that are late with their pauses added, and not standing still."""
    given = tuple(lines)
    due = await effective(given, now)
    return tuple(
        _LateLine(
            store=line.store,
            region_path=line.region_path,
            hours=hours_late(at, now),
            level=level(line.severity, at, now),
            line=line,
            due_at=at,
        )
        for line in given
        if (at := due.get(line.id, now)) < now
    )


def _rows(late: Sequence[_Late], path: str, named: Callable[[str], str]) -> tuple[OverdueRow, ...]:
    """By the regions below, or by store where there are none; the worst first."""
    if depth(path) >= STORES_UNDER:
        rows = [
            _row(each[0].line.store_name, code, path, each, store=True)
            for code, each in _grouped(_with_lines(late), lambda one: one.line.store_code).items()
        ]
    else:
        # There are thousands of lines in a hundred regions.
        below = {place: _below(place, path) for place in {each.region_path for each in late}}
        rows = [
            _row(named(key), "", key, each, store=False)
            for key, each in _grouped(late, lambda one: below[one.region_path]).items()
        ]
    return _worst_first(rows)


def _with_lines(late: Iterable[_Late]) -> tuple[_LateLine, ...]:
    return tuple(each for each in late if isinstance(each, _LateLine))


def _grouped(late: Iterable[L], key: Callable[[L], str]) -> dict[str, list[L]]:
    groups: dict[str, list[L]] = {}
    for each in late:
        groups.setdefault(key(each), []).append(each)
    return groups


def _below(region_path: str, path: str) -> str:
    """The region right below `path` that a place lies in."""
    return upwards(region_path)[: depth(path) + 1][-1]


def _row(name: str, code: str, path: str, late: Sequence[_Late], *, store: bool) -> OverdueRow:
    return OverdueRow(
        name=name,
        code=code,
        path=path,
        store=store,
        lines=len(late),
        stores=len({each.store for each in late}),
        hours=sum(each.hours for each in late),
        longest=max((each.hours for each in late), default=0),
        level=max((each.level for each in late), default=0),
    )


async def _lines(tools: Tools, late: Sequence[_Late]) -> tuple[OverdueLine, ...]:
    lines = _with_lines(late)
    notices = {each.line.notice for each in lines}
    done = await overdue_lines.urged_on(notices, day_of(tools.now()))
    versions = await overdue_lines.rubrics_of(notices)
    return tuple(
        [
            OverdueLine(
                line=each.line,
                title=await _title(versions[each.line.notice], each.line.item),
                due_at=each.due_at,
                hours=each.hours,
                level=each.level,
                urged=(each.line.notice, Urge.STORE.value) in done,
                escalated=(each.line.notice, Urge.ABOVE.value) in done,
            )
            for each in lines
        ]
    )


async def _title(version: str, code: str) -> Text:
    item = (await rubric_of(version)).item(code)
    return item.title if item else Text(code, code)
