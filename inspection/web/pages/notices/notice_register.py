"""/notice-register: every number that was drawn, in order."""

from typing import Annotated

from litestar import Response, get
from litestar.response import Stream
from msgspec import Meta

from inspection.domain.access import Action
from inspection.domain.form import Unknown
from inspection.domain.listing import ListQuery
from inspection.services.notices import notice_register
from inspection.web.decoding import query_of
from inspection.web.guards import needs
from inspection.web.languages import language_of
from inspection.web.pages.rendering import page
from inspection.web.session import WebRequest, actor_of
from inspection.web.table_files import export_file, wanted_format


class RegisterQuery(ListQuery, frozen=True):
    """What the address of the register may say."""

    counter: Annotated[str, Meta(max_length=120)] = ""


@get("/notice-register", opt=needs(Action.REGISTER_READ))
async def show_register(request: WebRequest) -> Response[str] | Stream:
    """The numbers of one counter, with the proof that none is missing."""
    query = query_of(request, RegisterQuery, unknown=Unknown.IGNORED)
    actor = actor_of(request)
    if format := wanted_format(request):
        language = language_of(request)
        export = notice_register.register_export(actor, query.counter, query.asked(), language)
        return await export_file(request, format, export)
    found = await notice_register.register_page(actor, query.counter, query.asked())
    content = {
        "found": found,
        "asked": {"q": query.q, "sort": query.sort, "counter": query.counter},
        "cursor": query.cursor,
    }
    return page(request, "notice-register.html", content)


ROUTES = [show_register]
