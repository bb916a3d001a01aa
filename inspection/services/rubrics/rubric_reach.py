"""Reaching drafts of rubrics. They are for the whole tree: who has a part of it has none."""

from inspection.domain.access import Action, Actor
from inspection.domain.refusals import NotFound
from inspection.persistence.rubrics import rubric_drafts
from inspection.persistence.rubrics.rubric_drafts import DraftRow
from inspection.services.reach import check_whole

NOUN = "rubric_draft"


async def reached(actor: Actor, action: Action, draft: str) -> DraftRow:
    """The draft. Raises NotAllowed or NotFound."""
    check_whole(actor, action, NOUN)
    return _there(await rubric_drafts.find_draft(draft))


async def held(actor: Actor, action: Action, draft: str) -> DraftRow:
    """The same inside a transaction, the row kept from changing until it ends."""
    check_whole(actor, action, NOUN)
    return _there(await rubric_drafts.lock_draft(draft))


def _there(row: DraftRow | None) -> DraftRow:
    if row is None:
        raise NotFound(noun="rubric_draft")
    return row
