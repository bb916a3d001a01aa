"""One store through its rounds."""

from litestar import Response, get
from litestar.params import FromPath

from inspection.domain.access import Action
from inspection.services import rankings
from inspection.web.guards import needs
from inspection.web.pages.charts import Point
from inspection.web.pages.rendering import page
from inspection.web.session import WebRequest, actor_of, tools_of


@get("/stores/{code:str}", opt=needs(Action.STORE_READ))
async def show_store(request: WebRequest, code: FromPath[str]) -> Response[str]:
    """Everything published about a store: scores, places, sections, notices."""
    found = await rankings.store_results(tools_of(request), actor_of(request), code)
    trend = [
        Point(round_.round.code, round_.score)
        for round_ in reversed(found.rounds)
        if round_.score is not None
    ]
    return page(request, "store.html", {"found": found, "trend": trend})


ROUTES = [show_store]
