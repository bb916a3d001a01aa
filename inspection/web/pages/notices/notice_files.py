"""The printed notice and the photos in it, for everybody who may read the notice."""

from litestar import Response, get
from litestar.params import FromPath

from inspection.domain.access import Action
from inspection.services.notices import notices
from inspection.web.file_names import line_place_in
from inspection.web.guards import needs
from inspection.web.pages import files
from inspection.web.session import WebRequest, actor_of, tools_of


@get("/notices/{id:str}/notice.pdf", opt=needs(Action.NOTICE_READ))
async def show_pdf(request: WebRequest, id: FromPath[str]) -> Response[bytes]:
    """The document as it was printed, the same bytes every time."""
    found = await notices.notice_pdf(tools_of(request), actor_of(request), id)
    return files.pdf(request, found.content, found.sha256, found.file_name)


@get("/notices/{id:str}/photos/{name:str}", opt=needs(Action.NOTICE_READ))
async def show_photo(
    request: WebRequest, id: FromPath[str], name: FromPath[str]
) -> Response[bytes]:
    """A photo by the line it belongs to and its place there: `2-1.jpg`."""
    line, k = line_place_in(name)
    photo = await notices.notice_photo(tools_of(request), actor_of(request), id, line, k)
    return files.placed_jpeg(request, photo)


ROUTES = [show_pdf, show_photo]
