"""A draft of a rubric as a phone shows it: a page for the frame beside the editor."""

from litestar import Response, get
from litestar.params import FromPath

from inspection.domain.access import Action
from inspection.services.rubrics.rubric_drafts import draft_of
from inspection.web.guards import needs
from inspection.web.headers import CONTENT_SECURITY_POLICY
from inspection.web.pages.rendering import page
from inspection.web.session import WebRequest, actor_of

# The one page a page of ours may frame: it has nothing to press that changes anything.
FRAMED = {
    "content-security-policy": CONTENT_SECURITY_POLICY.replace(
        "frame-ancestors 'none'", "frame-ancestors 'self'"
    ),
    "x-frame-options": "SAMEORIGIN",
}


@get("/rubric-drafts/{id:str}/preview", opt=needs(Action.RUBRIC_DRAFT_READ))
async def show_preview(request: WebRequest, id: FromPath[str]) -> Response[str]:
    """The phone's own form, filled with what the editor around it tells it."""
    found = await draft_of(actor_of(request), id)
    answer = page(request, "rubric-preview.html", {"draft": found})
    answer.headers.update(FRAMED)
    return answer


ROUTES = [show_preview]
