"""Appealing against a loss: filing it, and taking it back."""

from datetime import datetime

import msgspec

from inspection.domain.access import Action, Actor
from inspection.domain.appeals import appeal as rules
from inspection.domain.appeals.appeal import AppealMove, AppealState, Ground
from inspection.domain.notices.notice_state import OPEN_STATES
from inspection.domain.points import Hundredths
from inspection.domain.refusals import MoveRefused, NotFound
from inspection.domain.refusals.appeals import (
    AppealChanged,
    AppealConflict,
    AppealNothingLost,
    AppealTaken,
)
from inspection.persistence.appeals import appeal_moves, appeals
from inspection.persistence.appeals.appeals import AppealRow, NewAppeal
from inspection.persistence.engine import tx
from inspection.persistence.notices import notices
from inspection.persistence.notices.notices import NoticeLineRow, NoticeRow
from inspection.persistence.rectifications import line_pauses, notice_tallies
from inspection.persistence.rectifications.line_pauses import LinePauseRow
from inspection.persistence.scoring import scored_visits
from inspection.services.appeals import appeal_access
from inspection.services.appeals.appeal_messages import tell_filed, tell_over
from inspection.services.appeals.attachments import NO_FILES, Files, add_files
from inspection.services.changes import record
from inspection.services.notices import notice_access
from inspection.services.overtaking import look_again
from inspection.services.reach import check_granted
from inspection.services.rubrics.rubrics import rubric_of
from inspection.services.tools import Tools


class Filing(msgspec.Struct, frozen=True, kw_only=True):
    """What a store says against a line. `item` names which, where a line is about several.
    `client_id` and `content_hash` come from a phone that may send the same thing again.
    """

    notice: str
    line: int
    ground: Ground
    text: str
    item: str = ""
    files: Files = NO_FILES
    client_id: str = ""
    content_hash: str = ""


class Filed(msgspec.Struct, frozen=True, kw_only=True):
    """An appeal that is kept. `is_new` is false for what a phone sent before."""

    id: str
    state: AppealState
    filed_at: datetime
    opinion_due_at: datetime
    decision_due_at: datetime
    is_new: bool = True


class Disputable(msgspec.Struct, frozen=True, kw_only=True):
    """A line as an appeal would find it: until when it may be, and what it costs now."""

    line: NoticeLineRow
    item: str
    lost: Hundredths
    delivered_at: datetime | None
    closes_at: datetime | None
    appeal: str | None


async def file_appeal(tools: Tools, actor: Actor, filing: Filing) -> Filed:
    """File an appeal. The same content again under its client id gets the same answer. Raises
    AppealWindowClosed, AppealTaken, AppealTextMissing, AttachmentMissing, AppealConflict.
    """
    check_granted(actor, Action.APPEAL_FILE)
    text = rules.statement(filing.text)

    async def decide() -> Filed:
        async with tx():
            return await _filed(tools, actor, msgspec.structs.replace(filing, text=text))

    return await look_again(decide)


async def withdraw_appeal(tools: Tools, actor: Actor, appeal: str, seen: int | None = None) -> None:
    """Take an appeal back; its line's clock goes on. Raises MoveRefused once it is decided, and
    AppealChanged for another version than `seen`.
    """
    async with tx():
        row = await appeal_access.held(actor, Action.APPEAL_FILE, appeal)
        await take_back(tools, actor, row, seen)


async def take_back(tools: Tools, actor: Actor, row: AppealRow, seen: int | None) -> None:
    """The same inside a transaction that holds the appeal."""
    if row.state is AppealState.WITHDRAWN:
        return
    rules.move(row.state, AppealMove.WITHDRAW)
    if seen not in {None, row.version}:
        raise AppealChanged
    at = tools.now()
    await appeal_moves.note_withdrawal(row.id, actor.account, at)
    await notice_tallies.tally_carrying(await line_pauses.end_pauses(row.id, at))
    facts = {"item": row.item, "state": [row.state.value, AppealState.WITHDRAWN.value]}
    await tell_over(tools, row, AppealState.WITHDRAWN, actor.account)
    await record(tools, actor, "appeal.withdraw", ("appeal", row.id), facts)


