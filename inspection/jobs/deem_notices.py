"""The daily job that lets notices nobody signed for count as received."""

from inspection.services.notices.unsigned_receipts import deem_delivered
from inspection.services.tools import Tools

KIND = "notice.deem"


async def deem_notices(tools: Tools) -> None:
    """Do it. Doing it again changes nothing."""
    await deem_delivered(tools)
