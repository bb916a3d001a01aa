"""What anybody with the code on paper may check: that the notice exists."""

from litestar import Response, get
from litestar.params import FromPath

from inspection.domain.access import Action
from inspection.services import notices
from inspection.web.guards import needs
from inspection.web.pages.rendering import page
from inspection.web.session import WebRequest


@get("/verify/{token:str}", opt=needs(Action.PUBLIC))
async def verify(request: WebRequest, token: FromPath[str]) -> Response[str]:
    """Number, issuer, day and check code of a notice, and nothing else."""
    return page(request, "verify.html", {"notice": await notices.verify_notice(token)})


ROUTES = [verify]
