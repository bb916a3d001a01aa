"""What a correction means for a notice that was issued: another one stands in for it, or none."""

import msgspec

from inspection.domain.access import Actor
from inspection.domain.notices import notice_state
from inspection.domain.notices.notice_letter import TEXT
from inspection.domain.notices.notice_state import UNISSUED, NoticeMove
from inspection.domain.plain_text import plain
from inspection.domain.rectifications.rectification import SETTLED
from inspection.domain.refusals import CardUnpublishable, NotFound
from inspection.domain.refusals.notices import NoticeReasonMissing
from inspection.domain.scoring.scorecard import Scorecard
from inspection.persistence import jobs
from inspection.persistence.notices import notice_moves, notices
from inspection.persistence.notices.notice_moves import Ending
from inspection.persistence.notices.notices import NewNotice, NoticeLineRow, NoticeRow
from inspection.persistence.rectifications import rectification_lines
from inspection.persistence.scoring import scored_visits
from inspection.services.changes import record
from inspection.services.notices.notice_cards import agrees
from inspection.services.notices.notice_drafting import line_rows
from inspection.services.notices.notice_following import follow_card
from inspection.services.notices.notice_issuing import PRINT, issue, print_key
from inspection.services.notices.notice_letters import Signing, told_of
from inspection.services.notices.notice_lines import parts_of, regrouped
from inspection.services.notices.notice_telling import tell_amended, tell_void
from inspection.services.notices.numbering import issuer_of
from inspection.services.overtaken_looks import end_overtaken, hold_looks_of
from inspection.services.tools import Tools
from inspection.services.visits.published_visits import draft_lines

FOLLOWED = {"followed": "notice.follow", "dropped": "notice.drop"}
"""What a draft that follows its card is logged as."""


