"""Appeals of stores against single losses, and what is said in them, from their phones."""

from litestar import Response, put
from litestar.params import FromPath

from inspection.domain.access import Action
from inspection.domain.store_sending import AppealSent, MessageSent, SendingKind, WithdrawalSent
from inspection.services.appeals.appeal_sendings import (
    appeal_from_phone,
    message_from_phone,
    withdrawal_from_phone,
)
from inspection.web.api.sendings import taken
from inspection.web.guards import needs
from inspection.web.session import WebRequest


@put(
    "/api/store-notices/{id:str}/lines/{number:int}/appeals/{sending:str}",
    opt=needs(Action.APPEAL_FILE, reads=AppealSent),
)
async def send_appeal(
    request: WebRequest, id: FromPath[str], number: FromPath[int], sending: FromPath[str]
) -> Response[bytes]:
    """File an appeal against a line's loss; its photos were sent before."""
    return await taken(request, SendingKind.APPEAL, (id, number, sending), appeal_from_phone)


@put(
    "/api/store-notices/{id:str}/lines/{number:int}/appeal-messages/{sending:str}",
    opt=needs(Action.APPEAL_FILE, reads=MessageSent),
)
async def send_message(
    request: WebRequest, id: FromPath[str], number: FromPath[int], sending: FromPath[str]
) -> Response[bytes]:
    """Add something to an open appeal; its photos and documents were sent before."""
    return await taken(request, SendingKind.MESSAGE, (id, number, sending), message_from_phone)


@put(
    "/api/store-notices/{id:str}/lines/{number:int}/appeal-withdrawals/{sending:str}",
    opt=needs(Action.APPEAL_FILE, reads=WithdrawalSent),
)
async def send_withdrawal(
    request: WebRequest, id: FromPath[str], number: FromPath[int], sending: FromPath[str]
) -> Response[bytes]:
    """Take an appeal back."""
    place = (id, number, sending)
    return await taken(request, SendingKind.WITHDRAWAL, place, withdrawal_from_phone)


ROUTES = [send_appeal, send_message, send_withdrawal]
