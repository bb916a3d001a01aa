"""The library of solved cases, for the desk and for stores."""

from typing import Annotated, Literal

from litestar import Response, get
from litestar.params import FromPath
from litestar.response import Stream
from msgspec import Meta

from inspection.domain.access import Action
from inspection.domain.form import Unknown
from inspection.domain.listing import ListQuery
from inspection.domain.refusals import NotFound
from inspection.persistence.rectifications.solved_cases import CasesWanted
from inspection.services.rectifications import cases
from inspection.web.decoding import query_of
from inspection.web.file_names import without_suffix
from inspection.web.guards import needs
from inspection.web.languages import language_of
from inspection.web.pages import files
from inspection.web.pages.rendering import page
from inspection.web.session import WebRequest, actor_of, tools_of
from inspection.web.table_files import export_file, wanted_format

Short = Annotated[str, Meta(max_length=40)]


class CasesQuery(ListQuery, frozen=True):
    """What the address of the library may say."""

    section: Short = ""
    item: Short = ""
    kind: Literal["", "storefront", "customer_club"] = ""

    def wanted(self) -> CasesWanted:
        """The same as the service is asked."""
        return CasesWanted(
            asked=self.asked(),
            item=self.item.strip().upper(),
            section=self.section,
            store_kind=self.kind,
        )


@get("/cases", opt=needs(Action.NOTICE_READ))
async def show_cases(request: WebRequest) -> Response[str] | Stream:
    """A page of the library."""
    query = query_of(request, CasesQuery, unknown=Unknown.IGNORED)
    actor = actor_of(request)
    if format := wanted_format(request):
        export = cases.case_export(actor, query.wanted(), language_of(request))
        return await export_file(request, format, export)
    content = {
        "found": await cases.case_list(actor, query.wanted()),
        "asked": {
            "q": query.q,
            "sort": query.sort,
            "section": query.section,
            "item": query.item,
            "kind": query.kind,
        },
        "cursor": query.cursor,
    }
    return page(request, "cases.html", content)


@get("/cases/{id:str}", opt=needs(Action.NOTICE_READ))
async def show_case(request: WebRequest, id: FromPath[str]) -> Response[str]:
    """One case."""
    return page(request, "case.html", {"case": await cases.case_of(actor_of(request), id)})


@get("/cases/{id:str}/photos/{name:str}", opt=needs(Action.NOTICE_READ))
async def show_photo(
    request: WebRequest, id: FromPath[str], name: FromPath[str]
) -> Response[bytes]:
    """`before.jpg` or `after.jpg`."""
    side = without_suffix(name, "photo")
    if side not in ("before", "after"):
        raise NotFound(noun="photo")
    wanted: cases.Side = "before" if side == "before" else "after"
    photo = await cases.case_photo(tools_of(request), actor_of(request), id, wanted)
    return files.placed_jpeg(request, photo)


ROUTES = [show_cases, show_case, show_photo]
