"""The job publishing leaves behind: the issue laid out, its bytes kept for good."""

from functools import partial

import msgspec

from inspection.documents.press import Press
from inspection.jobs.printing import faults_noted
from inspection.services.bulletins.bulletin_prints import (
    PRINT,
    bulletin_order,
    keep_bulletin,
    note_bulletin_fault,
    note_bulletin_given_up,
)
from inspection.services.tools import Tools

KIND = PRINT


class PrintBulletin(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which issue."""

    bulletin: str


async def print_bulletin(tools: Tools, press: Press, payload: PrintBulletin) -> None:
    """Print the issue unless it is printed. Raises GivenUp when its content cannot be printed, and
    whatever else went wrong; then it is tried again.
    """
    async with faults_noted(partial(note_bulletin_fault, payload.bulletin)):
        order = await bulletin_order(tools, payload.bulletin)
        if order is None:
            return
        printed = await press.print_bulletin(order.snapshot, order.photos)
    await keep_bulletin(tools, payload.bulletin, printed.pdf, printed.sha256, printed.pages)


async def give_up(payload: PrintBulletin) -> None:
    """Nothing will print the issue any more until somebody asks again."""
    await note_bulletin_given_up(payload.bulletin)
