"""/rounds/{code}/plan: a round's plan as a proposal, changed by hand, and published."""

from typing import Annotated, Literal

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Stream
from msgspec import Meta

from inspection.domain.access import Action
from inspection.domain.form import Unknown
from inspection.domain.listing import ListAsked
from inspection.domain.refusals import Refusal
from inspection.services.rounds import plan_changes, plan_pages, plan_publishing, round_planning
from inspection.services.rounds.plan_exports import plan_export
from inspection.services.rounds.plan_pages import PlanAskedFor, PlanPage
from inspection.services.rounds.plan_row_page import plan_row_page
from inspection.web.decoding import query_of
from inspection.web.forms import form_of
from inspection.web.guards import needs
from inspection.web.languages import language_of
from inspection.web.pages.links import address, then
from inspection.web.pages.refused_forms import RefusedForm, refused_form
from inspection.web.pages.rendering import page
from inspection.web.pages.rounds.plan_forms import (
    NUMBERS,
    SWITCHES,
    PlanForm,
    SettleForm,
    VisitForm,
    shown_choice,
)
from inspection.web.session import WebRequest, actor_of, tools_of
from inspection.web.table_files import export_file, wanted_format

TABS = ("", "attention", "unplaced", "by_hand")
MOST_WEEKS = 6
"""More weeks than these have no columns of their own."""


class PlanQuery(msgspec.Struct, frozen=True):
    """What the address of a plan may say."""

    region: Annotated[str, Meta(max_length=80)] = ""
    shown: Literal["", "attention", "unplaced", "by_hand"] = ""
    inspector: Annotated[str, Meta(max_length=36)] = ""
    q: Annotated[str, Meta(max_length=100)] = ""
    sort: Annotated[str, Meta(max_length=40)] = ""
    cursor: Annotated[str, Meta(max_length=400)] = ""

    def asked(self) -> PlanAskedFor:
        """The same as the service is asked."""
        return PlanAskedFor(
            region=self.region,
            shown=self.shown,
            inspector=self.inspector,
            listing=ListAsked(q=self.q.strip(), sort=self.sort, cursor=self.cursor),
        )


@get("/rounds/{code:str}/plan", opt=needs(Action.PLAN_READ))
async def show_plan(request: WebRequest, code: FromPath[str]) -> Response[str] | Stream:
    """The plan of a round, or the form that makes one."""
    query = query_of(request, PlanQuery, unknown=Unknown.IGNORED)
    if format := wanted_format(request):
        tools, actor = tools_of(request), actor_of(request)
        export = plan_export(tools, actor, code, query.asked(), language_of(request))
        return await export_file(request, format, export)
    return await _plan_page(request, code, query)


@post("/rounds/{code:str}/plan", opt=needs(Action.PLAN_EDIT))
async def start(request: WebRequest, code: FromPath[str]) -> Response[str] | Redirect:
    """Have the plan made; refused, the page comes back with what was chosen."""
    try:
        form = await form_of(request, PlanForm)
        await round_planning.start_plan(tools_of(request), actor_of(request), code, form.wish())
    except Refusal as refusal:
        return await _refused(request, code, refusal)
    return _then(code, form.region, "planning")


@post("/rounds/{code:str}/plan/discards", opt=needs(Action.PLAN_EDIT))
async def discard(request: WebRequest, code: FromPath[str]) -> Response[str] | Redirect:
    """Throw the proposal away."""
    try:
        form = await form_of(request, SettleForm)
        await round_planning.discard_plan(
            tools_of(request), actor_of(request), code, form.proposal, form.seen
        )
    except Refusal as refusal:
        return await _refused(request, code, refusal)
    return then(_path(code), "plan_discarded")


@post("/rounds/{code:str}/plan/assignments", opt=needs(Action.PLAN_EDIT))
async def publish(request: WebRequest, code: FromPath[str]) -> Response[str] | Redirect:
    """Send people by the proposal."""
    try:
        form = await form_of(request, SettleForm)
        await plan_publishing.publish_plan(
            tools_of(request), actor_of(request), code, form.proposal, form.seen
        )
    except Refusal as refusal:
        return await _refused(request, code, refusal)
    return then(_path(code), "plan_published")


@get("/rounds/{code:str}/plan/visits/{id:str}", opt=needs(Action.PLAN_READ))
async def show_visit(request: WebRequest, code: FromPath[str], id: FromPath[str]) -> Response[str]:
    """One store of the plan: who could go, and why others cannot."""
    return await _visit_page(request, code, id)


@post("/rounds/{code:str}/plan/visits/{id:str}", opt=needs(Action.PLAN_EDIT))
async def change(
    request: WebRequest, code: FromPath[str], id: FromPath[str]
) -> Response[str] | Redirect:
    """Decide it by hand; refused, the page comes back with what was chosen."""
    try:
        form = await form_of(request, VisitForm)
        await plan_changes.change_visit(tools_of(request), actor_of(request), code, id, form.wish())
    except Refusal as refusal:
        return await _visit_page(request, code, id, await refused_form(request, refusal))
    found = await plan_row_page(tools_of(request), actor_of(request), code, id)
    return _then(code, found.region_path, "saved")


def _path(code: str) -> str:
    return f"/rounds/{code}/plan"


def _then(code: str, region: str, said: str) -> Redirect:
    return Redirect(address(_path(code), region=region, said=said), status_code=303)


async def _refused(request: WebRequest, code: str, refusal: Refusal) -> Response[str]:
    form = await refused_form(request, refusal)
    query = PlanQuery(region=form.typed("region"))
    return await _plan_page(request, code, query, form)


async def _plan_page(
    request: WebRequest, code: str, query: PlanQuery, form: RefusedForm | None = None
) -> Response[str]:
    found = await plan_pages.plan_page(tools_of(request), actor_of(request), code, query.asked())
    asked = msgspec.structs.asdict(query)
    # Nobody is sent into the past: weeks that are over would stay empty.
    weeks = tuple(week for week in found.weeks if found.published or week.last >= found.today)
    # Only a form of rules has its fields among the page's.
    typed = form if form and "lockout_days" in form.fields else None
    content = {
        "found": found,
        "path": _path(code),
        "asked": {**asked, "cursor": "", "region": found.region.path},
        "cursor": query.cursor,
        "tabs": _tabs(found),
        "weeks": weeks if len(weeks) <= MOST_WEEKS else (),
        "form": shown_choice(found.choice, typed),
        "numbers": NUMBERS,
        "switches": SWITCHES,
        "problem": form.problem if form else None,
    }
    status = form.problem.status if form else 200
    return page(request, "plan.html", content, status=status, path=_path(code) if form else "")


async def _visit_page(
    request: WebRequest, code: str, row: str, form: RefusedForm | None = None
) -> Response[str]:
    found = await plan_row_page(tools_of(request), actor_of(request), code, row)
    content = {
        "found": found,
        "path": f"{_path(code)}/visits/{row}",
        "plan": address(_path(code), region=found.region_path),
        "chosen": form.typed("inspector") if form else found.row.inspector or "",
        "day": form.typed("day") if form else str(found.row.day or ""),
        "problem": form.problem if form else None,
    }
    status = form.problem.status if form else 200
    path = str(content["path"]) if form else ""
    return page(request, "plan-visit.html", content, status=status, path=path)


def _tabs(found: PlanPage) -> list[tuple[str, int]]:
    figures = found.figures
    counts = (figures.rows, figures.warned + figures.unplaced, figures.unplaced, figures.by_hand)
    return list(zip(TABS, counts, strict=True))


ROUTES = [show_plan, start, discard, publish, show_visit, change]
