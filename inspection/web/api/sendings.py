"""Taking what store staff's phones send, whatever it is about."""

from collections.abc import Awaitable, Callable

from litestar import Response

from inspection.domain.access import Actor
from inspection.domain.store_sending import LARGEST_BODY, SendingKind
from inspection.services.notices.store_sendings import Sending
from inspection.services.tools import Tools
from inspection.services.visit_admission import Received
from inspection.web.api.visits import CONTENT_HASH
from inspection.web.decoding import JSON, json_bytes_of
from inspection.web.session import WebRequest, actor_of, tools_of

Take = Callable[[Tools, Actor, Sending], Awaitable[Received]]


async def taken(
    request: WebRequest, kind: SendingKind, place: tuple[str, int, str], take: Take
) -> Response[bytes]:
    """Hand on what arrived at a place (notice, line, the phone's id): 201 with a receipt, 200 with
    the same receipt ever after.
    """
    notice, line, sending = place
    arrived = Sending(
        id=sending,
        kind=kind,
        notice=notice,
        line=line,
        content=await json_bytes_of(request, limit=LARGEST_BODY),
        announced_hash=request.headers.get(CONTENT_HASH, "").lower(),
    )
    received = await take(tools_of(request), actor_of(request), arrived)
    status = 201 if received.is_new else 200
    return Response(received.receipt, status_code=status, media_type=JSON)
