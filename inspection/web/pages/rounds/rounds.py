"""Rounds: the list, one round, and its way from draft to locked."""

from typing import Annotated, Literal

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Stream
from msgspec import Meta

from inspection.domain.access import Action
from inspection.domain.form import Unknown
from inspection.domain.listing import ListQuery
from inspection.domain.refusals import Refusal
from inspection.domain.rounds.round import RoundState
from inspection.domain.rounds.round_decision import MOST_REASON, RoundVerdict
from inspection.services.rounds import coverage, round_decisions, round_details, round_list
from inspection.services.rounds.coverage_exports import coverage_export
from inspection.services.rounds.round_exports import round_export
from inspection.web.decoding import query_of
from inspection.web.forms import form_of
from inspection.web.guards import needs
from inspection.web.languages import language_of
from inspection.web.pages.links import then
from inspection.web.pages.refused_forms import RefusedForm, refused_form
from inspection.web.pages.rendering import page
from inspection.web.session import WebRequest, actor_of, tools_of
from inspection.web.table_files import export_file, wanted_format

State = Literal["", "draft", "submitted", "open", "locked", "discarded"]
SORTS = ("-from", "from", "code", "name", "to")
Reason = Annotated[str, Meta(max_length=4 * MOST_REASON)]


class RoundsQuery(ListQuery, frozen=True):
    """What the address of the list may say."""

    state: State = ""


class SeenForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A step that needs no words; `seen` is the revision the page showed."""

    seen: int = 0


class DecisionForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a second person decides."""

    verdict: RoundVerdict
    seen: int
    reason: Reason = ""


class ReasonForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A step that needs its reason."""

    reason: Reason = ""


class CoverageQuery(ListQuery, frozen=True):
    """Which part of the tree is looked at, and how its stores are listed."""

    region: Annotated[str, Meta(max_length=80)] = ""


@get("/rounds", opt=needs(Action.ROUND_READ))
async def show_rounds(request: WebRequest) -> Response[str] | Stream:
    """The rounds of the caller's part of the tree."""
    query = query_of(request, RoundsQuery, unknown=Unknown.IGNORED)
    if format := wanted_format(request):
        language = language_of(request)
        export = round_export(actor_of(request), query.asked(), query.state, language)
        return await export_file(request, format, export)
    found = await round_list.round_list(actor_of(request), query.asked(), query.state)
    asked = {"q": query.q, "sort": query.sort, "state": query.state}
    content = {
        "found": found,
        "asked": asked,
        "cursor": query.cursor,
        "tabs": _tabs(found.counts, query.state),
        "sorts": SORTS,
    }
    return page(request, "rounds.html", content)


@get("/rounds/{code:str}", opt=needs(Action.ROUND_READ))
async def show_round(request: WebRequest, code: FromPath[str]) -> Response[str]:
    """One round: its rules, how far it is, and what may be done now."""
    return await _round_page(request, code)


@get("/rounds/{code:str}/coverage", opt=needs(Action.ROUND_READ))
async def show_coverage(request: WebRequest, code: FromPath[str]) -> Response[str] | Stream:
    """Visits due, made and missed, from the region down to the store."""
    query = query_of(request, CoverageQuery, unknown=Unknown.IGNORED)
    tools, actor = tools_of(request), actor_of(request)
    if format := wanted_format(request):
        which = (query.region, query.asked())
        export = coverage_export(tools, actor, code, which, language_of(request))
        return await export_file(request, format, export)
    found = await coverage.coverage_of(tools, actor, code, query.region, query.asked())
    content = {
        "found": found,
        "round": found.round,
        "asked": {"region": query.region, "q": query.q, "sort": query.sort},
        "cursor": query.cursor,
    }
    return page(request, "coverage.html", content)


@post("/rounds/{code:str}/submissions", opt=needs(Action.ROUND_EDIT))
async def submit(request: WebRequest, code: FromPath[str]) -> Response[str] | Redirect:
    """Hand the draft in for a second person."""
    try:
        form = await form_of(request, SeenForm)
        await round_decisions.submit_round(tools_of(request), actor_of(request), code, form.seen)
    except Refusal as refusal:
        return await _refused_page(request, code, refusal)
    return then(f"/rounds/{code}", "round_submitted")


