"""The job a sign-off leaves behind: the notice laid out, its bytes kept for good."""

import msgspec

from inspection.documents.press import Press
from inspection.documents.printed import PressFailed
from inspection.services.notice_prints import (
    keep_print,
    note_print_fault,
    note_print_given_up,
    print_order,
)
from inspection.services.notice_signing import PRINT
from inspection.services.tools import Tools

KIND = PRINT
PHOTO_GONE = "notice.photo_gone"


class PrintNotice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which notice."""

    notice: str


class GivenUp(Exception):
    """Trying again cannot help."""


async def print_notice(tools: Tools, press: Press, payload: PrintNotice) -> None:
    """Print the notice unless it is printed. Raises GivenUp when its content cannot be printed,
    and whatever else went wrong; then it is tried again.
    """
    try:
        order = await print_order(tools, payload.notice)
        if order is None:
            return
        printed = await press.print(order.snapshot, order.photos)
    except KeyError:
        await note_print_fault(payload.notice, PHOTO_GONE)
        raise
    except PressFailed as fault:
        await note_print_fault(payload.notice, fault.code)
        if fault.permanent:
            raise GivenUp(str(fault)) from fault
        raise
    await keep_print(tools, payload.notice, printed.pdf, printed.sha256, printed.pages)


async def give_up(payload: PrintNotice) -> None:
    """Nothing will print the notice any more until somebody asks again: tell the staff."""
    await note_print_given_up(payload.notice)
