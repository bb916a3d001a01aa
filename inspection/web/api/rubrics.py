"""Rubrics for the phones: a version never changes, so it is fetched once and kept."""

from litestar import Response, get
from litestar.params import FromPath

from inspection.domain.access import Action
from inspection.services.rubrics import rubrics
from inspection.web.guards import needs
from inspection.web.session import WebRequest, actor_of
from inspection.web.tags import already_known

CACHE_CONTROL = "private, max-age=31536000, immutable"


@get("/api/rubrics/{digest:str}", opt=needs(Action.RUBRIC_READ))
async def read_rubric(request: WebRequest, digest: FromPath[str]) -> Response[bytes]:
    """The canonical JSON of a published version."""
    body = await rubrics.rubric_body(actor_of(request), digest)
    headers = {"cache-control": CACHE_CONTROL, "etag": f'"{digest}"'}
    fresh = Response(body, media_type="application/json", headers=headers)
    return already_known(request, headers) or fresh


ROUTES = [read_rubric]
