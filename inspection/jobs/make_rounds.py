"""The daily job that drafts the rounds schedules ask for."""

from inspection.services.rounds import scheduled_rounds
from inspection.services.tools import Tools

KIND = "round.make"


async def make_rounds(tools: Tools) -> None:
    """Draft them. Doing it again makes none twice."""
    await scheduled_rounds.make_due_rounds(tools)
