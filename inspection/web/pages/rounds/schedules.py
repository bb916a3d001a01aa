"""Schedules: the list, one of them, and its form."""

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Stream

from inspection.domain.access import Action
from inspection.domain.form import Unknown
from inspection.domain.listing import ListQuery
from inspection.domain.refusals import Refusal, ScheduleChanged
from inspection.domain.rounds.round_plan import MOST_VISITS, VISIT_KINDS
from inspection.domain.rounds.round_schedule import (
    LONGEST_CODE,
    LONGEST_NAME,
    MOST_AHEAD,
    MOST_DAYS,
    MOST_WEEKS,
    Recurrence,
)
from inspection.services.rounds import round_details, round_schedules
from inspection.services.rounds.round_schedules import Running, ScheduleShown
from inspection.services.rounds.schedule_exports import schedule_export
from inspection.web.decoding import query_of
from inspection.web.forms import form_of
from inspection.web.guards import needs
from inspection.web.languages import language_of
from inspection.web.pages.links import then
from inspection.web.pages.refused_forms import RefusedForm, refused_form
from inspection.web.pages.rendering import page
from inspection.web.pages.rounds.schedule_fields import ScheduleForm, schedule_fields, typed_fields
from inspection.web.session import WebRequest, actor_of, tools_of
from inspection.web.table_files import export_file, wanted_format

MOST = {
    "code": LONGEST_CODE,
    "name": LONGEST_NAME,
    "visits": MOST_VISITS,
    "weeks": MOST_WEEKS,
    "days": MOST_DAYS,
    "ahead": MOST_AHEAD,
}


class PauseForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whether the schedule is to rest."""

    running: Running


@get("/schedules", opt=needs(Action.SCHEDULE_EDIT))
async def show_schedules(request: WebRequest) -> Response[str] | Stream:
    """The schedules of the caller's part of the tree."""
    query = query_of(request, ListQuery, unknown=Unknown.IGNORED)
    tools, actor = tools_of(request), actor_of(request)
    if format := wanted_format(request):
        export = schedule_export(tools, actor, query.asked(), language_of(request))
        return await export_file(request, format, export)
    found = await round_schedules.schedule_list(tools, actor, query.asked())
    asked = {"q": query.q, "sort": query.sort}
    return page(request, "schedules.html", {"found": found, "asked": asked, "cursor": query.cursor})


@get("/schedules/new", opt=needs(Action.SCHEDULE_EDIT))
async def new_schedule(request: WebRequest) -> Response[str]:
    """An empty form."""
    return await _form_page(request, None)


@post("/schedules", opt=needs(Action.SCHEDULE_EDIT))
async def add(request: WebRequest) -> Response[str] | Redirect:
    """Keep a new schedule; refused, the form comes back as it was filled in."""
    try:
        form = await form_of(request, ScheduleForm)
        await round_schedules.add_schedule(tools_of(request), actor_of(request), form.plan())
    except Refusal as refusal:
        return await _form_page(request, None, await refused_form(request, refusal))
    return then(f"/schedules/{form.code.strip()}", "round_saved")


@get("/schedules/{code:str}", opt=needs(Action.SCHEDULE_EDIT))
async def show_schedule(request: WebRequest, code: FromPath[str]) -> Response[str]:
    """One schedule: its form, and the rounds it made."""
    found = await round_schedules.schedule_of(tools_of(request), actor_of(request), code)
    return await _form_page(request, found)


@post("/schedules/{code:str}/revisions", opt=needs(Action.SCHEDULE_EDIT))
async def revise(request: WebRequest, code: FromPath[str]) -> Response[str] | Redirect:
    """Change what the next round will be; a conflict shows both."""
    try:
        form = await form_of(request, ScheduleForm)
        await round_schedules.edit_schedule(
            tools_of(request), actor_of(request), code, form.plan(), form.seen
        )
    except Refusal as refusal:
        return await _refused_page(request, code, refusal)
    return then(f"/schedules/{form.code.strip()}", "round_saved")


@post("/schedules/{code:str}/pauses", opt=needs(Action.SCHEDULE_EDIT))
async def pause(request: WebRequest, code: FromPath[str]) -> Response[str] | Redirect:
    """Let it rest, or go on."""
    try:
        form = await form_of(request, PauseForm)
        await round_schedules.pause_schedule(
            tools_of(request), actor_of(request), code, form.running
        )
    except Refusal as refusal:
        return await _refused_page(request, code, refusal)
    return then(f"/schedules/{code}", f"schedule_{form.running.value}")


async def _refused_page(request: WebRequest, code: str, refusal: Refusal) -> Response[str]:
    found = await round_schedules.schedule_of(tools_of(request), actor_of(request), code)
    refused = await refused_form(request, refusal)
    return await _form_page(
        request, found, refused, is_overtaken=isinstance(refusal, ScheduleChanged)
    )


async def _form_page(
    request: WebRequest,
    found: ScheduleShown | None,
    refused: RefusedForm | None = None,
    *,
    is_overtaken: bool = False,
) -> Response[str]:
    now = schedule_fields(found)
    typed = typed_fields(now, refused)
    content = {
        "schedule": found,
        "options": await round_details.round_options(actor_of(request)),
        "form": typed,
        "theirs": {name: now[name] for name in now if is_overtaken and now[name] != typed[name]},
        "kinds": VISIT_KINDS,
        "recurrences": tuple(Recurrence),
        "most": MOST,
        "problem": refused.problem if refused else None,
    }
    path = f"/schedules/{found.row.code}" if found else "/schedules/new"
    status = refused.problem.status if refused else 200
    return page(request, "schedule.html", content, status=status, path=path)


ROUTES = [show_schedules, new_schedule, add, show_schedule, revise, pause]
