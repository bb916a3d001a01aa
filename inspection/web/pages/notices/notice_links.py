"""/n/TOKEN: one notice for whoever has its link. Nothing of it is told to other sites or found by
searching.
"""

from litestar import Response, get
from litestar.params import FromPath

from inspection.domain.access import Action
from inspection.services.notices import notice_links
from inspection.web.addresses import client_address
from inspection.web.file_names import line_place_in
from inspection.web.guards import needs
from inspection.web.pages import files
from inspection.web.pages.notices.store_notices import notice_page
from inspection.web.pages.rendering import once
from inspection.web.session import WebRequest, tools_of

HIDDEN = {"referrer-policy": "no-referrer", "x-robots-tag": "noindex, nofollow"}


@get("/n/{token:str}", opt=needs(Action.PUBLIC))
async def show(request: WebRequest, token: FromPath[str]) -> Response[str]:
    """The notice as its store sees it; the first look delivers it."""
    found = await notice_links.read_link(tools_of(request), token, client_address(request))
    answer = once(await notice_page(request, found, base=f"/n/{token}"))
    answer.headers.update(HIDDEN)
    return answer


@get("/n/{token:str}/notice.pdf", opt=needs(Action.PUBLIC))
async def show_pdf(request: WebRequest, token: FromPath[str]) -> Response[bytes]:
    """Its PDF, the same bytes as everywhere."""
    found = await notice_links.link_pdf(tools_of(request), token, client_address(request))
    answer = files.pdf(request, found.content, found.sha256, found.file_name)
    answer.headers.update(HIDDEN)
    return answer


@get("/n/{token:str}/photos/{name:str}", opt=needs(Action.PUBLIC))
async def show_photo(
    request: WebRequest, token: FromPath[str], name: FromPath[str]
) -> Response[bytes]:
    """A photo of it by line and place: `2-1.jpg`."""
    line, k = line_place_in(name)
    address = client_address(request)
    photo = await notice_links.link_photo(tools_of(request), token, address, line, k)
    headers = {"cache-control": "no-store", **HIDDEN}
    return Response(photo, media_type="image/jpeg", headers=headers)


ROUTES = [show, show_pdf, show_photo]
