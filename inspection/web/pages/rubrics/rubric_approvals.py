"""/rubric-drafts/{id}/approval: what is different, what is wrong, and the step to take next."""

from typing import Annotated, Literal

import msgspec
from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from msgspec import Meta

from inspection.domain.access import Action, granted
from inspection.domain.refusals import Refusal
from inspection.domain.rubrics.rubric_comparison import compare
from inspection.domain.rubrics.rubric_draft import MOST_REASON, DraftMove, allowed
from inspection.services.rubrics import rubric_lists
from inspection.services.rubrics.rubric_approvals import (
    Judgement,
    decide_draft,
    publish_draft,
    rebase_draft,
    recall_draft,
    submit_draft,
)
from inspection.services.rubrics.rubric_comparisons import base_of
from inspection.services.rubrics.rubric_drafts import RubricDraft, discard_draft, draft_of
from inspection.web.forms import form_of
from inspection.web.guards import needs
from inspection.web.pages.links import then
from inspection.web.pages.refused_forms import refused_form
from inspection.web.pages.rendering import page
from inspection.web.pages.rubrics.rubric_view import view_of
from inspection.web.session import WebRequest, actor_of, tools_of


class SeenForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A step with a draft as the page showed it."""

    seen: int


class StepForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A step that is the same whatever the draft says."""


class JudgementForm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A decision about a draft as the page showed it."""

    decision: Literal["approve", "veto"]
    seen: int
    reason: Annotated[str, Meta(max_length=2 * MOST_REASON)] = ""


@get("/rubric-drafts/{id:str}/approval", opt=needs(Action.RUBRIC_DRAFT_READ))
async def show_approval(request: WebRequest, id: FromPath[str]) -> Response[str]:
    """Where the draft is on its way, and what the caller can do."""
    return await _approval_page(request, id)


@post("/rubric-drafts/{id:str}/submissions", opt=needs(Action.RUBRIC_DRAFT_EDIT))
async def submit(request: WebRequest, id: FromPath[str]) -> Response[str] | Redirect:
    """Ask a second person for a decision."""
    try:
        form = await form_of(request, SeenForm)
        await submit_draft(tools_of(request), actor_of(request), id, form.seen)
    except Refusal as refusal:
        return await _approval_page(request, id, refusal)
    return _on(id, "rubric_draft_submitted")


@post("/rubric-drafts/{id:str}/recalls", opt=needs(Action.RUBRIC_DRAFT_EDIT))
async def recall(request: WebRequest, id: FromPath[str]) -> Response[str] | Redirect:
    """Take a submission or an approval back."""
    try:
        await form_of(request, StepForm)
        await recall_draft(tools_of(request), actor_of(request), id)
    except Refusal as refusal:
        return await _approval_page(request, id, refusal)
    return then(f"/rubric-drafts/{id}", "rubric_draft_recalled")


@post("/rubric-drafts/{id:str}/decisions", opt=needs(Action.RUBRIC_DRAFT_DECIDE))
async def decide(request: WebRequest, id: FromPath[str]) -> Response[str] | Redirect:
    """Approve or veto; refused, the reason comes back as it was typed."""
    try:
        form = await form_of(request, JudgementForm)
        judgement = Judgement(decision=form.decision, seen=form.seen, reason=form.reason)
        await decide_draft(tools_of(request), actor_of(request), id, judgement)
    except Refusal as refusal:
        return await _approval_page(request, id, refusal)
    return _on(id, "rubric_draft_approved" if form.decision == "approve" else "rubric_draft_vetoed")


@post("/rubric-drafts/{id:str}/publications", opt=needs(Action.RUBRIC_DRAFT_EDIT))
async def publish(request: WebRequest, id: FromPath[str]) -> Response[str] | Redirect:
    """Make an approved draft the version in force."""
    try:
        await form_of(request, StepForm)
        version = await publish_draft(tools_of(request), actor_of(request), id)
    except Refusal as refusal:
        return await _approval_page(request, id, refusal)
    return then(f"/rubrics/versions/{version.digest}", "rubric_published")


@post("/rubric-drafts/{id:str}/bases", opt=needs(Action.RUBRIC_DRAFT_EDIT))
async def rebase(request: WebRequest, id: FromPath[str]) -> Response[str] | Redirect:
    """Go on from the version in force."""
    try:
        form = await form_of(request, SeenForm)
        await rebase_draft(tools_of(request), actor_of(request), id, form.seen)
    except Refusal as refusal:
        return await _approval_page(request, id, refusal)
    return _on(id, "rubric_draft_rebased")


@post("/rubric-drafts/{id:str}/discards", opt=needs(Action.RUBRIC_DRAFT_EDIT))
async def discard(request: WebRequest, id: FromPath[str]) -> Response[str] | Redirect:
    """Throw the draft away."""
    try:
        form = await form_of(request, SeenForm)
        await discard_draft(tools_of(request), actor_of(request), id, form.seen)
    except Refusal as refusal:
        return await _approval_page(request, id, refusal)
    return then("/rubric-drafts", "rubric_draft_discarded")


def _on(draft: str, said: str) -> Redirect:
    return then(f"/rubric-drafts/{draft}/approval", said)


async def _approval_page(
    request: WebRequest, draft: str, refusal: Refusal | None = None
) -> Response[str]:
    actor = actor_of(request)
    found = await draft_of(actor, draft)
    refused = await refused_form(request, refusal) if refusal else None
    base = await base_of(actor, found)
    content = {
        "draft": found,
        "view": view_of(found.document),
        "base": base,
        "compared": compare(base.document, found.document) if base.row else None,
        "decisions": await rubric_lists.decisions_about(actor, draft),
        "steps": _steps(request, found),
        "most_reason": MOST_REASON,
        "typed_reason": refused.typed("reason") if refused else "",
        "problem": refused.problem if refused else None,
    }
    status = refused.problem.status if refused else 200
    path = f"/rubric-drafts/{draft}/approval"
    return page(request, "rubric-approval.html", content, status=status, path=path)


def _steps(request: WebRequest, draft: RubricDraft) -> frozenset[str]:
    """What the caller may do with the draft now."""
    role = actor_of(request).role
    writes = granted(role, Action.RUBRIC_DRAFT_EDIT)
    decides = granted(role, Action.RUBRIC_DRAFT_DECIDE) and not draft.wrote_in_it
    judging = {DraftMove.APPROVE, DraftMove.VETO}
    return frozenset(
        step.value
        for step in DraftMove
        if allowed(draft.state, step) and (decides if step in judging else writes)
    )


ROUTES = [show_approval, submit, recall, decide, publish, rebase, discard]
