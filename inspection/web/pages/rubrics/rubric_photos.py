"""Photos of rubrics for the pages that show rubrics."""

from litestar import Response, get
from litestar.params import FromPath

from inspection.domain.access import Action
from inspection.services.rubrics.rubric_photos import rubric_photo
from inspection.web.file_names import without_suffix
from inspection.web.guards import needs
from inspection.web.pages.files import jpeg
from inspection.web.session import WebRequest, actor_of, tools_of


@get("/rubrics/photos/{name:str}", opt=needs(Action.RUBRIC_BROWSE))
async def show_photo(request: WebRequest, name: FromPath[str]) -> Response[bytes]:
    """One photo, by its SHA-256."""
    sha256 = without_suffix(name, "photo")
    return jpeg(await rubric_photo(tools_of(request), actor_of(request), sha256))


ROUTES = [show_photo]
