"""Complaints other systems counted, as people read them: by week, place and channel."""

from collections.abc import Sequence
from datetime import date

import msgspec

from inspection.domain.access import Action, Actor, Place, may
from inspection.domain.bulletins.bulletin import Period, days_of_week
from inspection.domain.bulletins.complaint_sheet import code_of_count
from inspection.domain.deadline import monday_of
from inspection.domain.imports.sheet_import import ImportNoun
from inspection.domain.listing import LARGEST_PAGE, ListAsked
from inspection.domain.org.region_path import upwards
from inspection.domain.refusals import NotFound
from inspection.domain.rubrics.rubric import Text
from inspection.domain.table import Row
from inspection.persistence.bulletins import complaint_lists
from inspection.persistence.bulletins.complaint_lists import (
    ChannelSum,
    CountsWanted,
    ListedCount,
)
from inspection.persistence.engine import read_tx
from inspection.persistence.imports import sheet_imports
from inspection.persistence.imports.sheet_imports import RowWriter
from inspection.persistence.listing import ListedRows
from inspection.persistence.people import places
from inspection.services.bulletins.complaint_channels import channel_words, spellings
from inspection.services.exports import Export, Page, every_page, headings_of
from inspection.services.people.places import NOWHERE, Map, map_of
from inspection.services.reach import scope_of
from inspection.wording import Language, say

_COLUMNS = ("starts_on", "ends_on", "place_code", "place", "within", "channel", "complaints")


class CountsAsked(msgspec.Struct, frozen=True, kw_only=True):
    """Which counts, and which page of them. `week` is any day of it."""

    list: ListAsked
    region_path: str = ""
    week: date | None = None
    channel: str = ""


class CountLine(msgspec.Struct, frozen=True, kw_only=True):
    """A row of the list: a region or store `within` the region above it."""

    week: Period
    code: str
    name: Text
    within: Text
    channel: str
    n: int
    source: RowWriter | None = None


class ComplaintPage(msgspec.Struct, frozen=True, kw_only=True):
    """A page of the list; `sums` add up all that the filters leave. `weeks` and `channels` are what
    can be chosen; without any nothing was imported yet.
    """

    rows: tuple[CountLine, ...]
    total: int
    sort: str
    next_cursor: str | None
    sums: tuple[ChannelSum, ...]
    weeks: tuple[Period, ...]
    channels: tuple[str, ...]
    can_import: bool

    @property
    def n(self) -> int:
        """All complaints the filters leave."""
        return sum(each.n for each in self.sums)


async def complaint_page(actor: Actor, asked: CountsAsked) -> ComplaintPage:
    """One page of the counts in the caller's part of the tree, each with the import it came from
    where the caller may see that. Raises NotFound for a region outside.
    """
    wanted = _wanted(actor, asked)
    async with read_tx():
        await _check_region(asked.region_path)
        rows, found, names = await _read(wanted, asked.list)
        reach = scope_of(actor, Action.BULLETIN_READ)
        sources = await _sources(actor, rows)
        return ComplaintPage(
            rows=tuple(_line(row, names, sources) for row in rows),
            total=found.total,
            sort=found.sort,
            next_cursor=found.next_cursor,
            sums=await complaint_lists.channel_sums(wanted, asked.list.q),
            weeks=tuple(map(days_of_week, await complaint_lists.weeks_counted(reach))),
            channels=await complaint_lists.channels_counted(reach),
            can_import=may(actor, Action.IMPORT_EDIT, Place(region_path=actor.region_path)),
        )


def complaint_export(actor: Actor, asked: CountsAsked, language: Language) -> Export:
    """The list as a file, with the filters it is shown with."""

    async def read(cursor: str) -> Page:
        wanted = _wanted(actor, asked)
        part = msgspec.structs.replace(asked.list, cursor=cursor, size=LARGEST_PAGE)
        async with read_tx():
            await _check_region(asked.region_path)
            rows, found, names = await _read(wanted, part)
        return (_row(_line(row, names, {}), language) for row in rows), found.next_cursor

    headings = headings_of(_COLUMNS, language)
    title = say(language, "nav.complaints")
    return Export("complaint", "complaints", title, headings, every_page(read))


def _wanted(actor: Actor, asked: CountsAsked) -> CountsWanted:
    return CountsWanted(
        scope=scope_of(actor, Action.BULLETIN_READ, asked.region_path),
        week=monday_of(asked.week) if asked.week else None,
        channels=spellings(asked.channel) if asked.channel else (),
    )


async def _check_region(path: str) -> None:
    if path and await places.find_region(path) is None:
        raise NotFound(noun="region")


async def _read(
    wanted: CountsWanted, asked: ListAsked
) -> tuple[tuple[ListedCount, ...], ListedRows, Map]:
    rows, found = await complaint_lists.list_counts(wanted, asked)
    return rows, found, await map_of({row.region_path for row in rows})


async def _sources(actor: Actor, rows: Sequence[ListedCount]) -> dict[str, RowWriter]:
    """The imports the rows came from, as far as the caller may see them."""
    found = await sheet_imports.writers_of(ImportNoun.COMPLAINT, [_code(row) for row in rows])
    return {
        code: writer
        for code, writer in found.items()
        if may(actor, Action.IMPORT_READ, Place(region_path=writer.region_path))
    }


def _code(row: ListedCount) -> str:
    return code_of_count(row.week, row.place, row.channel)


def _line(row: ListedCount, names: Map, sources: dict[str, RowWriter]) -> CountLine:
    own = names.name(row.region_path)
    above = upwards(row.region_path)[:-1]
    outer = names.name(above[-1]) if above else NOWHERE
    is_store = bool(row.store_name)
    return CountLine(
        week=days_of_week(row.week),
        code=row.place,
        name=Text(row.store_name, row.store_name) if is_store else own,
        within=own if is_store else outer,
        channel=row.channel,
        n=row.n,
        source=sources.get(_code(row)),
    )


def _row(line: CountLine, language: Language) -> Row:
    return (
        line.week.first,
        line.week.last,
        line.code,
        line.name.of(language.value),
        line.within.of(language.value),
        channel_words(language, line.channel),
        line.n,
    )
