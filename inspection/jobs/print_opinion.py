"""The job an opinion on more time leaves behind: laid out, its bytes kept for good."""

import msgspec

from inspection.documents.press import Press
from inspection.jobs.printing import lasting_faults
from inspection.services.rectifications.opinion_prints import PRINT, keep_opinion, opinion_order
from inspection.services.tools import Tools

KIND = PRINT


class PrintOpinion(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """On which request."""

    extension: str


async def print_opinion(tools: Tools, press: Press, payload: PrintOpinion) -> None:
    """Print the opinion unless it is printed. Raises GivenUp when it cannot be printed, and
    whatever else went wrong; then it is tried again.
    """
    snapshot = await opinion_order(payload.extension)
    if snapshot is None:
        return
    with lasting_faults():
        printed = await press.print_opinion(snapshot)
    await keep_opinion(tools, payload.extension, printed.pdf, printed.sha256)
