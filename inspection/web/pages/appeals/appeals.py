"""Appeals: the staff's list, one of them with what deciding it would do, opinions and decisions."""

from typing import Annotated, Literal

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Stream
from msgspec import Meta

from inspection.domain.access import Action, Role
from inspection.domain.appeals.appeal import TEXT, Advice, AppealMove, Ground
from inspection.domain.appeals.appeal_effect import Effect
from inspection.domain.form import Unknown
from inspection.domain.listing import ListAsked, ListQuery
from inspection.domain.refusals import Refusal
from inspection.services.appeals import appeal_decisions, appeal_threads
from inspection.services.appeals.appeal_access import reached
from inspection.services.appeals.appeal_effects import effect_of
from inspection.services.appeals.appeal_list import appeal_export, appeal_list
from inspection.services.appeals.appeal_pages import appeal_detail
from inspection.services.appeals.appeal_results import AppealDetail, AppealsAsked
from inspection.services.appeals.appeal_rulings import Ruling
from inspection.services.appeals.appeal_threads import Opinion, Saying
from inspection.services.rankings import rankings
from inspection.web.decoding import query_of
from inspection.web.forms import TOKEN_FIELD, form_fields, form_of
from inspection.web.guards import needs
from inspection.web.languages import language_of
from inspection.web.pages.appeals import inspector_appeals, store_appeals
from inspection.web.pages.links import then
from inspection.web.pages.refused_forms import RefusedForm, first_typed, refused_form
from inspection.web.pages.rendering import page
from inspection.web.problems import Problem, problem_of
from inspection.web.session import WebRequest, actor_of, tools_of
from inspection.web.table_files import export_file, wanted_format

APPEALS = "/appeals"
SORTS = ("due", "-filed", "filed", "store", "-lost")
VERDICTS = ("uphold", "grant_part", "reject")

Words = Annotated[str, Meta(max_length=4 * TEXT)]
Verdict = Literal["uphold", "grant_part", "reject"]


class AppealsQuery(ListQuery, frozen=True):
    """What the address of the list may say."""

    tab: Literal["", "waiting", "decided", "all"] = ""
    ground: Literal["", "facts", "standard", "force_majeure", "counted_twice"] = ""
    region: Annotated[str, Meta(max_length=80)] = ""

    def wanted(self) -> AppealsAsked:
        """The same as the service is asked: those that wait unless somebody says otherwise."""
        tab = "waiting" if not self.tab else "" if self.tab == "all" else self.tab
        return AppealsAsked(asked=self.asked(), tab=tab, ground=self.ground, region=self.region)


class RulingForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A decision as the page sends it."""

    verdict: Verdict
    seen: int
    reason: Words = ""
    choice: Annotated[str, Meta(max_length=400)] = ""


class OpinionForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An opinion as the page sends it."""

    advice: Advice
    seen: int
    opinion: Words = ""


class MessageForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something to say, and who is to read it."""

    text: Words = ""
    to: Literal["", "store", "inspector"] = ""

    def saying(self) -> Saying:
        """The same as the service is told."""
        return Saying(
            text=self.text, to_store=self.to == "store", to_inspector=self.to == "inspector"
        )


@get(APPEALS, opt=needs(Action.APPEAL_READ))
async def show_appeals(request: WebRequest) -> Response[str] | Stream:
    """The caller's appeals: a page of the region's, a store's own, those an inspector is asked."""
    actor = actor_of(request)
    if actor.role is Role.STORE_STAFF:
        return await store_appeals.show_own(request)
    if actor.role is Role.INSPECTOR:
        return await inspector_appeals.show_own(request)
    query = query_of(request, AppealsQuery, unknown=Unknown.IGNORED)
    if format := wanted_format(request):
        export = appeal_export(actor, query.wanted(), language_of(request))
        return await export_file(request, format, export)
    found = await appeal_list(actor, query.wanted())
    content = {
        "found": found,
        "asked": {
            "q": query.q,
            "sort": query.sort,
            "tab": query.tab,
            "ground": query.ground,
            "region": query.region,
        },
        "cursor": query.cursor,
        "sorts": SORTS,
        "grounds": [ground.value for ground in Ground],
        "regions": await rankings.region_choices(actor),
    }
    return page(request, "appeals.html", content)


@get("/appeals/{id:str}", opt=needs(Action.APPEAL_READ))
async def show_appeal(request: WebRequest, id: FromPath[str]) -> Response[str]:
    """One appeal, by who asks."""
    role = actor_of(request).role
    if role is Role.STORE_STAFF:
        return await store_appeals.appeal_page(request, id)
    if role is Role.INSPECTOR:
        return await inspector_appeals.appeal_page(request, id)
    return await _detail_page(request, id)


