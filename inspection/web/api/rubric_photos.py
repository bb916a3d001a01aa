"""Photos of rubrics: sent by the editor, shown in it, on pages and on phones."""

from litestar import Response, get, post
from litestar.params import FromPath

from inspection.domain.access import Action
from inspection.domain.photos.photo import MOST_BYTES
from inspection.domain.refusals import MediaTypeRefused
from inspection.services.rubrics.rubric_photos import RubricPhoto, add_rubric_photo, rubric_photo
from inspection.web.bodies import media_type_of, read_body
from inspection.web.guards import needs
from inspection.web.session import WebRequest, actor_of, tools_of

OCTETS = "application/octet-stream"
CACHE_CONTROL = "private, max-age=31536000, immutable"


@post("/api/rubric-drafts/{id:str}/photos", opt=needs(Action.RUBRIC_DRAFT_EDIT, reads=bytes))
async def send_photo(request: WebRequest, id: FromPath[str]) -> RubricPhoto:
    """Keep a photo for a draft; it is named by what is left after cleaning."""
    if media_type_of(request) != OCTETS:
        raise MediaTypeRefused(wanted=OCTETS)
    content = await read_body(request, limit=MOST_BYTES)
    return await add_rubric_photo(tools_of(request), actor_of(request), id, content)


@get("/api/rubric-photos/{sha256:str}", opt=needs(Action.RUBRIC_READ))
async def read_photo(request: WebRequest, sha256: FromPath[str]) -> Response[bytes]:
    """A photo of a rubric; it never changes."""
    content = await rubric_photo(tools_of(request), actor_of(request), sha256)
    headers = {"cache-control": CACHE_CONTROL}
    return Response(content, media_type="image/jpeg", headers=headers)


ROUTES = [send_photo, read_photo]
