"""Looks at stores again: sending somebody, reading what was found, settling the lines."""

from datetime import date, timedelta
from typing import Annotated, Literal

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Stream
from msgspec import Meta

from inspection.domain.access import Action
from inspection.domain.form import Unknown
from inspection.domain.listing import ListQuery
from inspection.domain.refusals import Fault, NotFound, Refusal
from inspection.domain.refusals.rectification import ReinspectionRefused
from inspection.services.rectifications import reinspection_settling, reinspections
from inspection.services.rectifications.reinspection_details import (
    LineLook,
    look_detail,
    look_photo,
    verdict_photo,
)
from inspection.services.rectifications.reinspection_exports import look_export
from inspection.services.rectifications.reinspection_list import look_list
from inspection.services.rectifications.reinspection_settling import LineOutcome, Outcome, Settling
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

LIST = "/reinspections"
STATES = ("submitted", "open", "settled", "cancelled")
USUAL_DAYS = 7

Short = Annotated[str, Meta(max_length=80)]
Long = Annotated[str, Meta(max_length=2_000)]
MOST_LINES = 200


class LooksQuery(ListQuery, frozen=True):
    """What the address of the list may say."""

    state: Literal["", "submitted", "open", "settled", "cancelled"] = ""


class SendingForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who is sent for which lines, within which days."""

    line: Annotated[tuple[Short, ...], Meta(max_length=MOST_LINES)] = ()
    inspector: Short = ""
    window_from: Short = ""
    window_to: Short = ""


class SettlingForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What becomes of each line, field by field in the order of the page; photos by place."""

    line: Annotated[tuple[Short, ...], Meta(max_length=MOST_LINES)] = ()
    outcome: Annotated[tuple[Outcome, ...], Meta(max_length=MOST_LINES)] = ()
    reason: Annotated[tuple[Long, ...], Meta(max_length=MOST_LINES)] = ()
    shown: Annotated[tuple[int, ...], Meta(max_length=1_000)] = ()


class CancelForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Why nobody is to go, or what was sent is set aside."""

    why: Long = ""


@get(LIST, opt=needs(Action.RECTIFICATION_READ))
async def show_looks(request: WebRequest) -> Response[str] | Stream:
    """A page of looks."""
    query = query_of(request, LooksQuery, unknown=Unknown.IGNORED)
    tools, actor = tools_of(request), actor_of(request)
    if format := wanted_format(request):
        export = look_export(tools, actor, query.asked(), query.state, language_of(request))
        return await export_file(request, format, export)
    found = await look_list(tools, actor, query.asked(), query.state)
    content = {
        "found": found,
        "states": STATES,
        "asked": {"q": query.q, "sort": query.sort, "state": query.state},
        "cursor": query.cursor,
    }
    return page(request, "reinspections.html", content)


@get("/rectifications/{id:str}/reinspections", opt=needs(Action.RECTIFICATION_VERIFY))
async def show_form(request: WebRequest, id: FromPath[str]) -> Response[str]:
    """The form that sends somebody for failed lines."""
    return await _form_page(request, id)


@post("/rectifications/{id:str}/reinspections", opt=needs(Action.RECTIFICATION_VERIFY))
async def send(request: WebRequest, id: FromPath[str]) -> Response[str] | Redirect:
    """Send somebody; refused, the form comes back as it was filled in."""
    try:
        form = await form_of(request, SendingForm)
        said = reinspections.Sending(
            lines=form.line,
            inspector=form.inspector,
            window_from=_day("/window_from", form.window_from),
            window_to=_day("/window_to", form.window_to),
        )
        look = await reinspections.send(tools_of(request), actor_of(request), id, said)
    except NotFound:
        raise
    except Refusal as refusal:
        return await _form_page(request, id, await refused_form(request, refusal))
    return then(f"{LIST}/{look}", "reinspection_sent")


@get("/reinspections/{id:str}", opt=needs(Action.RECTIFICATION_READ))
async def show_look(request: WebRequest, id: FromPath[str]) -> Response[str]:
    """One look: who goes, what was found, what becomes of it."""
    return await _look_page(request, id)


@post("/reinspections/{id:str}/settlements", opt=needs(Action.RECTIFICATION_VERIFY))
async def settle(request: WebRequest, id: FromPath[str]) -> Response[str] | Redirect:
    """Settle its lines; refused, the words come back."""
    try:
        form = await form_of(request, SettlingForm)
        columns = zip(form.line, form.outcome, form.reason, strict=False)
        lines = tuple(LineOutcome(line=a, outcome=b, reason=c) for a, b, c in columns)
        said = Settling(lines=lines, shown=form.shown)
        await reinspection_settling.settle(tools_of(request), actor_of(request), id, said)
    except NotFound:
        raise
    except Refusal as refusal:
        return await _look_page(request, id, await refused_form(request, refusal))
    return then(f"{LIST}/{id}", "reinspection_settled")


@post("/reinspections/{id:str}/cancellations", opt=needs(Action.RECTIFICATION_VERIFY))
async def cancel(request: WebRequest, id: FromPath[str]) -> Response[str] | Redirect:
    """Send nobody after all, or set aside what was sent."""
    try:
        form = await form_of(request, CancelForm)
        await reinspections.call_off(tools_of(request), actor_of(request), id, form.why)
    except NotFound:
        raise
    except Refusal as refusal:
        return await _look_page(request, id, await refused_form(request, refusal))
    return then(f"{LIST}/{id}", "reinspection_cancelled")


@get("/reinspections/{id:str}/photos/{name:str}", opt=needs(Action.RECTIFICATION_READ))
async def show_photo(
    request: WebRequest, id: FromPath[str], name: FromPath[str]
) -> Response[bytes]:
    """A photo of a look by its place: `1.jpg`."""
    photo = await look_photo(tools_of(request), actor_of(request), id, place_in(name))
    return files.placed_jpeg(request, photo)


@get("/verdicts/{id:str}/photos/{name:str}", opt=needs(Action.NOTICE_READ))
async def show_verdict_photo(
    request: WebRequest, id: FromPath[str], name: FromPath[str]
) -> Response[bytes]:
    """A photo of a verdict that its store may see: `1.jpg`."""
    photo = await verdict_photo(tools_of(request), actor_of(request), id, place_in(name))
    return files.placed_jpeg(request, photo)


def _day(at: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ReinspectionRefused(faults=(Fault(at, "assignment.no_day"),)) from None


async def _form_page(
    request: WebRequest, line: str, refused: RefusedForm | None = None
) -> Response[str]:
    found = await reinspections.choices(tools_of(request), actor_of(request), line)
    last = found.today + timedelta(days=USUAL_DAYS)
    usual = {
        "inspector": "",
        "window_from": found.today.isoformat(),
        "window_to": last.isoformat(),
    }
    content = {
        "found": found,
        "line": line,
        "ticked": refused.fields.get("line", []) if refused else [each.id for each in found.lines],
        "typed": {name: refused.typed(name) if refused else usual[name] for name in usual},
        "problem": refused.problem if refused else None,
    }
    status = refused.problem.status if refused else 200
    path = f"/rectifications/{line}/reinspections"
    return page(request, "reinspection-new.html", content, status=status, path=path)


async def _look_page(
    request: WebRequest, look: str, refused: RefusedForm | None = None
) -> Response[str]:
    found = await look_detail(actor_of(request), look)
    outcomes = [_outcome(line) for line in found.lines]
    reasons = [line.reason for line in found.lines]
    content = {
        "found": found,
        "outcomes": refused.column("outcome", outcomes) if refused else outcomes,
        "reasons": refused.column("reason", reasons) if refused else reasons,
        "shown": refused.fields.get("shown", []) if refused else [],
        "why": refused.typed("why") if refused else "",
        "problem": refused.problem if refused else None,
    }
    status = refused.problem.status if refused else 200
    return page(request, "reinspection.html", content, status=status, path=f"{LIST}/{look}")


def _outcome(line: LineLook) -> str:
    """What is proposed: nothing for a line that was settled otherwise or could not be judged."""
    return "left" if not line.settles or line.finding == "undecided" else line.finding


ROUTES = [
    show_looks,
    show_form,
    send,
    show_look,
    settle,
    cancel,
    show_photo,
    show_verdict_photo,
]
