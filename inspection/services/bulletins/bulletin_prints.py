"""The printed issue: handing it to the press, keeping what came out, giving the same bytes out."""

import msgspec

from inspection.domain.access import Action, Actor
from inspection.domain.bulletins.bulletin import BulletinState
from inspection.domain.bulletins.bulletin_snapshot import BulletinSnapshot
from inspection.domain.refusals import MoveRefused, NotFound
from inspection.domain.refusals.bulletins import BulletinNotReady
from inspection.persistence import jobs
from inspection.persistence.bulletins import bulletins as kept
from inspection.persistence.engine import tx
from inspection.services.bulletins.bulletin_access import held, reached, said_in
from inspection.services.bulletins.bulletin_readings import note_reading
from inspection.services.changes import record
from inspection.services.printing import ASK_AGAIN_SECONDS, PRINT_FAILED, KeptFile, kept_pdf
from inspection.services.tools import Tools


class BulletinOrder(msgspec.Struct, frozen=True):
    """A published issue that has no PDF yet, with its photos by digest."""

    snapshot: BulletinSnapshot
    photos: dict[str, bytes]


async def bulletin_pdf(tools: Tools, actor: Actor, bulletin: str) -> KeptFile:
    """The PDF, the same bytes at every download; noted as read. Raises BulletinNotReady while it is
    printed, and NotFound for a draft.
    """
    row = await reached(actor, Action.BULLETIN_READ, bulletin)
    if row.number is None:
        raise NotFound(noun="bulletin")
    if row.pdf_sha256 is None:
        raise BulletinNotReady(bulletin=row.number, seconds=ASK_AGAIN_SECONDS)
    found = await kept_pdf(tools, row.pdf_sha256, row.number)
    await note_reading(tools, actor, row, "pdf")
    return found


async def bulletin_order(tools: Tools, bulletin: str) -> BulletinOrder | None:
    """What the press needs. None when there is nothing to print, or no longer."""
    row = await kept.find_bulletin(bulletin)
    if row is None or row.pdf_sha256 is not None or (said := said_in(row)) is None:
        return None
    shown = (said.case.before, said.case.after) if said.case else ()
    return BulletinOrder(said, {digest: await tools.photos.get(digest) for digest in shown})


async def keep_bulletin(tools: Tools, bulletin: str, pdf: bytes, sha256: str, pages: int) -> None:
    """Keep the finished document: bytes first, then the row that names them. The first stays."""
    await tools.photos.put(sha256, pdf)
    async with tx():
        if await kept.note_printed(bulletin, sha256, pages):
            facts = {"sha256": sha256, "pages": pages}
            await record(tools, None, "bulletin.print", ("bulletin", bulletin), facts)


async def note_bulletin_fault(bulletin: str, fault: str) -> None:
    """Tell the readers why there is no PDF."""
    await kept.note_print_fault(bulletin, fault)


async def note_bulletin_given_up(bulletin: str) -> None:
    """Tell them that nobody tries any more; a cause that is known already stays."""
    row = await kept.find_bulletin(bulletin)
    if row is not None and not row.pdf_fault:
        await kept.note_print_fault(bulletin, PRINT_FAILED)


async def print_bulletin_again(tools: Tools, actor: Actor, bulletin: str) -> None:
    """Have an issue without a PDF laid out again. While that is under way nothing changes; a draft,
    and one that is printed, are refused.
    """
    async with tx():
        row = await held(actor, Action.BULLETIN_EDIT, bulletin)
        if row.state is BulletinState.DRAFT or row.pdf_sha256 is not None:
            raise MoveRefused(noun="bulletin", state=row.state.value, move="print")
        if not await jobs.revive(print_key(bulletin), tools.now()):
            return
        await kept.note_print_fault(bulletin, "")
        await record(tools, actor, "bulletin.print_again", ("bulletin", bulletin), {})


PRINT = "bulletin.print"
"""Kind of the job that lays out the PDF."""


def print_key(bulletin: str) -> str:
    """The key of the job that prints an issue."""
    return f"{PRINT}:{bulletin}"
