"""The files of an appeal: photos to look at, documents to save and never to open in place."""

from typing import Annotated
from urllib.parse import quote

import msgspec
from litestar import Response, get
from litestar.params import FromPath
from msgspec import Meta

from inspection.domain.access import Action
from inspection.domain.form import Unknown
from inspection.services.appeals.appeal_files import Size, appeal_document, appeal_photo
from inspection.web.decoding import query_of
from inspection.web.file_names import place_in
from inspection.web.guards import needs
from inspection.web.pages.files import ASKED_AGAIN, placed_jpeg
from inspection.web.session import WebRequest, actor_of, tools_of

SANDBOXED = "sandbox; default-src 'none'; frame-ancestors 'none'"
"""Whoever opens a document all the same opens it without an origin."""


class SizeQuery(msgspec.Struct, frozen=True):
    """How large."""

    size: Annotated[Size, Meta(description="evidence or thumb")] = "evidence"


@get("/appeals/{id:str}/photos/{photo:str}", opt=needs(Action.APPEAL_READ))
async def show_photo(
    request: WebRequest, id: FromPath[str], photo: FromPath[str]
) -> Response[bytes]:
    """A photo by its place: `2.jpg`."""
    size = query_of(request, SizeQuery, unknown=Unknown.IGNORED).size
    k = place_in(photo, "appeal")
    found = await appeal_photo(tools_of(request), actor_of(request), id, k, size)
    return placed_jpeg(request, found)


@get("/appeals/{id:str}/documents/{document:str}", opt=needs(Action.APPEAL_READ))
async def save_document(
    request: WebRequest, id: FromPath[str], document: FromPath[str]
) -> Response[bytes]:
    """A document by its place, as a file to save: `1.pdf`."""
    k = place_in(document, "appeal", "pdf")
    found = await appeal_document(tools_of(request), actor_of(request), id, k)
    saved = f"attachment; filename=\"document.pdf\"; filename*=UTF-8''{quote(found.name, safe='')}"
    headers = {
        "cache-control": ASKED_AGAIN,
        "content-disposition": saved,
        "content-security-policy": SANDBOXED,
        "x-content-type-options": "nosniff",
    }
    return Response(found.content, media_type="application/pdf", headers=headers)


ROUTES = [show_photo, save_document]
