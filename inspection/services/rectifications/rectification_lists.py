"""The desk's list of lines, what is next, and how many were mended at the first reply."""

import msgspec

from inspection.domain.access import Action, Actor
from inspection.domain.listing import ListAsked
from inspection.domain.rubrics.rubric import Text
from inspection.domain.table import Row
from inspection.persistence.people.places import Scope
from inspection.persistence.rectifications import rectification_queue
from inspection.persistence.rectifications.line_counts import QueueCounts
from inspection.persistence.rectifications.pass_rates import PassRate, pass_rates
from inspection.persistence.rectifications.rectification_queue import LinesWanted, QueuedLine
from inspection.services.exports import Export, headings_of, pages_of, points_lost
from inspection.services.messages.reminders import in_time
from inspection.services.people.places import Map, StoreLabel, map_of
from inspection.services.reach import scope_of
from inspection.services.rectifications.line_clocks import LineClock, clocks_of
from inspection.services.rubrics.rubrics import rubric_of
from inspection.services.tools import Tools
from inspection.wording import Language, say


class LinesAsked(msgspec.Struct, frozen=True, kw_only=True):
    """Which lines somebody wants to see; empty filters leave all."""

    asked: ListAsked = ListAsked()
    tab: str = ""
    region: str = ""
    item: str = ""
    round: str = ""
    store_kind: str = ""


class ListedLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line as the list shows it."""

    line: QueuedLine
    store: StoreLabel
    title: Text
    clock: LineClock


class RegionRate(msgspec.Struct, frozen=True, kw_only=True):
    """How many lines of a branch were verified, and how many at the first reply."""

    name: Text
    first: int
    verified: int


class LineList(msgspec.Struct, frozen=True, kw_only=True):
    """One page, what waits on the other tabs, and, with the first page of a list nobody searches,
    the rates of the same part of the tree. `at_least`: there are `total` lines or more.
    """

    rows: tuple[ListedLine, ...]
    total: int
    at_least: bool
    sort: str
    next_cursor: str | None
    counts: QueueCounts
    rate: RegionRate | None
    rates: tuple[RegionRate, ...]


class Turn(msgspec.Struct, frozen=True, kw_only=True):
    """A line among those to verify: the how-manieth `of` them, 0 for one that is not; the lines
    before and after it, and for one that is none of them the first.
    """

    place: int
    of: int
    before: str | None
    after: str | None


async def line_list(tools: Tools, actor: Actor, wanted: LinesAsked) -> LineList:
    """One page of the lines of the caller's part of the tree."""
    scope = scope_of(actor, Action.RECTIFICATION_READ, wanted.region)
    asking = await _asking(tools, scope, wanted)
    found, counts = await rectification_queue.list_lines(asking)
    lines = msgspec.convert(found.rows, tuple[QueuedLine, ...], strict=False)
    # They are of all lines, whatever is sought: above the first page is where they are read.
    first = not (wanted.asked.q or wanted.asked.cursor)
    rates = await pass_rates(scope) if first else ()
    clocks = await clocks_of(tools, lines)
    names = await map_of((*(row.region_path for row in lines), *(r.branch_path for r in rates)))
    return LineList(
        rows=tuple([await _listed(line, names, clocks[line.id]) for line in lines]),
        total=found.total,
        at_least=found.at_least,
        sort=found.sort,
        next_cursor=found.next_cursor,
        counts=counts,
        rate=_whole(rates) if first else None,
        rates=tuple(
            RegionRate(name=names.name(r.branch_path), first=r.first, verified=r.verified)
            for r in rates
        ),
    )


async def turn_of(actor: Actor, line: str) -> Turn:
    """Where a line stands among those to verify, and what is beside it."""
    scope = scope_of(actor, Action.RECTIFICATION_READ)
    waiting = await rectification_queue.waiting_turns(scope, line)
    if own := waiting.get(line):
        return Turn(place=own.place, of=own.n, before=own.before, after=own.after)
    first = next(iter(waiting.values()), None)
    return Turn(place=0, of=first.n if first else 0, before=None, after=first.id if first else None)


def line_export(tools: Tools, actor: Actor, wanted: LinesAsked, language: Language) -> Export:
    """The whole list as a file, with its filters."""

    async def find(part: ListAsked) -> LineList:
        return await line_list(tools, actor, msgspec.structs.replace(wanted, asked=part))

    headings = headings_of(_COLUMNS, language)
    title = say(language, "nav.rectifications")
    pages = pages_of(wanted.asked, find, _exported, language)
    return Export("rectification", "rectifications", title, headings, pages)


_COLUMNS = (
    "number",
    "line",
    "store_code",
    "store",
    "branch",
    "item_code",
    "item",
    "problem",
    "responsible",
    "lost",
    "due",
    "state",
    "attempts",
)


def _exported(row: ListedLine, language: Language) -> Row:
    line = row.line
    state = say(language, f"line_state.{line.state.value}")
    return (
        line.notice_number,
        line.number,
        row.store.code,
        row.store.name,
        row.store.branch.of(language.value),
        line.item,
        row.title.of(language.value),
        line.problem,
        line.responsible,
        points_lost(line.lost),
        row.clock.due_at,
        f"{state} · {say(language, 'line_state.overdue')}" if row.clock.overdue else state,
        line.attempts,
    )


async def _asking(tools: Tools, scope: Scope, wanted: LinesAsked) -> LinesWanted:
    now = tools.now()
    return LinesWanted(
        asked=wanted.asked,
        scope=scope,
        now=now,
        in_time=await in_time(scope, now),
        tab=wanted.tab,
        item=wanted.item,
        round=wanted.round,
        store_kind=wanted.store_kind,
    )


async def _listed(line: QueuedLine, names: Map, clock: LineClock) -> ListedLine:
    item = (await rubric_of(line.rubric_version)).item(line.item)
    return ListedLine(
        line=line,
        store=names.store(line.store_code, line.store_name, line.store_kind, line.region_path),
        title=item.title if item else Text(line.item, line.item),
        clock=clock,
    )


def _whole(rates: tuple[PassRate, ...]) -> RegionRate:
    return RegionRate(
        name=Text("", ""),
        first=sum(rate.first for rate in rates),
        verified=sum(rate.verified for rate in rates),
    )
