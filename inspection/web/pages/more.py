"""The menu's second part as a page, for phones, whose bar has no room for it."""

from litestar import Response, get

from inspection.domain.access import Action
from inspection.domain.refusals import NotFound
from inspection.web.guards import needs
from inspection.web.pages.menu import setup_for
from inspection.web.pages.rendering import page
from inspection.web.session import WebRequest, actor_of


@get("/more", opt=needs(Action.SESSION_READ))
async def show_more(request: WebRequest) -> Response[str]:
    """Where else the caller can go. Raises NotFound for those who have no second part."""
    if not setup_for(actor_of(request), "/more"):
        raise NotFound(noun="page")
    return page(request, "more.html", {})


ROUTES = [show_more]
