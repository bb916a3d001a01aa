"""/complaints: what other systems counted, beside the issues that tell of it."""

from functools import partial
from typing import Annotated, Any

from litestar import Response, get
from litestar.response import Stream
from msgspec import Meta

from inspection.domain.access import Action
from inspection.domain.form import Unknown
from inspection.domain.listing import ListQuery, asked_day
from inspection.services.bulletins.complaint_channels import channel_words
from inspection.services.bulletins.complaints import (
    CountsAsked,
    complaint_export,
    complaint_page,
)
from inspection.services.rankings import rankings
from inspection.web.decoding import query_of
from inspection.web.guards import needs
from inspection.web.languages import language_of
from inspection.web.pages.rendering import page
from inspection.web.session import WebRequest, actor_of
from inspection.web.table_files import export_file, wanted_format


class ComplaintsQuery(ListQuery, frozen=True):
    """What the address of the list may say; a day nobody can mean is no filter."""

    week: Annotated[str, Meta(max_length=10)] = ""
    region: Annotated[str, Meta(max_length=80)] = ""
    channel: Annotated[str, Meta(max_length=40)] = ""

    def wanted(self) -> CountsAsked:
        """The same as the service is asked."""
        return CountsAsked(
            list=self.asked(),
            region_path=self.region,
            week=asked_day(self.week),
            channel=self.channel,
        )


@get("/complaints", opt=needs(Action.BULLETIN_READ))
async def show_complaints(request: WebRequest) -> Response[str] | Stream:
    """The counts of the caller's part of the tree, and what they come to."""
    query = query_of(request, ComplaintsQuery, unknown=Unknown.IGNORED)
    actor, asked = actor_of(request), query.wanted()
    if format := wanted_format(request):
        export = complaint_export(actor, asked, language_of(request))
        return await export_file(request, format, export)
    content: dict[str, Any] = {
        "found": await complaint_page(actor, asked),
        "channel": partial(channel_words, language_of(request)),
        "regions": await rankings.region_choices(actor),
        "asked": {
            "q": query.q,
            "sort": query.sort,
            "week": asked.week.isoformat() if asked.week else "",
            "region": query.region,
            "channel": query.channel,
        },
        "cursor": query.cursor,
    }
    return page(request, "complaints.html", content)


ROUTES = [show_complaints]