@post("/appeals/{id:str}/decisions", opt=needs(Action.APPEAL_DECIDE))
async def decide(request: WebRequest, id: FromPath[str]) -> Response[str] | Redirect:
    """Decide it; refused, the page comes back with the reason as it was typed."""
    try:
        form = await form_of(request, RulingForm)
        ruling = Ruling(
            verdict=AppealMove(form.verdict),
            reason=form.reason,
            choice=form.choice,
            seen=form.seen,
        )
        await appeal_decisions.decide_appeal(tools_of(request), actor_of(request), id, ruling)
    except Refusal as refusal:
        return await _detail_page(request, id, await refused_form(request, refusal))
    return then(f"{APPEALS}/{id}", "appeal_decided")


@post("/appeals/{id:str}/trials", opt=needs(Action.APPEAL_DECIDE))
async def weigh(request: WebRequest, id: FromPath[str]) -> Response[str]:
    """Show what a verdict would do; nothing is kept, and nothing typed is lost."""
    fields = {name: value for name, value in await form_fields(request) if name != TOKEN_FIELD}
    return await _detail_page(request, id, typed=fields)


@post("/appeals/{id:str}/opinions", opt=needs(Action.APPEAL_ADVISE))
async def advise(request: WebRequest, id: FromPath[str]) -> Response[str] | Redirect:
    """Give the region's opinion."""
    try:
        form = await form_of(request, OpinionForm)
        opinion = Opinion(advice=form.advice, text=form.opinion, seen=form.seen)
        await appeal_threads.advise_appeal(tools_of(request), actor_of(request), id, opinion)
    except Refusal as refusal:
        return await _detail_page(request, id, await refused_form(request, refusal))
    return then(f"{APPEALS}/{id}", "appeal_advised")


@post("/appeals/{id:str}/messages", opt=needs(Action.APPEAL_SAY))
async def say(request: WebRequest, id: FromPath[str]) -> Response[str] | Redirect:
    """Say something about it; a store may add files."""
    role = actor_of(request).role
    if role is Role.STORE_STAFF:
        return await store_appeals.say(request, id)
    try:
        form = await form_of(request, MessageForm)
        saying = form.saying()
        await appeal_threads.add_message(tools_of(request), actor_of(request), id, saying)
    except Refusal as refusal:
        refused = await refused_form(request, refusal)
        if role is Role.INSPECTOR:
            return await inspector_appeals.appeal_page(request, id, refused)
        return await _detail_page(request, id, refused)
    return then(f"{APPEALS}/{id}", "appeal_said")


async def _detail_page(
    request: WebRequest,
    appeal: str,
    refused: RefusedForm | None = None,
    typed: dict[str, str] | None = None,
) -> Response[str]:
    tools, actor = tools_of(request), actor_of(request)
    found = await appeal_detail(tools, actor, appeal)
    fields = first_typed(refused) if typed is None else typed
    chosen = _chosen(found, fields)
    effect, unfit = await _effect(request, found, chosen) if found.can_decide else (None, None)
    content = {
        "appeal": found,
        "typed": fields,
        "chosen": chosen,
        "effect": effect,
        "unfit": unfit,
        "queued": await appeal_list(actor, AppealsAsked(tab="waiting", asked=_BESIDE)),
        "over": await appeal_list(actor, AppealsAsked(tab="decided", asked=_LATEST)),
        "most": TEXT,
        "problem": refused.problem if refused else None,
    }
    status = refused.problem.status if refused else 200
    return page(request, "appeal.html", content, status=status, path=f"{APPEALS}/{appeal}")


def _chosen(found: AppealDetail, typed: dict[str, str]) -> dict[str, str]:
    """The verdict and the choice the page shows: what was typed, else upholding the whole."""
    first = found.choices[0].value if found.choices else ""
    verdict = typed.get("verdict", "reject" if found.locked else "uphold")
    return {
        "verdict": verdict if verdict in VERDICTS else "uphold",
        "choice": typed.get("choice", first),
    }


async def _effect(
    request: WebRequest, found: AppealDetail, chosen: dict[str, str]
) -> tuple[Effect | None, Problem | None]:
    tools, actor = tools_of(request), actor_of(request)
    row = await reached(actor, Action.APPEAL_DECIDE, found.id)
    try:
        verdict = AppealMove(chosen["verdict"])
        return await effect_of(tools, actor, row, verdict, chosen["choice"]), None
    except Refusal as refusal:
        return None, problem_of(request, refusal)


_BESIDE = ListAsked(size=20)
_LATEST = ListAsked(sort="-due", size=5)

ROUTES = [show_appeals, show_appeal, decide, weigh, advise, say]
