"""/notices: the staff's list of a round, searched and sorted; a store's own."""

from typing import Annotated, Literal

import msgspec
from litestar import Response, get
from litestar.response import Stream
from msgspec import Meta

from inspection.domain.access import Action, Role, granted
from inspection.domain.form import Unknown
from inspection.domain.listing import ListQuery
from inspection.domain.org.store import KINDS
from inspection.services.notices.notice_exports import notice_export
from inspection.services.notices.notice_list import staff_notice_list
from inspection.services.notices.notice_list_results import NoticeList, NoticesAsked
from inspection.services.rankings import rankings
from inspection.web.decoding import query_of
from inspection.web.guards import needs
from inspection.web.languages import language_of
from inspection.web.pages.notices import store_notices
from inspection.web.pages.rendering import page
from inspection.web.session import WebRequest, actor_of, tools_of
from inspection.web.table_files import export_file, wanted_format

State = Literal[
    "",
    "draft",
    "pending_signoff",
    "issued",
    "delivered",
    "acknowledged",
    "closed",
    "void",
    "superseded",
    "overdue",
]

TABS = ("overdue", "draft", "pending_signoff", "issued", "delivered", "acknowledged", "closed")
"""The states people work on; the others only once there is something in them."""

PAST = ("void", "superseded")


class NoticesQuery(ListQuery, frozen=True):
    """What the address of the list may say."""

    state: State = ""
    round: Annotated[str, Meta(max_length=80)] = ""
    region: Annotated[str, Meta(max_length=80)] = ""
    kind: Annotated[str, Meta(max_length=40)] = ""

    def wanted(self) -> NoticesAsked:
        """The same as the service is asked."""
        return NoticesAsked(
            state=self.state,
            round=self.round,
            region_path=self.region,
            store_kind=self.kind,
            q=self.q.strip(),
            sort=self.sort,
            cursor=self.cursor,
        )

    def shown(self) -> dict[str, str]:
        """What the address says, but for the page of the list."""
        said = msgspec.structs.asdict(self)
        return {name: said[name] for name in said if name != "cursor"}


@get("/notices", opt=needs(Action.NOTICE_READ))
async def show_notices(request: WebRequest) -> Response[str] | Stream:
    """The caller's notices: a page of a round's for the staff, its own for a store."""
    query = query_of(request, NoticesQuery, unknown=Unknown.IGNORED)
    actor = actor_of(request)
    if actor.role is Role.STORE_STAFF:
        return await store_notices.show_own(request)
    rounds = await rankings.round_choices(actor)
    if not rounds:
        return page(request, "no-rounds.html", {})
    if format := wanted_format(request):
        language = language_of(request)
        export = notice_export(tools_of(request), actor, query.wanted(), language)
        return await export_file(request, format, export)
    found = await staff_notice_list(tools_of(request), actor, query.wanted())
    content = {
        "found": found,
        "tabs": _tabs(found),
        "rounds": rounds,
        "round": query.round or rounds[0].round.code,
        "regions": await rankings.region_choices(actor),
        "kinds": KINDS,
        "asked": query.shown(),
        "cursor": query.cursor,
        "may_handle": granted(actor.role, Action.NOTICE_DELIVER),
    }
    return page(request, "notices.html", content)


def _tabs(found: NoticeList) -> list[tuple[str, int]]:
    counts = {state: int(getattr(found.counts, state)) for state in (*TABS, *PAST)}
    whole = sum(count for state, count in counts.items() if state != "overdue")
    shown = [(state, count) for state, count in counts.items() if state in TABS or count]
    return [("", whole), *shown]


ROUTES = [show_notices]
