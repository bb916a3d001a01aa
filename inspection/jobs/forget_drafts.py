"""The daily job that removes copies of drafts whose time is over."""

from inspection.services.tools import Tools
from inspection.services.visits import drafts

KIND = "draft.forget"


async def forget_drafts(tools: Tools) -> None:
    """Remove them. Doing it again changes nothing."""
    await drafts.forget_drafts(tools)
