"""/bulletins/ID/readers: who has read an issue and who has not."""

from typing import Literal

from litestar import Response, get
from litestar.params import FromPath
from litestar.response import Stream

from inspection.domain.access import Action
from inspection.domain.form import Unknown
from inspection.domain.listing import ListQuery
from inspection.services.bulletins.bulletin_readings import (
    ReadersAsked,
    readers_export,
    receipts_of,
)
from inspection.web.decoding import query_of
from inspection.web.guards import needs
from inspection.web.languages import language_of
from inspection.web.pages.rendering import page
from inspection.web.session import WebRequest, actor_of
from inspection.web.table_files import export_file, wanted_format


class ReadersQuery(ListQuery, frozen=True):
    """What the address of the receipts may say."""

    who: Literal["", "unread"] = ""

    def wanted(self) -> ReadersAsked:
        """The same as the service is asked."""
        return ReadersAsked(asked=self.asked(), unread=self.who == "unread")


@get("/bulletins/{id:str}/readers", opt=needs(Action.BULLETIN_EDIT))
async def show_readers(request: WebRequest, id: FromPath[str]) -> Response[str] | Stream:
    """The readers with what they opened when."""
    query = query_of(request, ReadersQuery, unknown=Unknown.IGNORED)
    actor = actor_of(request)
    if format := wanted_format(request):
        export = await readers_export(actor, id, query.wanted(), language_of(request))
        return await export_file(request, format, export)
    content = {
        "found": await receipts_of(actor, id, query.wanted()),
        "path": f"/bulletins/{id}/readers",
        "bulletin": id,
        "asked": {"q": query.q, "sort": query.sort, "who": query.who},
        "cursor": query.cursor,
    }
    return page(request, "bulletin-readers.html", content)


ROUTES = [show_readers]
