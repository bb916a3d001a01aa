"""The desk's side of rectification: the list of lines, one line, and what is decided about it."""

from typing import Annotated, Literal

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Stream
from msgspec import Meta

from inspection.domain.access import Action
from inspection.domain.form import Unknown
from inspection.domain.listing import ListQuery
from inspection.domain.rectifications.extension import HOURS
from inspection.domain.refusals import NotFound, Refusal
from inspection.services.rankings import rankings
from inspection.services.rectifications import extensions, rectification_lists
from inspection.services.rectifications.extension_papers import extension_paper, line_asked_for
from inspection.services.rectifications.extensions import Decision
from inspection.services.rectifications.opinion_prints import opinion_pdf, print_opinion_again
from inspection.services.rectifications.rectification_details import line_detail, reply_photo
from inspection.services.rectifications.rectification_lists import LinesAsked
from inspection.services.rectifications.rectification_verdicts import Judged, judge
from inspection.web.decoding import query_of
from inspection.web.file_names import place_in
from inspection.web.forms import form_of
from inspection.web.guards import needs
from inspection.web.languages import language_of
from inspection.web.pages import files
from inspection.web.pages.links import then
from inspection.web.pages.refused_forms import RefusedForm, refused_form
from inspection.web.pages.rendering import page
from inspection.web.session import WebRequest, actor_of, tools_of
from inspection.web.table_files import export_file, wanted_format
from inspection.wording import say

LIST = "/rectifications"
TABS = ("submitted", "overdue", "asking", "returned", "open", "verified")
QUICK = ("still_there", "other_place", "not_all", "unclear", "old_photo", "no_cause")

Tab = Literal["", "submitted", "overdue", "asking", "returned", "open", "verified"]
Long = Annotated[str, Meta(max_length=2_000)]


class LinesQuery(ListQuery, frozen=True):
    """What the address of the list may say."""

    tab: Tab = "submitted"
    region: Annotated[str, Meta(max_length=80)] = ""
    item: Annotated[str, Meta(max_length=40)] = ""
    round: Annotated[str, Meta(max_length=80)] = ""

    def wanted(self) -> LinesAsked:
        """The same as the service is asked."""
        return LinesAsked(
            asked=self.asked(),
            tab=self.tab,
            region=self.region,
            item=self.item.strip().upper(),
            round=self.round,
        )


class VerdictForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A verdict as the page sends it: quick reasons that were ticked, and words of one's own."""

    verdict: Literal["accept", "return"]
    seen: Annotated[str, Meta(max_length=36)]
    way: Literal["reply", "recheck"] = "reply"
    quick: tuple[str, ...] = ()
    reason: Long = ""
    no_case: Literal["", "yes"] = ""


class OpinionForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An opinion on a request for more time."""

    decision: Literal["grant", "refuse"]
    opinion: Long = ""
    hours: int = 0


@get(LIST, opt=needs(Action.RECTIFICATION_READ))
async def show_lines(request: WebRequest) -> Response[str] | Stream:
    """A page of lines; without anything else said, those that wait to be verified."""
    query = query_of(request, LinesQuery, unknown=Unknown.IGNORED)
    tools, actor = tools_of(request), actor_of(request)
    if format := wanted_format(request):
        export = rectification_lists.line_export(tools, actor, query.wanted(), language_of(request))
        return await export_file(request, format, export)
    found = await rectification_lists.line_list(tools, actor, query.wanted())
    content = {
        "found": found,
        "tabs": [(tab, getattr(found.counts, tab)) for tab in TABS],
        "asked": {
            "q": query.q,
            "sort": query.sort,
            "tab": query.tab,
            "region": query.region,
            "item": query.item,
            "round": query.round,
        },
        "cursor": query.cursor,
        "regions": await rankings.region_choices(actor),
    }
    return page(request, "rectifications.html", content)


@get("/rectifications/{id:str}", opt=needs(Action.RECTIFICATION_READ))
async def show_line(request: WebRequest, id: FromPath[str]) -> Response[str]:
    """One line: what was wrong, what was answered, what is known of the photos."""
    return await line_page(request, id)


@post("/rectifications/{id:str}/verdicts", opt=needs(Action.RECTIFICATION_VERIFY))
async def decide(request: WebRequest, id: FromPath[str]) -> Response[str] | Redirect:
    """Accept or return, then go on with the next that waits; refused, the words come back."""
    turn = await rectification_lists.turn_of(actor_of(request), id)
    try:
        form = await form_of(request, VerdictForm)
        said = Judged(
            accept=form.verdict == "accept",
            reason=_reason(request, form),
            seen=form.seen,
            case=form.no_case != "yes",
            way=form.way,
        )
        await judge(tools_of(request), actor_of(request), id, said)
    except NotFound:
        raise
    except Refusal as refusal:
        return await line_page(request, id, await refused_form(request, refusal))
    after = turn.after or turn.before
    said_key = "line_accepted" if form.verdict == "accept" else "line_returned"
    return then(f"{LIST}/{after}" if after and form.way == "reply" else f"{LIST}/{id}", said_key)


@post("/extensions/{id:str}/opinions", opt=needs(Action.NOTICE_SIGN))
async def decide_extension(request: WebRequest, id: FromPath[str]) -> Response[str] | Redirect:
    """Give an opinion on a request for more time; refused, the words come back with its line."""
    line = await line_asked_for(actor_of(request), id)
    try:
        form = await form_of(request, OpinionForm)
        said = Decision(grant=form.decision == "grant", opinion=form.opinion, hours=form.hours)
        await extensions.decide(tools_of(request), actor_of(request), id, said)
    except Refusal as refusal:
        return await line_page(request, line, await refused_form(request, refusal))
    return then(f"{LIST}/{line}", "extension_decided")


@get("/extensions/{id:str}", opt=needs(Action.NOTICE_READ))
async def show_opinion(request: WebRequest, id: FromPath[str]) -> Response[str]:
    """The numbered opinion on a page to print."""
    return page(request, "extension.html", {"paper": await extension_paper(actor_of(request), id)})


@get("/extensions/{id:str}/opinion.pdf", opt=needs(Action.NOTICE_READ))
async def show_opinion_pdf(request: WebRequest, id: FromPath[str]) -> Response[bytes]:
    """The opinion as it was printed, the same bytes every time."""
    found = await opinion_pdf(tools_of(request), actor_of(request), id)
    return files.pdf(request, found.content, found.sha256, found.file_name)


@post("/extensions/{id:str}/prints", opt=needs(Action.NOTICE_SIGN))
async def print_again(request: WebRequest, id: FromPath[str]) -> Redirect:
    """Have the opinion laid out again after that was given up."""
    await print_opinion_again(tools_of(request), actor_of(request), id)
    return then(f"/extensions/{id}", "printing")


@get("/replies/{id:str}/photos/{name:str}", opt=needs(Action.NOTICE_READ))
async def show_photo(
    request: WebRequest, id: FromPath[str], name: FromPath[str]
) -> Response[bytes]:
    """A photo of a reply by its place: `1.jpg`."""
    photo = await reply_photo(tools_of(request), actor_of(request), id, place_in(name))
    return files.placed_jpeg(request, photo)


async def line_page(
    request: WebRequest, line: str, refused: RefusedForm | None = None
) -> Response[str]:
    """The page of a line, with what was typed into it when something was refused."""
    tools, actor = tools_of(request), actor_of(request)
    found = await line_detail(tools, actor, line)
    content = {
        "line": found,
        "turn": await rectification_lists.turn_of(actor, line),
        "quick": QUICK,
        "offered": HOURS,
        "typed": refused.typed("reason") if refused else "",
        "ticked": refused.fields.get("quick", []) if refused else [],
        "opinion": refused.typed("opinion") if refused else "",
        "problem": refused.problem if refused else None,
    }
    status = refused.problem.status if refused else 200
    return page(request, "rectification.html", content, status=status, path=f"{LIST}/{line}")


def _reason(request: WebRequest, form: VerdictForm) -> str:
    language = language_of(request)
    quick = [say(language, f"verdict_quick.{key}") for key in form.quick if key in QUICK]
    return " ".join([*quick, form.reason.strip()]).strip()


ROUTES = [
    show_lines,
    show_line,
    decide,
    decide_extension,
    show_opinion,
    show_opinion_pdf,
    print_again,
    show_photo,
]
