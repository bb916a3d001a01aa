"""Reviewing: the queue, one visit with its evidence, and the decision."""

from typing import Annotated

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect, Stream
from msgspec import Meta

from inspection.domain.access import Action, granted
from inspection.domain.refusals import Refusal, ReviewOwnVisit
from inspection.domain.reviews.review import RETURN_HOURS, Decision, ReviewCase
from inspection.domain.visits.visit import MOST_ATTEMPTS, VisitState
from inspection.services.rankings import rankings
from inspection.services.releases.release_outlook import release_outlook
from inspection.services.reviews import reviews
from inspection.services.reviews.release_texts import release_texts
from inspection.services.reviews.review_detail import visit_for_review
from inspection.services.reviews.review_queue import review_queue, visits_beside
from inspection.services.reviews.review_queue_exports import visit_export
from inspection.services.reviews.score_revisions import score_then
from inspection.web.forms import form_of
from inspection.web.guards import needs
from inspection.web.languages import language_of
from inspection.web.pages.links import address
from inspection.web.pages.refused_forms import RefusedForm, refused_form
from inspection.web.pages.rendering import page
from inspection.web.pages.visits.visit_queries import QueueQuery, queue_query
from inspection.web.session import WebRequest, actor_of, tools_of
from inspection.web.table_files import export_file, wanted_format

SAID = {
    "approved": "approved",
    "published": "released",
    "returned": "returned",
    "submitted": "review_reopened",
}
"""What the page says after a decision, by the state it led to."""


class ReviewForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A decision as the page sends it. How long a reason may be is the domain's business."""

    attempt: Annotated[int, Meta(ge=1, le=MOST_ATTEMPTS)]
    decision: Decision
    reason: str = ""
    hours: int = RETURN_HOURS

    def case(self) -> ReviewCase:
        """What the service is asked; who decides is not for a form to say."""
        return ReviewCase(
            attempt=self.attempt,
            decision=self.decision,
            reason=self.reason,
            hours=self.hours,
            reviewer="",
        )


@get("/visits", opt=needs(Action.VISIT_REVIEW))
async def show_queue(request: WebRequest) -> Response[str] | Stream:
    """The visits that wait for a decision, longest wait first, or went back to be mended."""
    query, actor = queue_query(request), actor_of(request)
    if format := wanted_format(request):
        export = visit_export(tools_of(request), actor, query.asked(), language_of(request))
        return await export_file(request, format, export)
    kept = query.kept()
    content = {
        "found": await review_queue(tools_of(request), actor, query.asked()),
        "asked": kept,
        "cursor": query.cursor,
        "regions": await rankings.region_choices(actor),
        "filtered": any(kept[name] for name in ("q", "round", "region", "flag", "waited", "again")),
    }
    return page(request, "visits.html", content)


@get("/visits/{id:str}", opt=needs(Action.VISIT_READ))
async def show_visit(request: WebRequest, id: FromPath[str]) -> Response[str]:
    """One visit: what was lost, by which evidence, and what to decide."""
    return await _visit_page(request, id)


@post("/visits/{id:str}/reviews", opt=needs(Action.VISIT_REVIEW))
async def review(request: WebRequest, id: FromPath[str]) -> Response[str] | Redirect:
    """Approve or return; refused, the page comes back with the reason as it was typed."""
    try:
        form = await form_of(request, ReviewForm)
        outcome = await reviews.decide_visit(tools_of(request), actor_of(request), id, form.case())
    except Refusal as refusal:
        return await _visit_page(request, id, await refused_form(request, refusal))
    there = address(f"/visits/{id}", queue_query(request).kept(), said=SAID[outcome.state])
    return Redirect(there, status_code=303)


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
    query, reviewing = queue_query(request), granted(actor.role, Action.VISIT_REVIEW)
    found = await visit_for_review(actor, visit)
    own = found.blocked == ReviewOwnVisit.code
    content = {
        "queue": query.kept(),
        "beside": await _beside(request, visit, query) if reviewing else (None, None),
        "visit": found,
        "texts": await release_texts(actor, visit),
        "release": await release_outlook(tools_of(request), actor, visit),
        "can_decide": found.state == VisitState.SUBMITTED and reviewing and not own,
        "own": own,
        "can_reopen": found.can_reopen and reviewing,
        "problem": refused.problem if refused else None,
        "typed_reason": refused.typed("reason") if refused else "",
        "typed_hours": refused.typed("hours", str(RETURN_HOURS)) if refused else RETURN_HOURS,
    }
    status = refused.problem.status if refused else 200
    return page(request, "visit.html", content, status=status, path=f"/visits/{found.visit}")


async def _beside(
    request: WebRequest, visit: str, query: QueueQuery
) -> tuple[str | None, str | None]:
    return await visits_beside(tools_of(request), actor_of(request), query.asked(), visit)


ROUTES = [show_queue, show_visit, review, show_score]
