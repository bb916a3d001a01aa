"""The clean copies of a visit's photos, for reviewers."""

from typing import Annotated

import msgspec
from litestar import Response, get
from litestar.params import FromPath
from msgspec import Meta

from inspection.domain.access import Action
from inspection.domain.form import Unknown
from inspection.domain.photos.photo import CopyKind
from inspection.services.photos.photos import photo_bytes
from inspection.web.decoding import query_of
from inspection.web.file_names import without_suffix
from inspection.web.guards import needs
from inspection.web.pages.files import jpeg
from inspection.web.session import WebRequest, actor_of, tools_of


class EvidenceQuery(msgspec.Struct, frozen=True):
    """How large."""

    size: Annotated[CopyKind, Meta(description="evidence or thumb")] = "evidence"


@get("/evidence/{id:str}/{name:str}", opt=needs(Action.PHOTO_READ))
async def show_evidence(
    request: WebRequest,
    id: FromPath[str],
    name: FromPath[str],
) -> Response[bytes]:
    """One photo of a visit by the digest of what the phone sent."""
    size = query_of(request, EvidenceQuery, unknown=Unknown.IGNORED).size
    sha256 = without_suffix(name, "photo")
    return jpeg(await photo_bytes(tools_of(request), actor_of(request), id, sha256, size))


ROUTES = [show_evidence]
