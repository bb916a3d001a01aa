"""Who is told of an invitation: whoever sees a link could take it up in another's name."""

from datetime import datetime

from inspection.domain.access import Actor
from inspection.domain.messages.message import Message, MessageKind, people
from inspection.persistence.people.invitations import InvitationRow
from inspection.services.messages.messages import tell
from inspection.services.tools import Tools


async def tell_invited(tools: Tools, by: Actor, account: str, until: datetime) -> None:
    """Tell somebody who has a password that another one can be set, in the caller's transaction,
    while they are still signed in.
    """
    message = Message(
        kind=MessageKind.ACCOUNT_INVITED,
        key=f"account.invited {account} {until.isoformat()}",
        noun="account",
        noun_id=account,
        facts={"until": until},
        to=(people(account),),
        by=by.account,
    )
    await tell(tools, message)


async def tell_used(tools: Tools, found: InvitationRow) -> None:
    """Tell whoever issued an invitation that it was taken up, in the caller's transaction. Who it
    was for stands on the person's page: the names of inspectors take a proof.
    """
    if not found.invited_by:
        return
    message = Message(
        kind=MessageKind.ACCOUNT_ENTERED,
        key=f"account.entered {found.id}",
        noun="person",
        noun_id=found.account,
        facts={},
        to=(people(found.invited_by),),
        by=found.account,
    )
    await tell(tools, message)
