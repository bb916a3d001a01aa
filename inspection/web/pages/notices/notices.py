"""One notice of the staff's, its draft and its sign-off."""

from datetime import timedelta

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from inspection.domain.access import Action
from inspection.domain.deadline import HoursKind
from inspection.domain.refusals import BodyRefused, DraftChanged, Fault, Refusal
from inspection.domain.working_time import unpublished_years
from inspection.services.notices import notices
from inspection.services.notices.notice_delivery_card import DeliveryCard, delivery_card
from inspection.services.notices.notice_results import LineEdit, NoticeDetail
from inspection.services.notices.store_notice_results import StoreNotice
from inspection.services.rectifications.similar_cases import cases_like_lines
from inspection.services.tools import Tools
from inspection.web.forms import form_of
from inspection.web.guards import needs
from inspection.web.pages.links import then
from inspection.web.pages.notices import store_notices
from inspection.web.pages.refused_forms import RefusedForm, first_typed, refused_form
from inspection.web.pages.rendering import page
from inspection.web.pages.visits.draft_fields import demands_shown, lines_shown, unsaved
from inspection.web.session import WebRequest, actor_of, tools_of

LONGEST = timedelta(days=30)
"""No deadline is set further ahead."""


class DraftForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A draft as the page sends it: a field of each kind for every line, in the lines' order, and
    the version the page showed; the lines that were ticked, and the one a button stood beside.
    """

    number: tuple[int, ...]
    problem: tuple[str, ...]
    requirement: tuple[str, ...]
    responsible: tuple[str, ...]
    hours: tuple[int, ...]
    hours_kind: tuple[HoursKind, ...]
    seen: str
    demands: str = ""
    chosen: tuple[int, ...] = ()
    line: int = 0

    def lines(self) -> tuple[LineEdit, ...]:
        """One edit per line. Raises BodyRefused when a line lacks a field."""
        columns = (
            self.number,
            self.problem,
            self.requirement,
            self.responsible,
            self.hours,
            self.hours_kind,
        )
        if len({len(column) for column in columns}) > 1:
            raise BodyRefused(faults=(Fault("/number", "body.missing_field"),))
        names = LineEdit.__struct_fields__
        return tuple(
            msgspec.convert(dict(zip(names, line, strict=True)), LineEdit)
            for line in zip(*columns, strict=True)
        )

    def demand_lines(self) -> tuple[str, ...]:
        """The demands, one per line that says something."""
        return tuple(line.strip() for line in self.demands.split("\n") if line.strip())


@get("/notices/{id:str}", opt=needs(Action.NOTICE_READ))
async def show_notice(request: WebRequest, id: FromPath[str]) -> Response[str]:
    """One notice; the store's first look delivers it."""
    found = await notices.notice_of(tools_of(request), actor_of(request), id)
    if isinstance(found, StoreNotice):
        return await store_notices.own_page(request, found)
    return await _notice_page(request, found)


@post("/notices/{id:str}/lines", opt=needs(Action.NOTICE_EDIT))
async def edit(request: WebRequest, id: FromPath[str]) -> Response[str] | Redirect:
    """Keep a draft's wording; refused, the page comes back with it as it was typed."""
    try:
        await keep_draft(request, id)
    except Refusal as refusal:
        return await refused_page(request, id, refusal)
    return then(f"/notices/{id}", "saved")


@post("/notices/{id:str}/prints", opt=needs(Action.NOTICE_SIGN))
async def print_again(request: WebRequest, id: FromPath[str]) -> Response[str] | Redirect:
    """Have the PDF laid out again after that was given up."""
    try:
        await notices.print_again(tools_of(request), actor_of(request), id)
    except Refusal as refusal:
        return await refused_page(request, id, refusal)
    return then(f"/notices/{id}", "printing")


async def keep_draft(request: WebRequest, notice: str) -> str:
    """Keep the draft as the page shows it; the version it then has."""
    form = await form_of(request, DraftForm)
    return await notices.edit_notice(
        tools_of(request), actor_of(request), notice, form.lines(), form.demand_lines(), form.seen
    )


async def refused_page(request: WebRequest, notice: str, refusal: Refusal) -> Response[str]:
    """The notice with the reason, and with what was typed. A store gets the reason alone."""
    found = await notices.notice_of(tools_of(request), actor_of(request), notice)
    if isinstance(found, StoreNotice):
        raise refusal
    refused = await refused_form(request, refusal)
    # Words that cannot go into the fields again must not look like the notice's own.
    apart = not found.can_edit or isinstance(refusal, DraftChanged)
    return await _notice_page(request, found, refused, apart=apart)


async def _notice_page(
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
        "delivery": await _delivery(request, found),
        "typed": first_typed(refused),
        "seen": form.typed("seen") if form else found.version,
        "unsaved": unsaved(found, refused) if apart and refused else [],
        "reason": refused.typed("reason") if refused else "",
        "void_reason": refused.typed("void_reason") if refused else "",
        "chosen": refused.fields.get("chosen", []) if refused else [],
        "cases": await cases_like_lines(actor_of(request), found.id) if found.can_edit else {},
        "unpublished": _unpublished(tools_of(request)) if found.can_edit else (),
        "problem": refused.problem if refused else None,
    }
    status = refused.problem.status if refused else 200
    return page(request, "notice.html", content, status=status, path=f"/notices/{found.id}")


async def _delivery(request: WebRequest, found: NoticeDetail) -> DeliveryCard | None:
    if found.number is None:
        return None
    return await delivery_card(tools_of(request), actor_of(request), found.id)


def _unpublished(tools: Tools) -> tuple[int, ...]:
    """The years a deadline set now may reach whose holidays are not published."""
    now = tools.now()
    return unpublished_years(now, now + LONGEST, tools.calendar)


ROUTES = [show_notice, edit, print_again]
