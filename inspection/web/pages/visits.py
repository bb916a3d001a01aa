"""Reviewing: the queue, one visit with its evidence, and the decision."""

from typing import Annotated

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Stream
from msgspec import Meta

from inspection.domain.access import Action, granted
from inspection.domain.form import Unknown
from inspection.domain.refusals import Refusal
from inspection.domain.review import Decision
from inspection.domain.visit import MOST_ATTEMPTS, VisitState
from inspection.services import reviews
from inspection.services.list_exports import visit_export
from inspection.services.review_detail import visit_for_review
from inspection.services.score_revisions import score_then
from inspection.web.decoding import query_of
from inspection.web.forms import form_of
from inspection.web.guards import needs
from inspection.web.languages import language_of
from inspection.web.pages.links import then
from inspection.web.pages.refused_forms import RefusedForm, refused_form
from inspection.web.pages.rendering import page
from inspection.web.pages.table_files import export_file, wanted_format
from inspection.web.session import WebRequest, actor_of, tools_of

SAID = {Decision.APPROVE: "approved", Decision.RETURN: "returned"}


class QueueQuery(msgspec.Struct, frozen=True):
    """What the address of the queue may say."""

    cursor: Annotated[str, Meta(max_length=400)] = ""


class ReviewForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A decision as the page sends it. How long a reason may be is the domain's business."""

    attempt: Annotated[int, Meta(ge=1, le=MOST_ATTEMPTS)]
    decision: Decision
    reason: str = ""


@get("/visits", opt=needs(Action.VISIT_REVIEW))
async def show_queue(request: WebRequest) -> Response[str] | Stream:
    """The visits that wait for a decision, longest wait first."""
    cursor = query_of(request, QueueQuery, unknown=Unknown.IGNORED).cursor
    if format := wanted_format(request):
        export = visit_export(tools_of(request), actor_of(request), language_of(request))
        return await export_file(request, format, export)
    queue = await reviews.review_queue(tools_of(request), actor_of(request), cursor)
    return page(request, "visits.html", {"queue": queue, "cursor": cursor})


@get("/visits/{id:str}", opt=needs(Action.VISIT_READ))
async def show_visit(request: WebRequest, id: FromPath[str]) -> Response[str]:
    """One visit: what was lost, by which evidence, and what to decide."""
    return await _visit_page(request, id)


@post("/visits/{id:str}/reviews", opt=needs(Action.VISIT_REVIEW))
async def review(request: WebRequest, id: FromPath[str]) -> Response[str] | Redirect:
    """Approve or return; refused, the page comes back with the reason as it was typed."""
    try:
        form = await form_of(request, ReviewForm)
        await reviews.review_visit(
            tools_of(request), actor_of(request), id, form.attempt, form.decision, form.reason
        )
    except Refusal as refusal:
        return await _visit_page(request, id, await refused_form(request, refusal))
    return then(f"/visits/{id}", SAID[form.decision])


@get(
    "/visits/{id:str}/scores/{attempt:int}/{revision:int}",
    opt=needs(Action.VISIT_READ),
)
async def show_score(
    request: WebRequest, id: FromPath[str], attempt: FromPath[int], revision: FromPath[int]
) -> Response[str]:
    """A score as it was given, also one that does not count any more."""
    found = await score_then(actor_of(request), id, attempt, revision)
    return page(request, "visit-score.html", {"score": found})


async def _visit_page(
    request: WebRequest, visit: str, refused: RefusedForm | None = None
) -> Response[str]:
    actor = actor_of(request)
    found = await visit_for_review(actor, visit)
    content = {
        "visit": found,
        "can_decide": found.state == VisitState.SUBMITTED
        and granted(actor.role, Action.VISIT_REVIEW),
        "problem": refused.problem if refused else None,
        "typed_reason": refused.typed("reason") if refused else "",
    }
    status = refused.problem.status if refused else 200
    return page(request, "visit.html", content, status=status, path=f"/visits/{found.visit}")


ROUTES = [show_queue, show_visit, review, show_score]
