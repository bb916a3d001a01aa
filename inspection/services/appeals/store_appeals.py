"""Appeals as the store sees them: copied field by field, without a name of the other side."""

from datetime import datetime

import msgspec

from inspection.domain.access import Action, Actor
from inspection.domain.appeals import appeal as rules
from inspection.domain.appeals.appeal import OPEN_STATES, AppealMove, AppealState, Voice
from inspection.domain.notices.notice_state import OPEN_STATES as NOTICE_OPEN
from inspection.domain.notices.notice_state import NoticeState
from inspection.domain.rubrics.rubric import Rubric, Text
from inspection.persistence.appeals import appeal_lists, appeal_threads, appeals
from inspection.persistence.appeals.appeal_lists import OwnAppeal
from inspection.persistence.appeals.appeal_threads import SaidMessage
from inspection.persistence.notices import notices
from inspection.persistence.notices.notices import NoticeRow
from inspection.services.appeals.appeal_access import reached
from inspection.services.appeals.appeal_pages import file_shown, photos_in
from inspection.services.appeals.appeal_results import (
    AppealForm,
    AppealItem,
    NotNow,
    OwnAppealShown,
    StoreAppeal,
    StoreMessage,
)
from inspection.services.appeals.appeals import Disputable, disputable
from inspection.services.notices import notice_access
from inspection.services.reach import check_granted
from inspection.services.rubrics.rubrics import rubric_of
from inspection.services.tools import Tools

MOST_LISTED = 200
MOST_KEPT = 40
"""Appeals a phone has to be read without a network."""


_COPIED = (
    "id", "notice", "item", "problem", "ground", "text", "state", "frozen", "old_lost", "new_lost",
    "filed_at", "opinion_due_at", "decision_due_at", "reason", "decided_at", "version",
)  # fmt: skip
"""Allow-list: the fields of a row that are the same fields of a StoreAppeal."""


class AppealMark(msgspec.Struct, frozen=True, kw_only=True):
    """What a line of a notice says about appealing: the appeal there is, or until when one may be
    filed.
    """

    appeal: str = ""
    state: AppealState | None = None
    closes_at: datetime | None = None


async def store_appeal(actor: Actor, appeal: str) -> StoreAppeal:
    """One appeal of the store. Raises NotFound."""
    row = await reached(actor, Action.APPEAL_READ, appeal)
    is_open = row.state in OPEN_STATES
    return StoreAppeal(
        number=row.number or "",
        line=row.line_number,
        title=title_in(await rubric_of(row.rubric_version), row.item),
        photos=photos_in(row),
        filed_by=row.filed_name,
        amended=row.amended or "",
        amended_number=row.amended_number or "",
        notice_void=row.notice_state is NoticeState.VOID,
        files=tuple(file_shown(file) for file in await appeal_threads.files_of(appeal)),
        messages=_told(await appeal_threads.messages_of(appeal)),
        can_say=is_open,
        can_withdraw=rules.allowed(row.state, AppealMove.WITHDRAW),
        **{field: getattr(row, field) for field in _COPIED},
    )


async def own_appeals(actor: Actor) -> tuple[OwnAppealShown, ...]:
    """The store's appeals, latest first."""
    check_granted(actor, Action.APPEAL_FILE)
    rows = await appeal_lists.appeals_of_store(actor.store or "", MOST_LISTED)
    return tuple([await own_shown(row) for row in rows])


async def appeals_to_keep(actor: Actor) -> tuple[StoreAppeal, ...]:
    """The store's latest appeals whole, for a phone that keeps them, latest first."""
    check_granted(actor, Action.APPEAL_FILE)
    rows = await appeal_lists.appeals_of_store(actor.store or "", MOST_KEPT)
    return tuple([await store_appeal(actor, row.id) for row in rows])


async def appeal_form(tools: Tools, actor: Actor, notice: str, number: int) -> AppealForm:
    """What the form about a line shows. Raises NotFound."""
    row = await notice_access.reached(actor, Action.APPEAL_FILE, notice)
    about = await _about(tools, row, number)
    free = tuple(found for found in about if not _blocked(tools, row, found))
    found = (free or about)[0]
    rubric = await rubric_of(row.rubric_version)
    item = rubric.item(found.item)
    return AppealForm(
        notice=row.id,
        number=row.number or "",
        line=number,
        item=found.item,
        title=title_in(rubric, found.item),
        problem=found.line.problem,
        photos=len(found.line.published_photos()),
        lost=found.lost,
        freezes=rules.freezes(found.line.severity, item.severity if item else ""),
        closes_at=found.closes_at,
        blocked=_blocked(tools, row, found),
        appeal=found.appeal or "",
        items=tuple(
            AppealItem(code=each.item, title=title_in(rubric, each.item), lost=each.lost)
            for each in free
        ),
    )


async def appeal_marks(tools: Tools, actor: Actor, notice: str) -> dict[int, AppealMark]:
    """What each line of a notice of the store says about appealing, by its number."""
    row = await notice_access.reached(actor, Action.APPEAL_FILE, notice)
    known = await appeals.appeals_about(row.visit)
    marks = {}
    for line in await notices.lines_of(row.id):
        filed = [known[item] for item in line.items() if item in known]
        appeal, state = filed[0] if filed else ("", None)
        closes = None
        if len(filed) < len(line.items()) and line.lost and row.state in NOTICE_OPEN:
            about = await _about(tools, row, line.number)
            closes = next((f.closes_at for f in about if not _blocked(tools, row, f)), None)
        if appeal or closes:
            marks[line.number] = AppealMark(appeal=appeal, state=state, closes_at=closes)
    return marks


async def _about(tools: Tools, row: NoticeRow, number: int) -> tuple[Disputable, ...]:
    """Every item of a line, as an appeal finds it."""
    first = await disputable(tools, row, number)
    others = [
        await disputable(tools, row, number, item)
        for item in first.line.items()
        if item != first.item
    ]
    return (first, *others)


async def own_shown(row: OwnAppeal) -> OwnAppealShown:
    """One as its store's list shows it: the store does not need its own name."""
    return OwnAppealShown(
        id=row.id,
        number=row.number or "",
        item=row.item,
        title=title_in(await rubric_of(row.rubric_version), row.item),
        state=row.state,
        ground=row.ground,
        old_lost=row.old_lost,
        new_lost=row.new_lost,
        filed_at=row.filed_at,
    )


def title_in(rubric: Rubric, item: str) -> Text:
    """What an item is called."""
    known = rubric.item(item)
    return known.title if known else Text(item, item)


def _told(messages: tuple[SaidMessage, ...]) -> tuple[StoreMessage, ...]:
    return tuple(
        StoreMessage(
            own=message.voice is Voice.STORE,
            text=message.text,
            at=message.said_at if message.voice is Voice.STORE else None,
        )
        for message in messages
        if message.to_store
    )


def _blocked(tools: Tools, row: NoticeRow, found: Disputable) -> NotNow:
    if found.appeal is not None:
        return "taken"
    if row.state not in NOTICE_OPEN:
        return "notice_over"
    if not found.lost:
        return "nothing_lost"
    return "closed" if found.closes_at is None or tools.now() > found.closes_at else ""
