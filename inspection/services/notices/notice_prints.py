"""The printed notice: handing it to the press, keeping what came out, giving the same bytes out."""

import msgspec

from inspection.domain import deadline
from inspection.domain.access import Action, Actor
from inspection.domain.notices.notice import NoticeSnapshot
from inspection.domain.notices.notice_state import NoticeState
from inspection.domain.refusals import MoveRefused, NotFound, NoticeNotReady
from inspection.persistence import jobs
from inspection.persistence.audit import audit
from inspection.persistence.engine import tx
from inspection.persistence.notices import notice_prints as prints
from inspection.persistence.notices import notices
from inspection.persistence.notices.notices import NoticeRow
from inspection.services.notices.notice_access import held, reached
from inspection.services.notices.notice_issuing import print_key
from inspection.services.notices.notice_letters import frozen, said_in
from inspection.services.printing import ASK_AGAIN_SECONDS, PRINT_FAILED, KeptFile, kept_pdf
from inspection.services.tools import Tools
from inspection.services.visits.published_visits import LANGUAGE
from inspection.wording import catalogue, say


class PrintOrder(msgspec.Struct, frozen=True):
    """An issued notice that has no PDF yet, with its photos by digest and its seal. A void one
    says since when and why.
    """

    snapshot: NoticeSnapshot
    photos: dict[str, bytes]
    seal: bytes = b""
    voided_on: str = ""
    void_reason: str = ""


async def notice_pdf(tools: Tools, actor: Actor, notice: str) -> KeptFile:
    """The PDF, the same bytes at every download. Raises NoticeNotReady while it is printed."""
    return await pdf_of(tools, await reached(actor, Action.NOTICE_READ, notice))


async def pdf_of(tools: Tools, row: NoticeRow) -> KeptFile:
    """The PDF of a notice somebody may read."""
    if row.number is None:
        raise MoveRefused(noun="notice", state=row.state.value, move="print")
    if row.pdf_sha256 is None:
        raise NoticeNotReady(notice=row.number, seconds=ASK_AGAIN_SECONDS)
    return await kept_pdf(tools, row.pdf_sha256, row.number)


async def void_pdf(tools: Tools, actor: Actor, notice: str) -> KeptFile:
    """The edition marked void. Raises NotFound for a notice that is not, NoticeNotReady."""
    row = await reached(actor, Action.NOTICE_READ, notice)
    if row.number is None or row.state is not NoticeState.VOID:
        raise NotFound(noun="notice")
    if row.void_sha256 is None:
        raise NoticeNotReady(notice=row.number, seconds=ASK_AGAIN_SECONDS)
    return await kept_pdf(
        tools, row.void_sha256, f"{row.number}-{say(LANGUAGE, 'paper.void.mark')}"
    )


async def notice_photo(tools: Tools, actor: Actor, notice: str, line: int, k: int) -> bytes:
    """The clean copy of a line's k-th photo, counted from 1."""
    return await photo_of(tools, await reached(actor, Action.NOTICE_READ, notice), line, k)


async def photo_of(tools: Tools, row: NoticeRow, line: int, k: int) -> bytes:
    """The same of a notice somebody may read."""
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
    return await _order(tools, snapshot)


async def void_order(tools: Tools, notice: str) -> PrintOrder | None:
    """What the press needs for the edition marked void. None when there is nothing to print."""
    row = await notices.find_notice(notice)
    if row is None or row.void_sha256 is not None or row.state is not NoticeState.VOID:
        return None
    order = await _order(tools, said_in(row))
    words = catalogue(LANGUAGE)
    ended = deadline.on_day(row.ended_at or tools.now(), words)
    return msgspec.structs.replace(order, voided_on=ended, void_reason=row.end_reason)


async def _order(tools: Tools, snapshot: NoticeSnapshot) -> PrintOrder:
    digests = {photo.sha256 for line in snapshot.lines for photo in line.photos}
    photos = {digest: await tools.photos.get(digest) for digest in sorted(digests)}
    seal = await tools.photos.get(snapshot.seal) if snapshot.seal else b""
    return PrintOrder(snapshot, photos, seal)


async def keep_print(tools: Tools, notice: str, pdf: bytes, sha256: str, pages: int) -> None:
    """Keep the finished document: bytes first, then the row that names them. The first stays."""
    await tools.photos.put(sha256, pdf)
    async with tx():
        if await prints.note_printed(notice, sha256, pages):
            await audit.append(
                at=tools.now(),
                actor="",
                action="notice.print",
                noun="notice",
                noun_id=notice,
                body={"sha256": sha256, "pages": pages},
            )


async def keep_void_print(tools: Tools, notice: str, pdf: bytes, sha256: str) -> None:
    """Keep the edition marked void, beside the untouched one. The first stays."""
    await tools.photos.put(sha256, pdf)
    await prints.note_void_printed(notice, sha256)


async def note_print_fault(notice: str, fault: str) -> None:
    """Tell the staff why there is no PDF."""
    await prints.note_print_fault(notice, fault)


async def note_unprinted(notice: str, characters: str) -> None:
    """Tell the staff which characters the PDF that is about to be kept shows as empty boxes."""
    await prints.note_unprinted(notice, characters)


async def note_print_given_up(notice: str) -> None:
    """Tell the staff that nobody tries any more; a cause that is known already stays."""
    row = await notices.find_notice(notice)
    if row is not None and not row.pdf_fault:
        await prints.note_print_fault(notice, PRINT_FAILED)


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
        await prints.note_print_fault(notice, "")
        await audit.append(
            at=tools.now(),
            actor=actor.account,
            action="notice.print_again",
            noun="notice",
            noun_id=notice,
            body={},
        )
