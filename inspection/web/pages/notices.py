"""The staff's notices: the list of a round, one notice, its draft and its sign-off."""

from typing import Annotated, Literal

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Stream
from msgspec import Meta

from inspection.domain.access import Action, Role
from inspection.domain.form import Unknown
from inspection.domain.refusals import BodyRefused, DraftChanged, Fault, MoveRefused, Refusal
from inspection.services import notices, rankings
from inspection.services.list_exports import notice_export
from inspection.services.notice_list import staff_notice_list
from inspection.services.notice_results import (
    LineEdit,
    NoticeDetail,
    NoticeList,
    NoticesAsked,
    StoreNotice,
)
from inspection.web.decoding import query_of
from inspection.web.forms import form_of
from inspection.web.guards import needs
from inspection.web.languages import language_of
from inspection.web.pages import store_notices
from inspection.web.pages.draft_fields import demands_shown, lines_shown, unsaved
from inspection.web.pages.links import then
from inspection.web.pages.refused_forms import RefusedForm, refused_form
from inspection.web.pages.rendering import page
from inspection.web.pages.table_files import export_file, wanted_format
from inspection.web.session import WebRequest, actor_of, tools_of

State = Literal["", "draft", "issued", "delivered", "acknowledged", "overdue"]

TABS = ("overdue", "draft", "issued", "delivered", "acknowledged")


class NoticesQuery(msgspec.Struct, frozen=True):
    """What the address of the list may say."""

    state: State = ""
    round: Annotated[str, Meta(max_length=80)] = ""
    region: Annotated[str, Meta(max_length=80)] = ""
    cursor: Annotated[str, Meta(max_length=400)] = ""

    def asked(self) -> NoticesAsked:
        """The same as the service is asked."""
        return NoticesAsked(
            state=self.state, round=self.round, region_path=self.region, cursor=self.cursor
        )


class DraftForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A draft as the page sends it: a field of each kind for every line, in the lines' order, and
    the version the page showed.
    """

    number: tuple[int, ...]
    problem: tuple[str, ...]
    requirement: tuple[str, ...]
    responsible: tuple[str, ...]
    hours: tuple[int, ...]
    seen: str
    demands: str = ""

    def lines(self) -> tuple[LineEdit, ...]:
        """One edit per line. Raises BodyRefused when a line lacks a field."""
        columns = (self.number, self.problem, self.requirement, self.responsible, self.hours)
        if len({len(column) for column in columns}) > 1:
            raise BodyRefused(faults=(Fault("/number", "body.missing_field"),))
        return tuple(
            LineEdit(
                number=number,
                problem=problem,
                requirement=requirement,
                responsible=responsible,
                hours=hours,
            )
            for number, problem, requirement, responsible, hours in zip(*columns, strict=True)
        )

    def demand_lines(self) -> tuple[str, ...]:
        """The demands, one per line that says something."""
        return tuple(line.strip() for line in self.demands.split("\n") if line.strip())


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
        export = notice_export(tools_of(request), actor, query.asked(), language)
        return await export_file(request, format, export)
    found = await staff_notice_list(tools_of(request), actor, query.asked())
    content = {
        "found": found,
        "tabs": _tabs(found),
        "rounds": rounds,
        "round": query.round or rounds[0].round.code,
        "regions": await rankings.region_choices(actor),
        "asked": {"state": query.state, "round": query.round, "region": query.region},
        "cursor": query.cursor,
    }
    return page(request, "notices.html", content)


@get("/notices/{id:str}", opt=needs(Action.NOTICE_READ))
async def show_notice(request: WebRequest, id: FromPath[str]) -> Response[str]:
    """One notice; the store's first look delivers it."""
    found = await notices.notice_of(tools_of(request), actor_of(request), id)
    if isinstance(found, StoreNotice):
        return store_notices.notice_page(request, found)
    return _notice_page(request, found)


@post("/notices/{id:str}/lines", opt=needs(Action.NOTICE_EDIT))
async def edit(request: WebRequest, id: FromPath[str]) -> Response[str] | Redirect:
    """Keep a draft's wording; refused, the page comes back with it as it was typed."""
    try:
        await _keep_draft(request, id)
    except Refusal as refusal:
        return await _refused_page(request, id, refusal)
    return then(f"/notices/{id}", "saved")


@post("/notices/{id:str}/signatures", opt=needs(Action.NOTICE_SIGN))
async def sign(request: WebRequest, id: FromPath[str]) -> Response[str] | Redirect:
    """Keep what the page shows, then sign it off: nobody signs a wording they did not see."""
    try:
        seen = await _keep_what_is_signed(request, id)
        await notices.sign_notice(tools_of(request), actor_of(request), id, seen)
    except Refusal as refusal:
        return await _refused_page(request, id, refusal)
    return then(f"/notices/{id}", "signed")


@post("/notices/{id:str}/prints", opt=needs(Action.NOTICE_SIGN))
async def print_again(request: WebRequest, id: FromPath[str]) -> Response[str] | Redirect:
    """Have the PDF laid out again after that was given up."""
    try:
        await notices.print_again(tools_of(request), actor_of(request), id)
    except Refusal as refusal:
        return await _refused_page(request, id, refusal)
    return then(f"/notices/{id}", "printing")


async def _keep_draft(request: WebRequest, notice: str) -> str:
    form = await form_of(request, DraftForm)
    return await notices.edit_notice(
        tools_of(request), actor_of(request), notice, form.lines(), form.demand_lines(), form.seen
    )


async def _keep_what_is_signed(request: WebRequest, notice: str) -> str | None:
    try:
        return await _keep_draft(request, notice)
    except MoveRefused:
        # Sent twice, the second finds nothing to edit; the same words are the same signature.
        form = await form_of(request, DraftForm)
        sent = (form.lines(), form.demand_lines())
        if not await notices.says_already(actor_of(request), notice, *sent):
            raise
        return None


async def _refused_page(request: WebRequest, notice: str, refusal: Refusal) -> Response[str]:
    found = await notices.notice_of(tools_of(request), actor_of(request), notice)
    if isinstance(found, StoreNotice):
        raise refusal
    refused = await refused_form(request, refusal)
    # Words that cannot go into the fields again must not look like the notice's own.
    apart = not found.can_edit or isinstance(refusal, DraftChanged)
    return _notice_page(request, found, refused, apart=apart)


def _notice_page(
    request: WebRequest,
    found: NoticeDetail,
    refused: RefusedForm | None = None,
    *,
    apart: bool = False,
) -> Response[str]:
    form = None if apart else refused
    content = {
        "notice": found,
        "lines": lines_shown(found, form),
        "demands": demands_shown(found, form),
        "seen": form.typed("seen") if form else found.version,
        "unsaved": unsaved(found, refused) if apart and refused else [],
        "problem": refused.problem if refused else None,
    }
    status = refused.problem.status if refused else 200
    return page(request, "notice.html", content, status=status, path=f"/notices/{found.id}")


def _tabs(found: NoticeList) -> list[tuple[str, int]]:
    counts = {state: int(getattr(found.counts, state)) for state in TABS}
    whole = sum(count for state, count in counts.items() if state != "overdue")
    return [("", whole), *counts.items()]


ROUTES = [show_notices, show_notice, edit, sign, print_again]
