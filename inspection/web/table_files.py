"""Tables as files people save: dated, in the format asked for."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from typing import IO, Literal
from urllib.parse import quote

import msgspec
from litestar import Response
from litestar.response import Stream

from inspection.domain.deadline import SHANGHAI
from inspection.domain.form import Unknown
from inspection.domain.table import Row, Table
from inspection.services.exports import Export, note_export
from inspection.spreadsheets.writing import BOM, BookWriter, csv_pieces, write_csv, write_xlsx
from inspection.web.decoding import query_of
from inspection.web.session import WebRequest, actor_of, check_caller, reads_by, tools_of

Format = Literal["xlsx", "csv"]

PIECE = 256 * 1024

MEDIA_TYPES: dict[Format, str] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    # The encoding of text is added on the way out.
    "csv": "text/csv",
}


class FormatQuery(msgspec.Struct, frozen=True):
    """What the address of a list says when its rows are wanted as a file."""

    format: Literal["", "xlsx", "csv"] = ""


def wanted_format(request: WebRequest) -> Format | None:
    """The sort of file a list is wanted as; None for the page."""
    return query_of(request, FormatQuery, unknown=Unknown.IGNORED).format or None


async def export_file(request: WebRequest, format: Format, export: Export) -> Stream:
    """A whole list as a file, sent while it is read and written down before. What keeps it from
    being read at all comes up before the first byte; it breaks off where the session ends.
    """
    first = await anext(export.pages)
    await note_file(request, export.noun)
    watched = msgspec.structs.replace(export, pages=_watched(request, export.pages))
    if format == "csv":
        pieces = _csv(watched, first)
    else:
        pieces = await _xlsx(watched, first)
    headers = attachment(request, export.name, format)
    return Stream(pieces, media_type=MEDIA_TYPES[format], headers=headers)


async def note_file(request: WebRequest, noun: str, id: str = "") -> None:
    """Write down that the caller takes this away as a file."""
    query = request.scope["query_string"].decode("latin-1")
    address = f"{request.scope['path']}?{query}" if query else request.scope["path"]
    await note_export(tools_of(request), actor_of(request), (noun, id), address, reads_by(request))


async def _watched(
    request: WebRequest, pages: AsyncIterator[list[Row]]
) -> AsyncIterator[list[Row]]:
    """The pages for as long as whoever asked is let in: a long list takes its time."""
    async for rows in pages:
        await check_caller(request)
        yield rows


async def _csv(export: Export, first: list[Row]) -> AsyncIterator[bytes]:
    yield BOM + b"".join(csv_pieces((export.headings, *first)))
    async for rows in export.pages:
        yield b"".join(csv_pieces(rows))


async def _xlsx(export: Export, first: list[Row]) -> AsyncIterator[bytes]:
    """A workbook is only whole when its last row is written: it waits on the disk until then."""
    # Not a block of its own: the file lives as long as somebody reads from it.
    file = tempfile.TemporaryFile()  # noqa: SIM115
    book = BookWriter(file)
    book.begin(Table(export.title, export.headings, ()))
    try:
        await asyncio.to_thread(book.add, first)
        async for rows in export.pages:
            await asyncio.to_thread(book.add, rows)
    except Exception:
        # Nobody will read it: what the workbook and its file hold open goes now.
        await asyncio.to_thread(book.close)
        file.close()
        raise
    await asyncio.to_thread(book.close)
    file.seek(0)
    return _pieces(file)


async def _pieces(file: IO[bytes]) -> AsyncIterator[bytes]:
    with file:
        while piece := file.read(PIECE):
            yield piece


async def table_file(
    request: WebRequest, name: str, format: Format, *tables: Table
) -> Response[bytes]:
    """The tables as one file; CSV has room for the first only."""
    if format == "csv":
        content = await asyncio.to_thread(write_csv, tables[0])
    else:
        content = await asyncio.to_thread(write_xlsx, *tables)
    headers = attachment(request, name, format)
    return Response(content, media_type=MEDIA_TYPES[format], headers=headers)


def attachment(request: WebRequest, name: str, format: Format) -> dict[str, str]:
    """The headers under which a browser saves it, with the day in its name."""
    day = tools_of(request).now().astimezone(SHANGHAI)
    file = quote(f"{name}-{day:%Y%m%d}.{format}", safe="-.")
    return {"content-disposition": f'attachment; filename="{file}"', "cache-control": "no-store"}