class Amended(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a notice. `notice` is the one that counts now, empty when none does; `number`
    is empty while that has none; `replaced` is the one that counts no more.
    """

    notice: str = ""
    number: str = ""
    replaced: str = ""


async def amend(tools: Tools, actor: Actor, notice: str, reason: str) -> Amended:
    """Let a visit's notice say what the card that counts now says. An issued one is kept and
    superseded by a new one with a number of its own, that names it and carries its lines on; with
    nothing left to say it is voided; a draft follows. Belongs into the transaction that wrote the
    card, after everything else but its own event, for it logs. Raises NoticeReasonMissing.
    """
    said = plain(reason, "reason", TEXT)
    if not said:
        raise NoticeReasonMissing
    row = _there(await notices.lock_notice(notice))
    card = await scored_visits.find_card(row.visit, row.attempt)
    if card is None:
        raise CardUnpublishable
    if row.state in UNISSUED:
        return await _followed(tools, actor, row, card)
    stored = await notices.lines_of(notice)
    if agrees(row, stored, card):
        return Amended(notice=notice, number=row.number or "")
    drafted = await draft_lines(row.visit, row.rubric_version, card, told_of(row))
    fresh = await line_rows(tools, notice, row.round, drafted)
    lines = regrouped(stored, fresh, _corrected(stored, fresh))
    looked_at = await hold_looks_of(notice)
    amended = await _replaced(tools, actor, row, lines, said)
    # Looks at lines that are carried on go on with them.
    await end_overtaken(tools, actor, looked_at)
    return amended


def _there(row: NoticeRow | None) -> NoticeRow:
    if row is None:
        raise NotFound(noun="notice")
    return row


def _corrected(
    stored: tuple[NoticeLineRow, ...], fresh: tuple[NoticeLineRow, ...]
) -> frozenset[str]:
    """Items that cost something else now: what was said about them may not be true any more."""
    said = {part.item: part.lost for line in stored for part in parts_of(line)}
    return frozenset(line.item for line in fresh if said.get(line.item) != line.lost)


async def end_notice(
    tools: Tools, actor: Actor | None, row: NoticeRow, move: NoticeMove, ending: Ending
) -> None:
    """Close, void or supersede a notice its caller holds, and log it."""
    state = notice_state.move(row.state, move)
    await notice_moves.note_ended(row.id, state, ending)
    if move is NoticeMove.VOID:
        await jobs.enqueue(
            kind=PRINT,
            key=f"{print_key(row.id)}:void",
            payload={"notice": row.id, "void": True},
            at=ending.at,
        )
        await tell_void(tools, actor, row)
    facts: dict[str, object] = {"changes": {"state": [row.state.value, state.value]}}
    if ending.reason:
        facts["reason"] = ending.reason
    if ending.replaced_by:
        facts["replaced_by"] = ending.replaced_by
    await record(tools, actor, f"notice.{move.value}", ("notice", row.id), facts)


async def close_notice(tools: Tools, actor: Actor | None, notice: str) -> None:
    """The last line is settled: nothing is owed any more. Belongs into the transaction that
    settles it, after everything else but its own event. Raises MoveRefused.
    """
    row = await notices.lock_notice(notice)
    if row is None:
        raise NotFound(noun="notice")
    ending = Ending(account=actor.account if actor else None, at=tools.now())
    await end_notice(tools, actor, row, NoticeMove.CLOSE, ending)


async def _followed(tools: Tools, actor: Actor, row: NoticeRow, card: Scorecard) -> Amended:
    followed = await follow_card(tools, actor, row.visit, card)
    if action := FOLLOWED.get(followed.what):
        await record(tools, actor, action, ("notice", row.id), followed.body)
    return Amended() if followed.what == "dropped" else Amended(notice=row.id)


async def _replaced(
    tools: Tools, actor: Actor, old: NoticeRow, lines: tuple[NoticeLineRow, ...], reason: str
) -> Amended:
    ending = Ending(account=actor.account, at=tools.now(), reason=reason)
    if not lines:
        await end_notice(tools, actor, old, NoticeMove.VOID, ending)
        return Amended(replaced=old.id)
    # Refused before a number is drawn.
    notice_state.move(old.state, NoticeMove.SUPERSEDE)
    new = tools.random_id()
    carried = tuple(_carried(tools, new, line) for line in lines)
    number = await _successor(tools, actor, old, new, carried)
    by_new = msgspec.structs.replace(ending, replaced_by=new)
    await end_notice(tools, actor, old, NoticeMove.SUPERSEDE, by_new)
    return Amended(notice=new, number=number, replaced=old.id)


async def _successor(
    tools: Tools, actor: Actor, old: NoticeRow, new: str, lines: tuple[NoticeLineRow, ...]
) -> str:
    await notices.add_notice(_new(tools, actor, old, new), lines)
    for line in lines:
        if line.carried_from:
            await rectification_lines.carry_line(line.carried_from, line.id)
    await notice_moves.note_submitted(new, actor.account, tools.now())
    row = _there(await notices.lock_notice(new))
    # The decision is the signature: whoever corrected the card stands for what follows from it.
    signing = Signing(
        body=await issuer_of(tools, old.region_path),
        drafted=actor.name,
        checked=actor.name,
        signed=actor.name,
        replaces=old.number or "",
    )
    snapshot = await issue(tools, actor, row, lines, signing)
    await tell_amended(tools, actor, row, snapshot.number, old.number or "")
    facts = {"number": snapshot.number, "check": snapshot.check, "replaces": old.number}
    await record(tools, actor, "notice.amend", ("notice", new), facts)
    if all(line.state in SETTLED for line in lines):
        await close_notice(tools, actor, new)
    return snapshot.number


def _new(tools: Tools, actor: Actor, old: NoticeRow, new: str) -> NewNotice:
    return NewNotice(
        id=new,
        visit=old.visit,
        round=old.round,
        store=old.store,
        store_kind=old.store_kind,
        region_path=old.region_path,
        demands=old.demands,
        verify_token=tools.new_token(),
        drafted_by=actor.account,
        drafted_at=tools.now(),
        replaces=old.id,
    )


def _carried(tools: Tools, new: str, line: NoticeLineRow) -> NoticeLineRow:
    """A line of the old notice in the new one: its deadline and its state go on."""
    # A line that was never issued has no deadline yet, and nothing it could carry on.
    known = line.due_at is not None
    return msgspec.structs.replace(
        line, id=tools.random_id(), notice=new, carried_from=line.id if known else None
    )
