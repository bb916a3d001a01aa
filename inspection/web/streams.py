"""The bytes of a request as they come, for what is too large to wait for."""

import asyncio
from collections.abc import AsyncIterator

from litestar.exceptions import InternalServerException

from inspection.domain.refusals import BodyTooSlow, RequestCutOff
from inspection.web.session import WebRequest

WHOLE_SECONDS = 120.0
"""A piece of 128 KB at the edge of reception takes a minute; the phone gives up after that."""

PORTION = 1024 * 1024
"""Bytes handed on at once: the server brings them in pieces so small that each costs more than it
holds.
"""


async def pieces_of(request: WebRequest, *, seconds: float = WHOLE_SECONDS) -> AsyncIterator[bytes]:
    """The body in portions as large as what the network brings allows. Whatever came is handed on
    before it raises BodyTooSlow, or RequestCutOff where the connection ended.
    """
    deadline = asyncio.get_running_loop().time() + seconds
    stream = request.stream()
    more = True
    while more:
        portion: list[bytes] = []
        fault: BaseException | None = None
        try:
            async with asyncio.timeout_at(deadline):
                more = await _fill(portion, stream)
        except TimeoutError:
            fault = BodyTooSlow()
        except InternalServerException:
            fault = RequestCutOff()
        except asyncio.CancelledError as cancelled:
            fault = cancelled
        if portion:
            yield b"".join(portion)
        if fault is not None:
            raise fault


async def _fill(portion: list[bytes], stream: AsyncIterator[bytes]) -> bool:
    """Take from the stream until the portion is large enough; False where the stream ended."""
    size = 0
    async for piece in stream:
        if piece:
            portion.append(piece)
            size += len(piece)
        if size >= PORTION:
            return True
    return False
