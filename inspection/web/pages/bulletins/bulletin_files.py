"""The printed issue, for everybody who may read it."""

from litestar import Response, get, post
from litestar.params import FromPath
from litestar.response import Redirect

from inspection.domain.access import Action
from inspection.domain.refusals import NotFound
from inspection.services.bulletins.bulletin_prints import bulletin_pdf, print_bulletin_again
from inspection.services.bulletins.bulletin_told import bulletin_photo
from inspection.services.rectifications.cases import Side
from inspection.web.file_names import without_suffix
from inspection.web.forms import Asked, form_of
from inspection.web.guards import needs
from inspection.web.pages import files
from inspection.web.pages.links import then
from inspection.web.session import WebRequest, actor_of, tools_of

SIDES: dict[str, Side] = {"before": "before", "after": "after"}


@get("/bulletins/{id:str}/bulletin.pdf", opt=needs(Action.BULLETIN_READ))
async def show_pdf(request: WebRequest, id: FromPath[str]) -> Response[bytes]:
    """The document as it was printed, the same bytes every time."""
    found = await bulletin_pdf(tools_of(request), actor_of(request), id)
    return files.pdf(request, found.content, found.sha256, found.file_name)


@get("/bulletins/{id:str}/photos/{name:str}", opt=needs(Action.BULLETIN_READ))
async def show_photo(
    request: WebRequest, id: FromPath[str], name: FromPath[str]
) -> Response[bytes]:
    """A photo of the case of the issue: `before.jpg` or `after.jpg`."""
    side = SIDES.get(without_suffix(name, "photo"))
    if side is None:
        raise NotFound(noun="photo")
    photo = await bulletin_photo(tools_of(request), actor_of(request), id, side)
    return files.placed_jpeg(request, photo)


@post("/bulletins/{id:str}/prints", opt=needs(Action.BULLETIN_EDIT))
async def print_again(request: WebRequest, id: FromPath[str]) -> Redirect:
    """Have it laid out again after the press gave up."""
    await form_of(request, Asked)
    await print_bulletin_again(tools_of(request), actor_of(request), id)
    return then(f"/bulletins/{id}", "printing")


ROUTES = [show_pdf, show_photo, print_again]
