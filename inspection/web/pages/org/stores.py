"""The list of stores, and one store through its rounds."""

from typing import Annotated, Any, Literal

import msgspec
from litestar import Response, get
from litestar.params import FromPath
from litestar.response import Stream
from msgspec import Meta

from inspection.domain.access import Action
from inspection.domain.form import Unknown
from inspection.domain.listing import ListAsked
from inspection.domain.org.store import KINDS, OWNERSHIPS
from inspection.services.org import store_list
from inspection.services.org.store_list import StoresAsked
from inspection.services.rankings import rankings
from inspection.services.rankings.store_result_exports import store_tables
from inspection.services.sheet_exports import store_export
from inspection.web.decoding import query_of
from inspection.web.guards import needs
from inspection.web.languages import language_of
from inspection.web.pages.charts import Point
from inspection.web.pages.rendering import page
from inspection.web.session import WebRequest, actor_of, tools_of
from inspection.web.table_files import export_file, note_file, table_file, wanted_format

State = Literal["", "closed", "all"]


class StoresQuery(msgspec.Struct, frozen=True):
    """What the address of the list may say; without a state it shows the open stores."""

    q: Annotated[str, Meta(max_length=100)] = ""
    region: Annotated[str, Meta(max_length=80)] = ""
    kind: Annotated[str, Meta(max_length=40)] = ""
    ownership: Annotated[str, Meta(max_length=40)] = ""
    state: State = ""
    contact: Literal["", "unverified"] = ""
    sort: Annotated[str, Meta(max_length=40)] = ""
    cursor: Annotated[str, Meta(max_length=400)] = ""

    def asked(self) -> StoresAsked:
        """The same as the service is asked."""
        return StoresAsked(
            list=ListAsked(q=self.q.strip(), sort=self.sort, cursor=self.cursor),
            region_path=self.region,
            kind=self.kind,
            ownership=self.ownership,
            state={"": "open", "all": ""}.get(self.state, self.state),
            contact=self.contact,
        )


@get("/stores", opt=needs(Action.STORE_READ))
async def show_stores(request: WebRequest) -> Response[str] | Stream:
    """A page of the stores in the caller's part of the tree."""
    query = query_of(request, StoresQuery, unknown=Unknown.IGNORED)
    actor = actor_of(request)
    if format := wanted_format(request):
        language = language_of(request)
        export = store_export(tools_of(request), actor, query.asked(), language)
        return await export_file(request, format, export)
    found = await store_list.store_page(tools_of(request), actor, query.asked())
    content: dict[str, Any] = {
        "found": found,
        "asked": {**msgspec.structs.asdict(query), "cursor": ""},
        "cursor": query.cursor,
        "regions": await rankings.region_choices(actor),
        "kinds": KINDS,
        "ownerships": OWNERSHIPS,
        "filtered": bool(query.q or query.region or query.kind or query.ownership or query.contact),
    }
    return page(request, "stores.html", content)


@get("/stores/{code:str}", opt=needs(Action.STORE_READ))
async def show_store(request: WebRequest, code: FromPath[str]) -> Response[str] | Response[bytes]:
    """Everything published about a store: scores, places, sections, notices."""
    found = await rankings.store_results(tools_of(request), actor_of(request), code)
    if format := wanted_format(request):
        await note_file(request, "store", found.store.code)
        tables = store_tables(found, language_of(request))
        return await table_file(request, f"store-{found.store.code}", format, *tables)
    method = found.rounds[0].round.visit_kind if found.rounds else ""
    alike = [each for each in reversed(found.rounds) if each.round.visit_kind == method]
    scored = [each for each in alike if each.score is not None]
    means = [each.mean for each in scored if each.mean is not None]
    content = {
        "found": found,
        "method": method,
        "trend": [Point(each.round.code, each.score or 0) for each in scored],
        # A mean that is missing in one round would bend the line.
        "means": means if len(means) == len(scored) else [],
    }
    return page(request, "store.html", content)


ROUTES = [show_stores, show_store]
