"""What ends invitations before their time. A link is good for the account as it was when the link
was issued, and on the word of an administrator who still is one.
"""

from collections.abc import Mapping

from inspection.domain.access import AccountId
from inspection.persistence.people import invitations
from inspection.services.tools import Tools

NOTHING_ENDED: Mapping[str, int] = {}


async def end_invitations(tools: Tools, account: AccountId) -> dict[str, int]:
    """End those to the person, within the caller's transaction; what the log says of it."""
    return _said(await invitations.revoke_invitations_of(account, tools.now()))


async def end_invitations_both_ways(tools: Tools, account: AccountId) -> dict[str, int]:
    """The same, those the person issued to others too."""
    to_them = await invitations.revoke_invitations_of(account, tools.now())
    return _said(to_them + await invitations.revoke_invitations_by(account, tools.now()))


async def end_invitations_into(tools: Tools, region: str) -> dict[str, int]:
    """The same for everybody who belongs to a region, by its id."""
    return _said(await invitations.revoke_invitations_into(region, tools.now()))


def _said(ended: int) -> dict[str, int]:
    return {"invitations_ended": ended} if ended else {}