async def disputable(tools: Tools, row: NoticeRow, number: int, item: str = "") -> Disputable:
    """A line of a notice as an appeal finds it. Raises NotFound for a line it does not have."""
    line = next((each for each in await notices.lines_of(row.id) if each.number == number), None)
    if line is None or item not in {"", *line.items()}:
        raise NotFound(noun="notice")
    about = item or line.items()[0]
    card = await scored_visits.find_card(row.visit, row.attempt)
    lost = next((score.lost for score in card.items if score.item == about), 0) if card else 0
    delivered = await appeals.delivered_first(row.visit, about)
    return Disputable(
        line=line,
        item=about,
        lost=Hundredths(lost),
        delivered_at=delivered,
        closes_at=rules.closes_at(delivered, tools.appeal_days, tools.calendar)
        if delivered
        else None,
        appeal=await appeals.holder_of(rules.claim(row.visit, about)),
    )


async def _sent_before(actor: Actor, filing: Filing) -> Filed | None:
    known = await appeals.find_sent(filing.client_id)
    if known is None:
        return None
    if known.filed_by != actor.account or known.content_hash != filing.content_hash:
        raise AppealConflict
    return Filed(
        id=known.id,
        state=known.state,
        filed_at=known.filed_at,
        opinion_due_at=known.opinion_due_at,
        decision_due_at=known.decision_due_at,
        is_new=False,
    )


async def _filed(tools: Tools, actor: Actor, filing: Filing) -> Filed:
    row = await notice_access.held(actor, Action.APPEAL_FILE, filing.notice)
    if filing.client_id and (known := await _sent_before(actor, filing)):
        return known
    found = await disputable(tools, row, filing.line, filing.item)
    if found.appeal is not None:
        raise AppealTaken
    if row.state not in OPEN_STATES:
        raise MoveRefused(noun="notice", state=row.state.value, move="appeal")
    rules.check_window(found.delivered_at, found.closes_at, tools.now())
    if not found.lost:
        raise AppealNothingLost
    new = await _new(tools, actor, filing, row, found)
    await appeals.add_appeal(new)
    await _follow(tools, actor, filing, new)
    return Filed(
        id=new.id,
        state=AppealState.FILED,
        filed_at=new.filed_at,
        opinion_due_at=new.opinion_due_at,
        decision_due_at=new.decision_due_at,
    )


async def _follow(tools: Tools, actor: Actor, filing: Filing, new: NewAppeal) -> None:
    """Files, the clock, those to tell, the log."""
    files = await add_files(tools, actor, new.id, filing.files)
    if new.frozen:
        pause = LinePauseRow(id=tools.new_id(), line=new.line, since=new.filed_at, cause=new.id)
        await line_pauses.begin_pause(pause)
        await notice_tallies.tally_lines(new.notice)
    await tell_filed(tools, await appeals.get_appeal(new.id), actor.account)
    facts = {
        "notice": new.notice,
        "line": filing.line,
        "item": new.item,
        "ground": new.ground.value,
        "lost": new.old_lost,
        "files": files,
        "frozen": new.frozen,
    }
    await record(tools, actor, "appeal.file", ("appeal", new.id), facts)


async def _new(
    tools: Tools, actor: Actor, filing: Filing, row: NoticeRow, found: Disputable
) -> NewAppeal:
    item = (await rubric_of(row.rubric_version)).item(found.item)
    now = tools.now()
    opinion = rules.opinion_due(now)
    return NewAppeal(
        id=tools.random_id(),
        notice=row.id,
        line=found.line.id,
        visit=row.visit,
        attempt=row.attempt,
        item=found.item,
        round=row.round,
        store=row.store,
        region_path=row.region_path,
        ground=filing.ground,
        text=filing.text,
        claim=rules.claim(row.visit, found.item),
        frozen=rules.freezes(found.line.severity, item.severity if item else ""),
        old_lost=found.lost,
        filed_by=actor.account,
        filed_at=now,
        closes_at=found.closes_at or now,
        opinion_due_at=opinion,
        decision_due_at=rules.decision_due(opinion),
        client_id=filing.client_id or None,
        content_hash=filing.content_hash,
    )
