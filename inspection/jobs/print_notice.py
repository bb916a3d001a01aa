"""The job a sign-off leaves behind: the notice laid out, its bytes kept for good."""

from functools import partial

import msgspec

from inspection.documents.notice import Stamp
from inspection.documents.press import Press
from inspection.jobs.printing import faults_noted, lasting_faults
from inspection.services.notices.notice_issuing import PRINT
from inspection.services.notices.notice_prints import (
    keep_print,
    keep_void_print,
    note_print_fault,
    note_print_given_up,
    note_unprinted,
    print_order,
    void_order,
)
from inspection.services.tools import Tools

KIND = PRINT


class PrintNotice(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which notice, and whether it is the edition marked void."""

    notice: str
    void: bool = False


async def print_notice(tools: Tools, press: Press, payload: PrintNotice) -> None:
    """Print the notice unless it is printed. Raises GivenUp when its content cannot be printed,
    and whatever else went wrong; then it is tried again.
    """
    if payload.void:
        await _print_void(tools, press, payload.notice)
        return
    async with faults_noted(partial(note_print_fault, payload.notice)):
        order = await print_order(tools, payload.notice)
        if order is None:
            return
        printed = await press.print(order.snapshot, order.photos, seal=order.seal)
    if printed.missing:
        await note_unprinted(payload.notice, "".join(printed.missing))
    await keep_print(tools, payload.notice, printed.pdf, printed.sha256, printed.pages)


async def _print_void(tools: Tools, press: Press, notice: str) -> None:
    order = await void_order(tools, notice)
    if order is None:
        return
    stamp = Stamp(on=order.voided_on, reason=order.void_reason)
    with lasting_faults():
        printed = await press.print(order.snapshot, order.photos, seal=order.seal, stamp=stamp)
    await keep_void_print(tools, notice, printed.pdf, printed.sha256)


async def give_up(payload: PrintNotice) -> None:
    """Nothing will print the notice any more until somebody asks again: tell the staff."""
    if payload.void:
        return
    await note_print_given_up(payload.notice)
