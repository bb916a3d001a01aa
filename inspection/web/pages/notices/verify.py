"""What anybody with the code on paper may check: that the notice exists, and a PDF of it."""

from litestar import Response, get, post
from litestar.params import FromPath

from inspection.domain.access import Action
from inspection.services.notices import notice_verifying
from inspection.services.notices.notice_verifying import Match
from inspection.web.addresses import client_address
from inspection.web.guards import needs
from inspection.web.pages.rendering import page
from inspection.web.session import WebRequest, tools_of
from inspection.web.uploads import upload_of


@get("/verify/{token:str}", opt=needs(Action.PUBLIC))
async def verify(request: WebRequest, token: FromPath[str]) -> Response[str]:
    """Number, issuer, day, state, check code and digest of a notice, and nothing else."""
    return await _page(request, token)


@post("/verify/{token:str}/checks", opt=needs(Action.PUBLIC))
async def check(request: WebRequest, token: FromPath[str]) -> Response[str]:
    """Whether a PDF is the one that was issued; it is read and let go."""
    sent = await upload_of(request)
    match = await notice_verifying.check_pdf(
        tools_of(request), token, client_address(request), sent.content
    )
    return await _page(request, token, match)


async def _page(request: WebRequest, token: str, match: Match | None = None) -> Response[str]:
    content = {
        "notice": await notice_verifying.verify_notice(token),
        "token": token,
        "match": match,
    }
    return page(request, "verify.html", content, path=f"/verify/{token}" if match else "")


ROUTES = [verify, check]
