"""What ends tokens with their owner."""

from inspection.domain.access import AccountId
from inspection.persistence.people import api_tokens
from inspection.services.tools import Tools


async def end_tokens(tools: Tools, account: AccountId) -> dict[str, int]:
    """End those of a person, within the caller's transaction; what the log says of it."""
    ended = await api_tokens.revoke_tokens_of(account, tools.now())
    return {"tokens_ended": ended} if ended else {}
