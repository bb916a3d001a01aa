"""Photos from the phones: resumable at any byte, named by their SHA-256."""

import re

from litestar import Response, get, head, patch
from litestar.params import FromPath

from inspection.domain.access import Action
from inspection.domain.photos.photo import HEAD_BYTES, recognised
from inspection.domain.refusals import (
    BodyRefused,
    Fault,
    MediaTypeRefused,
    NotFound,
    OffsetMismatch,
)
from inspection.services.photos import photos
from inspection.services.pieces import Piece, Progress
from inspection.web.bodies import media_type_of
from inspection.web.guards import needs
from inspection.web.problems import refused
from inspection.web.session import WebRequest, actor_of, tools_of
from inspection.web.streams import pieces_of

OFFSET = "upload-offset"
LENGTH = "upload-length"
COMPLETE = "upload-complete"
COPY = "x-photo-copy"
OCTETS = "application/octet-stream"

_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)
_NUMBER = re.compile(r"[0-9]{1,10}", re.ASCII)


def with_offset(request: WebRequest, refusal: OffsetMismatch) -> Response[object]:
    """The problem, and the true offset where the phone looks for it."""
    answer = refused(request, refusal)
    answer.headers[OFFSET] = str(refusal.facts["offset"])
    return answer


@head("/api/photos/{sha256:str}", opt=needs(Action.PHOTO_SEND))
async def read_offset(request: WebRequest, sha256: FromPath[str]) -> Response[None]:
    """Say how much of a photo is here."""
    name = name_of(sha256)
    progress = await photos.offset_of(tools_of(request), actor_of(request), name)
    return Response(None, headers=progress_headers(progress))


@get("/api/photos/{sha256:str}", opt=needs(Action.PHOTO_SEND))
async def read_photo(request: WebRequest, sha256: FromPath[str]) -> Response[bytes]:
    """A photo back to who sent it, as it was sent."""
    found = await photos.own_photo(tools_of(request), actor_of(request), name_of(sha256))
    headers = {"cache-control": "private, no-store"}
    if not found.is_original:
        headers[COPY] = "evidence"
    return Response(found.content, media_type=_type_of(found.content), headers=headers)


@patch(
    "/api/photos/{sha256:str}",
    opt=needs(Action.PHOTO_SEND, reads=bytes),
    exception_handlers={OffsetMismatch: with_offset},
)
async def send_piece(request: WebRequest, sha256: FromPath[str]) -> Response[Progress]:
    """Receive a piece; with the last one the photo is complete."""
    piece = piece_of(request, name_of(sha256))
    progress = await photos.append_piece(
        tools_of(request), actor_of(request), piece, pieces_of(request)
    )
    return Response(progress, status_code=200, headers=progress_headers(progress))


def name_of(sha256: str, noun: str = "photo") -> str:
    """The hash an address names. Raises NotFound for what could be none."""
    if not _SHA256.fullmatch(sha256):
        raise NotFound(noun=noun)
    return sha256


def piece_of(request: WebRequest, name: str) -> Piece:
    """The piece a request announces. Raises MediaTypeRefused, BodyRefused."""
    if media_type_of(request) != OCTETS:
        raise MediaTypeRefused(wanted=OCTETS)
    return Piece(sha256=name, offset=_number(request, OFFSET), length=_number(request, LENGTH))


def _type_of(content: bytes) -> str:
    # What is here whole was recognised when it came.
    return f"image/{recognised(content[:HEAD_BYTES])}"


def _number(request: WebRequest, header: str) -> int:
    text = request.headers.get(header, "")
    if not _NUMBER.fullmatch(text):
        raise BodyRefused(faults=(Fault(f"/{header}", "body.expected_whole_number"),))
    return int(text)


def progress_headers(progress: Progress) -> dict[str, str]:
    """How far a file is, where the phone looks for it."""
    return {OFFSET: str(progress.offset), COMPLETE: "?1" if progress.complete else "?0"}


ROUTES = [read_offset, read_photo, send_piece]
