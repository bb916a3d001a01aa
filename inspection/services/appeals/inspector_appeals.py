"""Appeals about an inspector's visits: those they are asked about, and what was decided."""

import msgspec

from inspection.domain.access import Action, Actor
from inspection.domain.appeals.appeal import OPEN_STATES, Voice
from inspection.persistence.appeals import appeal_lists, appeal_threads
from inspection.services.appeals.appeal_access import reached
from inspection.services.appeals.appeal_pages import thread_of
from inspection.services.appeals.appeal_results import InspectorAppeal, OwnAppealShown, ThreadEntry
from inspection.services.appeals.store_appeals import own_shown, title_in
from inspection.services.reach import check_granted
from inspection.services.rubrics.rubrics import rubric_of

MOST_LISTED = 200


async def asked_appeals(actor: Actor) -> tuple[OwnAppealShown, ...]:
    """What the inspector is asked about, open questions first, and what was decided."""
    check_granted(actor, Action.APPEAL_SAY)
    rows = await appeal_lists.appeals_for_inspector(actor.account, MOST_LISTED)
    return tuple(
        [msgspec.structs.replace(await own_shown(row), store_name=row.store_name) for row in rows]
    )


async def inspector_appeal(actor: Actor, appeal: str) -> InspectorAppeal:
    """One of them. Raises NotFound for one nobody asked about."""
    row = await reached(actor, Action.APPEAL_READ, appeal)
    rubric = await rubric_of(row.rubric_version)
    item = rubric.item(row.item)
    title = title_in(rubric, row.item)
    return InspectorAppeal(
        id=row.id,
        store_name=row.store_name,
        item=row.item,
        title=title,
        standard=item.standard if item else title,
        problem=row.problem,
        ground=row.ground,
        text=row.text,
        state=row.state,
        old_lost=row.old_lost,
        new_lost=row.new_lost,
        reason=row.reason,
        decided_at=row.decided_at,
        thread=_own(thread_of(row, await appeal_threads.messages_of(appeal))),
        can_say=row.state in OPEN_STATES,
    )


def _own(thread: tuple[ThreadEntry, ...]) -> tuple[ThreadEntry, ...]:
    """Questions put to them, and what they said."""
    return tuple(
        entry
        for entry in thread
        if entry.what == "say" and (entry.to_inspector or entry.voice is Voice.INSPECTOR)
    )
