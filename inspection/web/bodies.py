"""The raw bytes of a request: bounded in size and in time."""

import asyncio

from litestar.exceptions import InternalServerException

from inspection.domain.refusals import BodyTooLarge, BodyTooSlow, RequestCutOff
from inspection.web.session import WebRequest, check_caller

LARGEST_BODY = 9_000_000
"""What the server reads at most, whatever a route allows; photos are the largest at 8 MB."""

READ_SECONDS = 30.0


def media_type_of(request: WebRequest) -> str:
    """The media type without its parameters, in small letters."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


async def read_body(request: WebRequest, *, limit: int) -> bytes:
    """All bytes, from somebody who is still let in. Raises BodyTooLarge as soon as that is known,
    BodyTooSlow, RequestCutOff, or NotSignedIn.
    """
    body = await bytes_of(request, limit=limit)
    await check_caller(request)
    return body


async def bytes_of(request: WebRequest, *, limit: int) -> bytes:
    """The same whoever sent them: `check_caller` is for who reads them to ask."""
    if int(request.headers.get("content-length") or 0) > limit:
        raise BodyTooLarge(limit=limit)
    pieces: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout(READ_SECONDS):
            async for piece in request.stream():
                size += len(piece)
                if size > limit:
                    raise BodyTooLarge(limit=limit)
                pieces.append(piece)
    except TimeoutError:
        raise BodyTooSlow from None
    except InternalServerException:
        raise RequestCutOff from None
    return b"".join(pieces)
