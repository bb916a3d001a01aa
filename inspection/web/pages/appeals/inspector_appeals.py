"""Appeals about an inspector's visits, on a plain page: what they are asked, what was decided."""

from litestar import Response

from inspection.domain.appeals.appeal import TEXT
from inspection.services.appeals.inspector_appeals import asked_appeals, inspector_appeal
from inspection.web.pages.refused_forms import RefusedForm, first_typed
from inspection.web.pages.rendering import page
from inspection.web.session import WebRequest, actor_of


async def show_own(request: WebRequest) -> Response[str]:
    """Open questions first."""
    found = await asked_appeals(actor_of(request))
    return page(request, "inspector-appeals.html", {"rows": found})


async def appeal_page(
    request: WebRequest, appeal: str, refused: RefusedForm | None = None
) -> Response[str]:
    """One of them, with room for an answer."""
    content = {
        "appeal": await inspector_appeal(actor_of(request), appeal),
        "typed": first_typed(refused),
        "most": TEXT,
        "problem": refused.problem if refused else None,
    }
    status = refused.problem.status if refused else 200
    return page(request, "inspector-appeal.html", content, status=status, path=f"/appeals/{appeal}")
