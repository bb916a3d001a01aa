"""The printed notice: handing it to the press, keeping what came out, giving the same bytes out."""

import msgspec

from inspection.domain.access import Action, Actor
from inspection.domain.notice import NoticeSnapshot
from inspection.domain.refusals import MoveRefused, NotFound, NoticeNotReady
from inspection.persistence import audit, jobs, notices
from inspection.persistence.engine import tx
from inspection.services.notice_access import held, reached
from inspection.services.notice_results import NoticePdf
from inspection.services.notice_signing import frozen, print_key
from inspection.services.tools import Tools

ASK_AGAIN_SECONDS = 3
"""A notice takes a second or two once the press gets to it."""


PRINT_FAILED = "notice.print_failed"
"""Why there is no PDF when the press could not say."""


class PrintOrder(msgspec.Struct, frozen=True):
    """An issued notice that has no PDF yet, with its photos by digest."""

    snapshot: NoticeSnapshot
    photos: dict[str, bytes]


async def notice_pdf(tools: Tools, actor: Actor, notice: str) -> NoticePdf:
    """The PDF, the same bytes at every download. Raises NoticeNotReady while it is printed."""
    row = await reached(actor, Action.NOTICE_READ, notice)
    if row.number is None:
        raise MoveRefused(noun="notice", state=row.state.value, move="print")
    if row.pdf_sha256 is None:
        raise NoticeNotReady(notice=row.number, seconds=ASK_AGAIN_SECONDS)
    return NoticePdf(
        content=await tools.photos.get(row.pdf_sha256),
        sha256=row.pdf_sha256,
        file_name=f"{row.number}.pdf",
    )


async def notice_photo(tools: Tools, actor: Actor, notice: str, line: int, k: int) -> bytes:
    """The clean copy of a line's k-th photo, counted from 1."""
    row = await reached(actor, Action.NOTICE_READ, notice)
    for known in await notices.lines_of(row.id):
        photos = known.published_photos()
        if known.number == line and 1 <= k <= len(photos):
            return await tools.photos.get(photos[k - 1].sha256)
    raise NotFound(noun="photo")


async def print_order(tools: Tools, notice: str) -> PrintOrder | None:
    """What the press needs. None when there is nothing to print, or no longer."""
    row = await notices.find_notice(notice)
    if row is None or row.pdf_sha256 is not None or (snapshot := frozen(row)) is None:
        return None
    digests = {photo.sha256 for line in snapshot.lines for photo in line.photos}
    photos = {digest: await tools.photos.get(digest) for digest in sorted(digests)}
    return PrintOrder(snapshot, photos)


async def keep_print(tools: Tools, notice: str, pdf: bytes, sha256: str, pages: int) -> None:
    """Keep the finished document: bytes first, then the row that names them. The first stays."""
    await tools.photos.put(sha256, pdf)
    async with tx():
        if await notices.note_printed(notice, sha256, pages):
            await audit.append(
                at=tools.now(),
                actor="",
                action="notice.print",
                noun="notice",
                noun_id=notice,
                body={"sha256": sha256, "pages": pages},
            )


async def note_print_fault(notice: str, fault: str) -> None:
    """Tell the staff why there is no PDF."""
    await notices.note_print_fault(notice, fault)


async def note_print_given_up(notice: str) -> None:
    """Tell the staff that nobody tries any more; a cause that is known already stays."""
    row = await notices.find_notice(notice)
    if row is not None and not row.pdf_fault:
        await notices.note_print_fault(notice, PRINT_FAILED)


async def print_again(tools: Tools, actor: Actor, notice: str) -> None:
    """Have an issued notice without a PDF laid out again. While that is under way nothing
    changes; a draft, and a notice that is printed, are refused.
    """
    async with tx():
        row = await held(actor, Action.NOTICE_SIGN, notice)
        if row.number is None or row.pdf_sha256 is not None:
            raise MoveRefused(noun="notice", state=row.state.value, move="print")
        if not await jobs.revive(print_key(notice), tools.now()):
            return
        await notices.note_print_fault(notice, "")
        await audit.append(
            at=tools.now(),
            actor=actor.account,
            action="notice.print_again",
            noun="notice",
            noun_id=notice,
            body={},
        )
