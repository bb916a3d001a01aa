"""The assignments of a round: looked through, given to somebody else, cancelled, extended."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Annotated, Literal
from urllib.parse import parse_qsl

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Stream
from msgspec import Meta

from inspection.domain.access import Action
from inspection.domain.form import Unknown
from inspection.domain.listing import ListQuery
from inspection.domain.refusals import AssignmentsUnchanged, Fault, Refusal
from inspection.domain.rounds.assignment_changes import MOST_AT_ONCE, read_choice
from inspection.domain.rounds.round_decision import MOST_REASON
from inspection.services.rounds import assignment_changes, assignment_list
from inspection.services.rounds.assignment_list import PAGE, AssignmentPage, AssignmentsAsked
from inspection.services.rounds.round_exports import assignment_export
from inspection.web.decoding import query_of
from inspection.web.forms import form_of
from inspection.web.guards import needs
from inspection.web.languages import language_of
from inspection.web.pages.links import address
from inspection.web.pages.refused_forms import RefusedForm, refused_form
from inspection.web.pages.rendering import page
from inspection.web.session import WebRequest, actor_of, tools_of
from inspection.web.table_files import export_file, wanted_format

State = Literal["", "open", "returned", "submitted", "done", "missed", "cancelled"]
Short = Annotated[str, Meta(max_length=80)]
FILTERS = ("q", "sort", "state", "region", "inspector")


class AssignmentsQuery(ListQuery, frozen=True):
    """What the address of the list may say."""

    state: State = ""
    region: Short = ""
    inspector: Short = ""

    def filters(self) -> dict[str, str]:
        """The same without the place in the list."""
        return {name: getattr(self, name) for name in FILTERS}

    def wanted(self) -> AssignmentsAsked:
        """What the service is asked."""
        return AssignmentsAsked(
            list=msgspec.structs.replace(self.asked(), size=PAGE),
            state=self.state,
            region=self.region,
            inspector=self.inspector,
        )


class ChangeForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was ticked, and every field of the bar: three buttons share one form. `back` is the
    query of the list that was looked at.
    """

    pick: Annotated[tuple[Annotated[str, Meta(max_length=60)], ...], Meta(max_length=400)] = ()
    inspector: Short = ""
    until: Annotated[str, Meta(max_length=20)] = ""
    reason: Annotated[str, Meta(max_length=4 * MOST_REASON)] = ""
    back: Annotated[str, Meta(max_length=1000)] = ""


Change = Callable[[WebRequest, str, ChangeForm], Awaitable[int]]


@get("/rounds/{code:str}/assignments", opt=needs(Action.ASSIGNMENT_EDIT))
async def show_assignments(request: WebRequest, code: FromPath[str]) -> Response[str] | Stream:
    """One page of the assignments at the caller's stores."""
    query = query_of(request, AssignmentsQuery, unknown=Unknown.IGNORED)
    if format := wanted_format(request):
        tools, actor, language = tools_of(request), actor_of(request), language_of(request)
        export = assignment_export(tools, actor, code, query.wanted(), language)
        return await export_file(request, format, export)
    return await _list_page(request, code, query)


@post("/rounds/{code:str}/assignments/reassignments", opt=needs(Action.ASSIGNMENT_EDIT))
async def reassign(request: WebRequest, code: FromPath[str]) -> Response[str] | Redirect:
    """Send somebody else to the stores that were ticked."""
    return await _changed(request, code, _reassign, "reassigned")


@post("/rounds/{code:str}/assignments/cancellations", opt=needs(Action.ASSIGNMENT_EDIT))
async def cancel(request: WebRequest, code: FromPath[str]) -> Response[str] | Redirect:
    """Send nobody there."""
    return await _changed(request, code, _cancel, "visits_cancelled")


@post("/rounds/{code:str}/assignments/extensions", opt=needs(Action.ASSIGNMENT_EDIT))
async def extend(request: WebRequest, code: FromPath[str]) -> Response[str] | Redirect:
    """Give more time."""
    return await _changed(request, code, _extend, "visits_extended")


async def _reassign(request: WebRequest, code: str, form: ChangeForm) -> int:
    chosen = tuple(read_choice(pick) for pick in form.pick)
    return await assignment_changes.reassign(
        tools_of(request), actor_of(request), code, chosen, form.inspector
    )


async def _cancel(request: WebRequest, code: str, form: ChangeForm) -> int:
    chosen = tuple(read_choice(pick) for pick in form.pick)
    return await assignment_changes.cancel(
        tools_of(request), actor_of(request), code, chosen, form.reason
    )


async def _extend(request: WebRequest, code: str, form: ChangeForm) -> int:
    chosen = tuple(read_choice(pick) for pick in form.pick)
    return await assignment_changes.extend(
        tools_of(request), actor_of(request), code, chosen, _day(form.until)
    )


def _day(text: str) -> date:
    try:
        return msgspec.convert(text, date, strict=False)
    except msgspec.ValidationError:
        fault = Fault("/until", "assignment.no_day")
        raise AssignmentsUnchanged(faults=(fault,)) from None


async def _changed(
    request: WebRequest, code: str, change: Change, said: str
) -> Response[str] | Redirect:
    try:
        form = await form_of(request, ChangeForm)
        await change(request, code, form)
    except Refusal as refusal:
        refused = await refused_form(request, refusal)
        back = _query_in(refused.typed("back"))
        return await _list_page(request, code, back, refused)
    query = _query_in(form.back)
    path = address(f"/rounds/{code}/assignments", query.filters(), cursor=query.cursor, said=said)
    return Redirect(path, status_code=303)


def _query_in(back: str) -> AssignmentsQuery:
    """The list that was looked at; what nobody's page wrote there is left out."""
    known = {*FILTERS, "cursor"}
    said = {name: value for name, value in parse_qsl(back) if name in known}
    try:
        return msgspec.convert(said, AssignmentsQuery)
    except msgspec.ValidationError:
        return AssignmentsQuery()


async def _list_page(
    request: WebRequest, code: str, query: AssignmentsQuery, refused: RefusedForm | None = None
) -> Response[str]:
    found = await assignment_list.assignment_list(
        tools_of(request), actor_of(request), code, query.wanted()
    )
    asked = query.filters()
    content = {
        "found": found,
        "round": found.round,
        "asked": asked,
        "cursor": query.cursor,
        "tabs": _tabs(found),
        "ticked": _ticked(refused),
        "typed": {
            name: refused.typed(name) if refused else ""
            for name in ("inspector", "until", "reason")
        },
        "back": address("", asked, cursor=query.cursor).removeprefix("?"),
        "most": {"reason": MOST_REASON, "picks": MOST_AT_ONCE},
        "problem": refused.problem if refused else None,
    }
    status = refused.problem.status if refused else 200
    path = f"/rounds/{code}/assignments"
    return page(request, "assignments.html", content, status=status, path=path if refused else "")


def _ticked(refused: RefusedForm | None) -> set[str]:
    """The assignments that were ticked, whatever became of them since."""
    return {read_choice(pick).id for pick in refused.fields.get("pick", ())} if refused else set()


def _tabs(found: AssignmentPage) -> list[tuple[str, int]]:
    whole = sum(count for state, count in found.counts.items() if state != "missed")
    return [("", whole)] + [
        (state, found.counts.get(state, 0)) for state in assignment_list.states()
    ]


ROUTES = [show_assignments, reassign, cancel, extend]
