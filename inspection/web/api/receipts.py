"""Signing for a notice from a phone, perhaps hours after the tap."""

from litestar import Response, put
from litestar.params import FromPath

from inspection.domain.access import Action
from inspection.domain.store_sending import SendingKind, Signature
from inspection.services.notices.notice_receipts import sign_from_phone
from inspection.web.api.sendings import taken
from inspection.web.guards import needs
from inspection.web.session import WebRequest


@put(
    "/api/store-notices/{id:str}/receipts/{sending:str}",
    opt=needs(Action.NOTICE_ACKNOWLEDGE, reads=Signature),
)
async def send_receipt(
    request: WebRequest, id: FromPath[str], sending: FromPath[str]
) -> Response[bytes]:
    """Sign for a notice: 201 with a receipt, 200 with the same receipt ever after."""
    return await taken(request, SendingKind.RECEIPT, (id, 0, sending), sign_from_phone)


ROUTES = [send_receipt]
