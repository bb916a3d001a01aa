"""The bytes of a request as they come, for what is too large to wait for."""

import asyncio
from collections.abc import AsyncIterator

from litestar.exceptions import InternalServerException

from inspection.domain.refusals import BodyTooSlow, RequestCutOff
from inspection.web.session import WebRequest

WHOLE_SECONDS = 120.0
"""A piece of 128 KB at the edge of reception takes a minute; the phone gives up after that."""


async def pieces_of(request: WebRequest, *, seconds: float = WHOLE_SECONDS) -> AsyncIterator[bytes]:
    """Every piece of the body. Raises BodyTooSlow, or RequestCutOff where the connection ended."""
    deadline = asyncio.get_running_loop().time() + seconds
    stream = aiter(request.stream())
    while True:
        try:
            async with asyncio.timeout_at(deadline):
                piece = await anext(stream, None)
        except TimeoutError:
            raise BodyTooSlow from None
        except InternalServerException:
            raise RequestCutOff from None
        if piece is None:
            return
        yield piece
