"""A store answers a line: cause, measure, prevention and photos from after. Sent twice it is
answered once, and what can no longer count is kept beside what does.
"""

from datetime import datetime

import msgspec

from inspection.domain.access import Action, Actor
from inspection.domain.notices.notice import NoticeSnapshot
from inspection.domain.rectifications import rectification
from inspection.domain.rectifications.rectification import LineMove, LineState
from inspection.domain.rectifications.reply import Reply, cleaned, content_hash, faults
from inspection.domain.refusals.rectification import ReplyRefused
from inspection.persistence.engine import tx
from inspection.persistence.rectifications import (
    notice_tallies,
    rectification_lines,
    rectification_replies,
)
from inspection.persistence.rectifications.rectification_lines import LineRow
from inspection.persistence.rectifications.rectification_replies import PhotoRow, ReplyRow
from inspection.services.changes import record
from inspection.services.overtaking import look_again
from inspection.services.rectifications.line_clocks import clock_of
from inspection.services.rectifications.rectification_access import held_line, is_live, reached_line
from inspection.services.rectifications.rectification_news import tell_submitted
from inspection.services.rectifications.rectification_results import ReplyReceipt
from inspection.services.rectifications.reply_photos import look_at
from inspection.services.rubrics.rubrics import rubric_of
from inspection.services.tools import Tools

CONFLICT, ANSWERED, SETTLED = "conflict", "answered", "settled"
"""Why a reply is kept beside: other words under the same id, somebody answered first, or nothing
is asked any more.
"""


class Prepared(msgspec.Struct, frozen=True, kw_only=True):
    """A reply that was checked and may be written."""

    line: str
    client_id: str
    content_hash: str
    reply: Reply
    photos: tuple[PhotoRow, ...]


async def reply(
    tools: Tools, actor: Actor, line: str, said: Reply, client_id: str = ""
) -> ReplyReceipt:
    """Answer a line. The same reply under the same `client_id` gets the same receipt. Raises
    NotFound, and ReplyRefused naming what is missing.
    """
    prepared = await prepare(tools, actor, line, said, client_id)

    async def decide() -> ReplyReceipt:
        async with tx():
            return await take(tools, actor, prepared)

    return await look_again(decide)


async def prepare(
    tools: Tools, actor: Actor, line: str, said: Reply, client_id: str = ""
) -> Prepared:
    """Check a reply, before any transaction: photos are read from the disk."""
    row = await reached_line(actor, Action.RECTIFICATION_REPLY, line)
    issued_at = row.issued_at or tools.now()
    looked = await look_at(tools, row, said, issued_at)
    wrong = (*faults(said, photo_wanted=await wants_photo(row)), *looked.faults)
    if wrong:
        raise ReplyRefused(faults=wrong)
    return Prepared(
        line=row.id,
        client_id=client_id or tools.random_id(),
        content_hash=content_hash(said),
        reply=cleaned(said),
        photos=looked.rows,
    )


async def take(tools: Tools, actor: Actor, prepared: Prepared) -> ReplyReceipt:
    """Write a checked reply in the caller's transaction. Raises UniqueBroken when the same one is
    just being written: look again.
    """
    row = await held_line(actor, Action.RECTIFICATION_REPLY, prepared.line)
    earlier = await rectification_replies.find_sent(row.id, prepared.client_id)
    for known in earlier:
        if known.content_hash == prepared.content_hash:
            return receipt_of(known)
    aside = CONFLICT if earlier else _aside(row)
    attempt = None if aside else await _next_attempt(row.id)
    due = (await clock_of(tools, row)).due_at
    kept = _row(tools, actor, prepared, due, (attempt, aside))
    photos = [msgspec.structs.replace(photo, reply=kept.id) for photo in prepared.photos]
    await rectification_replies.add_reply(kept, photos)
    if not aside:
        after = rectification.move(row.state, LineMove.REPLY)
        await rectification_lines.move_line(row.id, row.state, after)
        await notice_tallies.tally_lines(row.notice)
        await tell_submitted(tools, actor, row, kept.id)
    await _record(tools, actor, row, kept, len(photos))
    return receipt_of(kept)


async def wants_photo(row: LineRow) -> bool:
    """Whether the rule of one of its items asks for a photo as evidence."""
    rubric = await rubric_of(row.rubric_version)
    items = [rubric.item(code) for code in row.items()]
    return any(item is not None and item.evidence == "photo" for item in items)


def said_in(row: LineRow) -> NoticeSnapshot:
    """What the notice of an issued line says."""
    return msgspec.json.decode(row.snapshot or "", type=NoticeSnapshot)


def receipt_of(row: ReplyRow) -> ReplyReceipt:
    """The receipt of a reply, the same for ever."""
    return ReplyReceipt(
        line=row.line,
        attempt=row.attempt,
        counted=row.attempt is not None,
        aside=row.aside,
        content_hash=row.content_hash,
        received_at=row.received_at,
    )


def _aside(row: LineRow) -> str:
    if not is_live(row) or row.state in rectification.SETTLED:
        return SETTLED
    return ANSWERED if row.state is LineState.SUBMITTED else ""


async def _next_attempt(line: str) -> int:
    last = await rectification_replies.last_attempt(line)
    return (last.attempt or 0) + 1 if last else 1


def _row(
    tools: Tools, actor: Actor, prepared: Prepared, due: datetime, place: tuple[int | None, str]
) -> ReplyRow:
    said = prepared.reply
    return ReplyRow(
        id=tools.random_id(),
        line=prepared.line,
        attempt=place[0],
        client_id=prepared.client_id,
        content_hash=prepared.content_hash,
        account=actor.account,
        cause=said.cause,
        measure=said.measure,
        prevention=said.prevention,
        on_the_spot=said.on_the_spot,
        aside=place[1],
        due_at=due,
        received_at=tools.now(),
    )


async def _record(tools: Tools, by: Actor, row: LineRow, kept: ReplyRow, photos: int) -> None:
    body: dict[str, object] = {
        "number": row.notice_number,
        "line": row.number,
        "attempt": kept.attempt,
        "photos": photos,
        "on_the_spot": kept.on_the_spot,
    }
    if kept.aside:
        await record(tools, by, "line.reply_aside", ("line", row.id), body | {"why": kept.aside})
        return
    body["state"] = [row.state.value, LineState.SUBMITTED.value]
    await record(tools, by, "line.reply", ("line", row.id), body)
