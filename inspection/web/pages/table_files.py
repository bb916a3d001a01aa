"""Tables as files people save: dated, in the format asked for."""

import asyncio
from typing import Literal
from urllib.parse import quote

from litestar import Response

from inspection.domain.deadline import SHANGHAI
from inspection.domain.table import Table
from inspection.spreadsheets.writing import write_csv, write_xlsx
from inspection.web.session import WebRequest, tools_of

Format = Literal["xlsx", "csv"]

MEDIA_TYPES: dict[Format, str] = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


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
