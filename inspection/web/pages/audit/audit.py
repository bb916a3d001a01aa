"""/audit: the log with its filters, and having its chain recomputed."""

from functools import partial
from typing import Annotated, Literal

import msgspec
from litestar import Response, get, post
from litestar.response import Redirect, Stream
from msgspec import Meta

from inspection.domain.access import Action
from inspection.domain.form import Unknown
from inspection.domain.listing import asked_day
from inspection.services.audit import audit_checks, audit_trail
from inspection.services.audit.audit_exports import audit_export
from inspection.services.audit.audit_trail import EventsAsked
from inspection.services.audit.audit_words import field_words, noun_words, value_words
from inspection.web.decoding import query_of
from inspection.web.forms import form_of
from inspection.web.guards import needs
from inspection.web.languages import language_of
from inspection.web.pages.links import then
from inspection.web.pages.rendering import page
from inspection.web.session import WebRequest, actor_of, tools_of
from inspection.web.table_files import export_file, wanted_format


class AuditQuery(msgspec.Struct, frozen=True):
    """What the address of the log may say; a day nobody can mean is no filter."""

    q: Annotated[str, Meta(max_length=100)] = ""
    noun: Annotated[str, Meta(max_length=40)] = ""
    action: Annotated[str, Meta(max_length=120)] = ""
    since: Annotated[str, Meta(max_length=10)] = ""
    until: Annotated[str, Meta(max_length=10)] = ""
    cursor: Annotated[str, Meta(max_length=400)] = ""

    def asked(self) -> EventsAsked:
        """The same as the service is asked."""
        return EventsAsked(
            q=self.q,
            noun=self.noun,
            action=self.action,
            since=asked_day(self.since),
            until=asked_day(self.until),
            cursor=self.cursor,
        )


class CheckForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Asking for a check: always of the whole chain."""

    part: Literal["whole"]


@get("/audit", opt=needs(Action.AUDIT_READ))
async def show_audit(request: WebRequest) -> Response[str] | Stream:
    """What was done, latest first."""
    query = query_of(request, AuditQuery, unknown=Unknown.IGNORED)
    if format := wanted_format(request):
        export = audit_export(
            tools_of(request), actor_of(request), query.asked(), language_of(request)
        )
        return await export_file(request, format, export)
    found = await audit_trail.audit_page(actor_of(request), query.asked())
    asked = msgspec.structs.asdict(query)
    content = {
        "found": found,
        "asked": {**asked, "cursor": ""},
        "cursor": query.cursor,
        "nouns": noun_words(language_of(request)),
        "field_words": partial(field_words, language_of(request)),
        "value_words": partial(value_words, language_of(request)),
        "checked": await audit_checks.last_check(),
        "checking": await audit_checks.is_checking(),
    }
    return page(request, "audit.html", content)


@post("/audit/checks", opt=needs(Action.AUDIT_VERIFY))
async def check(request: WebRequest) -> Redirect:
    """Have the chain recomputed."""
    await form_of(request, CheckForm)
    await audit_checks.ask_for_check(tools_of(request), actor_of(request))
    return then("/audit", "checking")


ROUTES = [show_audit, check]
