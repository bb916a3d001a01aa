"""What is in the file of an export that makes itself: the same rows as the page's own file."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable

import msgspec

from inspection.domain.access import Actor
from inspection.domain.deadline import day_of
from inspection.domain.refusals import NotFound
from inspection.domain.refusals.scheduled_exports import ExportOutOfReach
from inspection.domain.scheduled_export import ACTIONS, ExportOf, FileFormat
from inspection.domain.table import Row, Table
from inspection.persistence.scheduled_exports import ScheduledExportRow
from inspection.services.analyses import item_files
from inspection.services.exports import Export
from inspection.services.notices.notice_exports import notice_export
from inspection.services.notices.notice_list_results import NoticesAsked
from inspection.services.rankings import rankings, scorecards, units
from inspection.services.rankings.ranking_results import RankingAsked
from inspection.services.rankings.scorecard_exports import scorecard_tables
from inspection.services.rankings.scorecard_results import ScorecardAsked
from inspection.services.rankings.unit_exports import units_table
from inspection.services.rankings.unit_results import UnitsAsked
from inspection.services.reach import scope_of
from inspection.services.rectifications.rectification_lists import LinesAsked, line_export
from inspection.services.rounds.rounds import chosen_round
from inspection.services.tools import Tools
from inspection.spreadsheets.writing import BookWriter, TextWriter
from inspection.wording import Language


class MadeFile(msgspec.Struct, frozen=True, kw_only=True):
    """The file, how many rows it has below its headings, and the part of the tree it is about."""

    name: str
    content: bytes
    rows: int
    region_path: str


async def made_file(tools: Tools, actor: Actor, row: ScheduledExportRow) -> MadeFile:
    """Make it as its owner may read it now, of the latest round. Without rows it has no content.
    Raises NotAllowed, ExportOutOfReach, and what keeps its page's file from being made.
    """
    path = _path(actor, row)
    try:
        export = await _EXPORTS[row.what](tools, actor, row)
        content, rows = await _written(export, row.format)
    except NotFound as missing:
        if missing.facts["noun"] != "round":
            raise
        # Before the first round has begun there is nothing to tell.
        return MadeFile(name="", content=b"", rows=0, region_path=path)
    name = f"{export.name}-{day_of(tools.now()):%Y%m%d}.{row.format.value}"
    return MadeFile(name=name, content=content, rows=rows, region_path=path)


def _path(actor: Actor, row: ScheduledExportRow) -> str:
    try:
        return scope_of(actor, ACTIONS[row.what], row.narrowed).path
    except NotFound:
        raise ExportOutOfReach from None


def _language(actor: Actor) -> Language:
    return Language(actor.language)


async def _ranking(tools: Tools, actor: Actor, row: ScheduledExportRow) -> Export:
    asked = RankingAsked(store_kind=row.store_kind, region_path=row.narrowed)
    table = await rankings.ranking_table(tools, actor, asked, _language(actor))
    return _of_table("ranking", table)


async def _units(_: Tools, actor: Actor, row: ScheduledExportRow) -> Export:
    found = await units.units_page(actor, _units_asked(row))
    table = units_table(found, _language(actor))
    counted = found.whole.ranked or found.whole.expected
    return _of_table("units", table if counted else msgspec.structs.replace(table, rows=()))


async def _items(_: Tools, actor: Actor, row: ScheduledExportRow) -> Export:
    if row.format is FileFormat.XLSX:
        await item_files.check_sheet(actor, _units_asked(row))
    return await item_files.item_file(actor, _units_asked(row), _language(actor))


async def _notices(tools: Tools, actor: Actor, row: ScheduledExportRow) -> Export:
    asked = NoticesAsked(region_path=row.narrowed, store_kind=row.store_kind)
    return notice_export(tools, actor, asked, _language(actor))


async def _lines(tools: Tools, actor: Actor, row: ScheduledExportRow) -> Export:
    latest = await chosen_round("", _path(actor, row))
    wanted = LinesAsked(region=row.narrowed, round=latest.code, store_kind=row.store_kind)
    return line_export(tools, actor, wanted, _language(actor))


async def _scorecard(_: Tools, actor: Actor, row: ScheduledExportRow) -> Export:
    asked = ScorecardAsked(store_kind=row.store_kind, region_path=row.narrowed)
    found = await scorecards.scorecard_page(actor, asked)
    gaps, card = scorecard_tables(found, _language(actor))
    scored = found.card.score is not None
    export = _of_table("scorecard", gaps if scored else msgspec.structs.replace(gaps, rows=()))
    return msgspec.structs.replace(export, beside=(card,))


_EXPORTS: dict[ExportOf, Callable[[Tools, Actor, ScheduledExportRow], Awaitable[Export]]] = {
    ExportOf.RANKING: _ranking,
    ExportOf.UNITS: _units,
    ExportOf.ITEMS: _items,
    ExportOf.NOTICES: _notices,
    ExportOf.LINES: _lines,
    ExportOf.SCORECARD: _scorecard,
}


def _units_asked(row: ScheduledExportRow) -> UnitsAsked:
    return UnitsAsked(store_kind=row.store_kind, region_path=row.narrowed)


def _of_table(name: str, table: Table) -> Export:
    async def pages() -> AsyncIterator[list[Row]]:
        yield list(table.rows)

    return Export("ranking", name, table.name, table.headings, pages())


async def _written(export: Export, format: FileFormat) -> tuple[bytes, int]:
    rows = 0
    with tempfile.TemporaryFile() as file:
        book = format is FileFormat.XLSX
        writer: BookWriter | TextWriter = BookWriter(file) if book else TextWriter(file)
        writer.begin(Table(export.title, export.headings, ()))
        try:
            async for page in export.pages:
                rows += len(page)
                await asyncio.to_thread(writer.add, page)
            for table in export.beside if book else ():
                writer.begin(table)
                writer.add(table.rows)
        finally:
            await asyncio.to_thread(writer.close)
        file.seek(0)
        return await asyncio.to_thread(file.read), rows
