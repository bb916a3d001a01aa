"""Answers of stores to single lines, from their phones."""

from litestar import Response, put
from litestar.params import FromPath

from inspection.domain.access import Action
from inspection.domain.store_sending import ReplySent, SendingKind
from inspection.services.rectifications.line_sendings import reply_from_phone
from inspection.web.api.sendings import taken
from inspection.web.guards import needs
from inspection.web.session import WebRequest


@put(
    "/api/store-notices/{id:str}/lines/{number:int}/replies/{sending:str}",
    opt=needs(Action.RECTIFICATION_REPLY, reads=ReplySent),
)
async def send_reply(
    request: WebRequest, id: FromPath[str], number: FromPath[int], sending: FromPath[str]
) -> Response[bytes]:
    """Answer a line; its photos were sent before."""
    return await taken(request, SendingKind.REPLY, (id, number, sending), reply_from_phone)


ROUTES = [send_reply]
