"""/rescores: judging a round's visits by another version of their rubric."""

from typing import Annotated, Literal

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Stream
from msgspec import Meta

from inspection.domain.access import Action
from inspection.domain.form import Unknown
from inspection.domain.listing import ListQuery
from inspection.domain.refusals import NotFound, Refusal
from inspection.domain.rescores.rescore_run import LONGEST_REASON, RescoreState
from inspection.services.rescores import rescore_views, rescores
from inspection.services.rescores.rescore_exports import card_export, rescore_export
from inspection.services.rescores.rescore_views import RescoreDetail
from inspection.web.decoding import query_of
from inspection.web.forms import form_of
from inspection.web.guards import needs
from inspection.web.languages import language_of
from inspection.web.pages.links import then
from inspection.web.pages.refused_forms import RefusedForm, refused_form
from inspection.web.pages.rendering import page
from inspection.web.session import WebRequest, actor_of, tools_of
from inspection.web.table_files import export_file, wanted_format

Shown = Literal["changed", "stuck", "same", "differs", "gone", "notices", "all"]

Digest = Annotated[str, Meta(max_length=64)]


class NewQuery(msgspec.Struct, frozen=True):
    """What the address of a new re-score may say."""

    round: Annotated[str, Meta(max_length=40)] = ""


class CardsQuery(ListQuery, frozen=True):
    """What the address of a re-score may say."""

    show: Shown = "changed"


class NewForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is to be judged anew; a version that was not chosen is refused with the others."""

    round: Annotated[str, Meta(max_length=40)]
    from_version: Digest = ""
    to_version: Digest = ""


class ConfirmForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The decision as the page sends it, with the dry run it showed."""

    seen: Digest
    reason: str = ""


class PlainForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Nothing but the button."""


@get("/rescores", opt=needs(Action.RESCORE_READ))
async def show_rescores(request: WebRequest) -> Response[str] | Stream:
    """The re-scores, latest first."""
    query = query_of(request, ListQuery, unknown=Unknown.IGNORED)
    if format := wanted_format(request):
        export = rescore_export(actor_of(request), query.asked(), language_of(request))
        return await export_file(request, format, export)
    found = await rescore_views.rescore_page(actor_of(request), query.asked())
    asked = {"q": query.q, "sort": query.sort}
    content = {"found": found, "asked": asked, "cursor": query.cursor}
    return page(request, "rescores.html", content)


@get("/rescores/new", opt=needs(Action.RESCORE_RUN))
async def choose(request: WebRequest) -> Response[str]:
    """What a new re-score can be about."""
    code = query_of(request, NewQuery, unknown=Unknown.IGNORED).round
    return await _new_page(request, code)


@post("/rescores", opt=needs(Action.RESCORE_RUN))
async def ask(request: WebRequest) -> Response[str] | Redirect:
    """Have a dry run made."""
    tools, actor, code = tools_of(request), actor_of(request), ""
    try:
        form = await form_of(request, NewForm)
        code = form.round
        rescore = await rescores.ask_rescore(
            tools, actor, form.round, form.from_version, form.to_version
        )
    except NotFound:
        raise
    except Refusal as refusal:
        return await _new_page(request, code, await refused_form(request, refusal))
    return then(f"/rescores/{rescore}", "rescore_asked")


@get("/rescores/{id:str}", opt=needs(Action.RESCORE_READ))
async def show_rescore(request: WebRequest, id: FromPath[str]) -> Response[str] | Stream:
    """One re-score with its cards."""
    if format := wanted_format(request):
        query = query_of(request, CardsQuery, unknown=Unknown.IGNORED)
        actor, language = actor_of(request), language_of(request)
        export = card_export(actor, id, query.show, query.asked(), language)
        return await export_file(request, format, export)
    return await _page(request, id)


@post("/rescores/{id:str}/confirmations", opt=needs(Action.RESCORE_RUN))
async def confirm(request: WebRequest, id: FromPath[str]) -> Response[str] | Redirect:
    """Have the revisions written; refused, the page comes back with the reason as it was typed."""
    try:
        form = await form_of(request, ConfirmForm)
        await rescores.confirm_rescore(
            tools_of(request), actor_of(request), id, form.reason, form.seen
        )
    except Refusal as refusal:
        return await _page(request, id, await refused_form(request, refusal))
    return then(f"/rescores/{id}", "rescore_confirmed")


@post("/rescores/{id:str}/cancellations", opt=needs(Action.RESCORE_RUN))
async def cancel(request: WebRequest, id: FromPath[str]) -> Response[str] | Redirect:
    """Let nothing come of it."""
    try:
        await form_of(request, PlainForm)
        await rescores.cancel_rescore(tools_of(request), actor_of(request), id)
    except Refusal as refusal:
        return await _page(request, id, await refused_form(request, refusal))
    return then(f"/rescores/{id}", "rescore_cancelled")


@post("/rescores/{id:str}/resumptions", opt=needs(Action.RESCORE_RUN))
async def resume(request: WebRequest, id: FromPath[str]) -> Redirect:
    """Have a job that failed for good tried again."""
    await form_of(request, PlainForm)
    await rescores.resume_rescore(tools_of(request), actor_of(request), id)
    return then(f"/rescores/{id}", "rescore_resumed")


async def _new_page(
    request: WebRequest, code: str, refused: RefusedForm | None = None
) -> Response[str]:
    choices = await rescore_views.rescore_choices(actor_of(request), "" if refused else code)
    if refused and any(each.code == code for each in choices.rounds):
        choices = await rescore_views.rescore_choices(actor_of(request), code)
    content = {
        "choices": choices,
        "typed": {
            "from": refused.typed("from_version") if refused else "",
            "to": refused.typed("to_version") if refused else "",
        },
        "problem": refused.problem if refused else None,
    }
    status = refused.problem.status if refused else 200
    return page(request, "rescore-new.html", content, status=status, path="/rescores/new")


async def _page(
    request: WebRequest, rescore: str, refused: RefusedForm | None = None
) -> Response[str]:
    actor = actor_of(request)
    query = CardsQuery() if refused else query_of(request, CardsQuery, unknown=Unknown.IGNORED)
    detail = await rescore_views.rescore_detail(actor, rescore)
    cards = await rescore_views.card_page(actor, rescore, query.show, query.asked())
    content = {
        "rescore": detail,
        "cards": cards,
        "tabs": _tabs(detail),
        "asked": {"show": query.show, "q": query.q, "sort": query.sort},
        "cursor": query.cursor,
        "most_reason": LONGEST_REASON,
        "typed_reason": refused.typed("reason") if refused else "",
        "problem": refused.problem if refused else None,
    }
    status = refused.problem.status if refused else 200
    return page(request, "rescore.html", content, status=status, path=_path(rescore, refused))


def _path(rescore: str, refused: RefusedForm | None) -> str:
    return f"/rescores/{rescore}" if refused else ""


def _tabs(detail: RescoreDetail) -> list[tuple[str, int]]:
    """The parts of the list worth a look, with how many cards each has."""
    found, fates = detail.found, detail.fates
    cards = found.cards + fates.late
    tabs = [
        ("changed", found.changed),
        ("stuck", found.stuck),
        ("same", found.cards - found.changed - found.stuck),
    ]
    if found.state in {RescoreState.WRITING, RescoreState.DONE, RescoreState.STOPPED}:
        tabs = [
            *tabs,
            ("notices", fates.disagreeing),
            ("differs", max(fates.differs, fates.late)),
            ("gone", fates.gone + fates.locked),
        ]
    return [*tabs, ("all", cards)]


ROUTES = [show_rescores, choose, ask, show_rescore, confirm, cancel, resume]
