"""The job that tells of deadlines, once in a few minutes."""

from inspection.services.messages import reminders
from inspection.services.tools import Tools

KIND = reminders.REMIND
MINUTES = 5


async def remind_of_deadlines(tools: Tools) -> None:
    """Tell whatever is due. Doing it again tells nobody twice."""
    await reminders.remind(tools)