@post("/rounds/{code:str}/recalls", opt=needs(Action.ROUND_EDIT))
async def recall(request: WebRequest, code: FromPath[str]) -> Response[str] | Redirect:
    """Take it back to change it."""
    try:
        await round_decisions.recall_round(tools_of(request), actor_of(request), code)
    except Refusal as refusal:
        return await _refused_page(request, code, refusal)
    return then(f"/rounds/{code}", "round_recalled")


@post("/rounds/{code:str}/discards", opt=needs(Action.ROUND_EDIT))
async def discard(request: WebRequest, code: FromPath[str]) -> Response[str] | Redirect:
    """Put a draft out of the way; its page offers to take it up again."""
    try:
        form = await form_of(request, SeenForm)
        await round_decisions.discard_round(tools_of(request), actor_of(request), code, form.seen)
    except Refusal as refusal:
        return await _refused_page(request, code, refusal)
    return then(f"/rounds/{code}", "round_discarded")


@post("/rounds/{code:str}/restorations", opt=needs(Action.ROUND_EDIT))
async def restore(request: WebRequest, code: FromPath[str]) -> Response[str] | Redirect:
    """Take it up again."""
    try:
        await round_decisions.restore_round(tools_of(request), actor_of(request), code)
    except Refusal as refusal:
        return await _refused_page(request, code, refusal)
    return then(f"/rounds/{code}", "round_restored")


@post("/rounds/{code:str}/decisions", opt=needs(Action.ROUND_DECIDE))
async def decide(request: WebRequest, code: FromPath[str]) -> Response[str] | Redirect:
    """Approve or veto; refused, the page comes back with the reason as it was typed."""
    try:
        form = await form_of(request, DecisionForm)
        await round_decisions.decide_round(
            tools_of(request), actor_of(request), code, form.verdict, form.reason, form.seen
        )
    except Refusal as refusal:
        return await _refused_page(request, code, refusal)
    return then(f"/rounds/{code}", f"round_{form.verdict.value}")


@post("/rounds/{code:str}/locks", opt=needs(Action.ROUND_LOCK))
async def lock(request: WebRequest, code: FromPath[str]) -> Response[str] | Redirect:
    """Let the published results stand; what is still open takes a reason."""
    try:
        form = await form_of(request, ReasonForm)
        await round_decisions.close_round(tools_of(request), actor_of(request), code, form.reason)
    except Refusal as refusal:
        return await _refused_page(request, code, refusal)
    return then(f"/rounds/{code}", "round_locked")


@post("/rounds/{code:str}/unlocks", opt=needs(Action.ROUND_LOCK))
async def unlock(request: WebRequest, code: FromPath[str]) -> Response[str] | Redirect:
    """Let the results change again, for a reason."""
    try:
        form = await form_of(request, ReasonForm)
        await round_decisions.reopen_round(tools_of(request), actor_of(request), code, form.reason)
    except Refusal as refusal:
        return await _refused_page(request, code, refusal)
    return then(f"/rounds/{code}", "round_unlocked")


def _tabs(counts: dict[str, int], shown: str) -> list[tuple[str, int]]:
    """All, and each state; the discarded ones stay out of sight while there are none."""
    discarded = RoundState.DISCARDED.value
    tabs = [(state.value, counts.get(state.value, 0)) for state in RoundState]
    everything = sum(count for state, count in tabs if state != discarded)
    seen = [tab for tab in tabs if tab[0] != discarded or tab[1] or shown == discarded]
    return [("", everything), *seen]


async def _refused_page(request: WebRequest, code: str, refusal: Refusal) -> Response[str]:
    return await _round_page(request, code, await refused_form(request, refusal))


async def _round_page(
    request: WebRequest, code: str, refused: RefusedForm | None = None
) -> Response[str]:
    actor = actor_of(request)
    found = await round_details.round_of(actor, code)
    content = {
        "round": found,
        "coverage": await coverage.round_coverage(tools_of(request), actor, found.entry),
        "left": await round_details.left_open(found),
        "moves": {move.value for move in found.moves},
        "typed_reason": refused.typed("reason") if refused else "",
        "most_reason": MOST_REASON,
        "problem": refused.problem if refused else None,
    }
    status = refused.problem.status if refused else 200
    return page(request, "round.html", content, status=status, path=f"/rounds/{code}")


ROUTES = [
    show_rounds,
    show_round,
    show_coverage,
    submit,
    recall,
    discard,
    restore,
    decide,
    lock,
    unlock,
]
