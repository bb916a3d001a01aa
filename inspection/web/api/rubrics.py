"""Rubrics for the phones: a version never changes, so it is fetched once and kept."""

from litestar import Response, get
from litestar.params import FromPath

from inspection.domain.access import Action
from inspection.services.rubrics import rubrics
from inspection.web.guards import needs
from inspection.web.session import WebRequest, actor_of

CACHE_CONTROL = "private, max-age=31536000, immutable"


@get("/api/rubrics/{digest:str}", opt=needs(Action.RUBRIC_READ))
async def read_rubric(request: WebRequest, digest: FromPath[str]) -> Response[bytes]:
    """The canonical JSON of a published version."""
    body = await rubrics.rubric_body(actor_of(request), digest)
    headers = {"cache-control": CACHE_CONTROL, "etag": f'"{digest}"'}
    if request.headers.get("if-none-match") == headers["etag"]:
        return Response(b"", status_code=304, headers=headers)
    return Response(body, media_type="application/json", headers=headers)


ROUTES = [read_rubric]
