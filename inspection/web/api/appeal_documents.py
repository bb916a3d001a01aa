"""Documents for appeals from the phones: resumable at any byte as photos are."""

from litestar import Response, head, patch
from litestar.params import FromPath

from inspection.domain.access import Action
from inspection.domain.refusals import OffsetMismatch
from inspection.services.pieces import Progress
from inspection.services.visits.attachment_pieces import append_document, document_progress
from inspection.web.api.photos import name_of, piece_of, progress_headers, with_offset
from inspection.web.guards import needs
from inspection.web.session import WebRequest, actor_of, tools_of
from inspection.web.streams import pieces_of


@head("/api/appeal-documents/{sha256:str}", opt=needs(Action.APPEAL_FILE))
async def read_offset(request: WebRequest, sha256: FromPath[str]) -> Response[None]:
    """Say how much of a document is here."""
    name = name_of(sha256, noun="attachment")
    progress = await document_progress(tools_of(request), actor_of(request), name)
    return Response(None, headers=progress_headers(progress))


@patch(
    "/api/appeal-documents/{sha256:str}",
    opt=needs(Action.APPEAL_FILE, reads=bytes),
    exception_handlers={OffsetMismatch: with_offset},
)
async def send_piece(request: WebRequest, sha256: FromPath[str]) -> Response[Progress]:
    """Receive a piece; with the last one the document is complete."""
    piece = piece_of(request, name_of(sha256, noun="attachment"))
    progress = await append_document(
        tools_of(request), actor_of(request), piece, pieces_of(request)
    )
    return Response(progress, status_code=200, headers=progress_headers(progress))


ROUTES = [read_offset, send_piece]
