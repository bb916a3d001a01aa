"""Requests of stores for more time, from their phones."""

from litestar import Response, put
from litestar.params import FromPath

from inspection.domain.access import Action
from inspection.domain.store_sending import ExtensionSent, SendingKind
from inspection.services.rectifications.line_sendings import extension_from_phone
from inspection.web.api.sendings import taken
from inspection.web.guards import needs
from inspection.web.session import WebRequest


@put(
    "/api/store-notices/{id:str}/lines/{number:int}/extension-requests/{sending:str}",
    opt=needs(Action.RECTIFICATION_REPLY, reads=ExtensionSent),
)
async def send_request(
    request: WebRequest, id: FromPath[str], number: FromPath[int], sending: FromPath[str]
) -> Response[bytes]:
    """Ask for more time for a line."""
    return await taken(request, SendingKind.EXTENSION, (id, number, sending), extension_from_phone)


ROUTES = [send_request]
