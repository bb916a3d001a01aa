"""The web application, built from its tools: routes, guard, problems, headers."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager

from litestar import Litestar
from litestar.datastructures import State
from litestar.exceptions import HTTPException

from inspection.domain.refusals import NotSignedIn, Refusal, SecondStepMissing
from inspection.domain.refusals.accounts import ProofNeeded
from inspection.services.tools import Tools
from inspection.settings import Settings
from inspection.web import api, pages
from inspection.web.bodies import LARGEST_BODY
from inspection.web.guards import admit, check_declared
from inspection.web.headers import add_headers
from inspection.web.problems import failed, refused, refused_by_router
from inspection.web.shell import bound_mounts, shell_routes

Lifespan = Callable[[Litestar], AbstractAsyncContextManager[None]]


def create_app(tools: Tools, settings: Settings, lifespan: Sequence[Lifespan] = ()) -> Litestar:
    """The whole application. Raises ActionMissing when a route does not say which action it is."""
    app = Litestar(
        route_handlers=[*api.ROUTES, *pages.ROUTES, *shell_routes()],
        guards=[admit],
        before_request=pages.count_awaited,
        exception_handlers={
            Refusal: refused,
            NotSignedIn: pages.session_ended,
            SecondStepMissing: pages.second_step_missing,
            ProofNeeded: pages.proof_needed,
            HTTPException: refused_by_router,
            Exception: failed,
        },
        before_send=[add_headers],
        lifespan=list(lifespan),
        state=State({"tools": tools, "settings": settings}),
        request_max_body_size=LARGEST_BODY,
        openapi_config=None,
        logging_config=None,
        debug=False,
    )
    check_declared(app)
    bound_mounts(app)
    return app
