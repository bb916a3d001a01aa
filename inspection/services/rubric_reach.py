"""Reaching drafts of rubrics. They are for the whole tree: who has a part of it has none."""

from inspection.domain.access import Action, Actor, Place
from inspection.domain.refusals import NotFound
from inspection.domain.region_path import top_of
from inspection.persistence import rubric_drafts
from inspection.persistence.rubric_drafts import DraftRow
from inspection.services.reach import check_reach


def check_whole_tree(actor: Actor, action: Action, noun: str = "rubric_draft") -> None:
    """Raises NotAllowed for the wrong role, and NotFound for a caller of one region."""
    check_reach(actor, action, Place(region_path=top_of(actor.region_path)), noun)


async def reached(actor: Actor, action: Action, draft: str) -> DraftRow:
    """The draft. Raises NotAllowed or NotFound."""
    check_whole_tree(actor, action)
    return _there(await rubric_drafts.find_draft(draft))


async def held(actor: Actor, action: Action, draft: str) -> DraftRow:
    """The same inside a transaction, the row kept from changing until it ends."""
    check_whole_tree(actor, action)
    return _there(await rubric_drafts.lock_draft(draft))


def _there(row: DraftRow | None) -> DraftRow:
    if row is None:
        raise NotFound(noun="rubric_draft")
    return row
