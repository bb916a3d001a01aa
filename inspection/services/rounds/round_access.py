"""Reaching a round: who may see it, and who may change it."""

from inspection.domain.access import Action, Actor, Place
from inspection.domain.org.region_path import lies_in
from inspection.domain.refusals import NotFound
from inspection.persistence.people import places
from inspection.persistence.rounds import plans, round_rows
from inspection.persistence.rounds.plans import RoundEntry
from inspection.services.reach import check_granted, check_reach


async def seen_round(actor: Actor, code: str) -> RoundEntry:
    """A round that touches the caller's part of the tree. Raises NotAllowed or NotFound."""
    return await touched_round(actor, Action.ROUND_READ, code)


async def touched_round(actor: Actor, action: Action, code: str) -> RoundEntry:
    """The same for whoever may do something else about it."""
    check_granted(actor, action)
    found = await round_rows.find_round(code)
    if found is None or not _touches(actor.region_path, found.region_path):
        raise NotFound(noun="round")
    return found


async def held_round(actor: Actor, action: Action, code: str) -> RoundEntry:
    """A round that lies in the caller's part of the tree, kept from changing until the transaction
    ends. Raises NotAllowed or NotFound.
    """
    check_granted(actor, action)
    found = await plans.lock_plan(code)
    if found is None:
        raise NotFound(noun="round")
    check_reach(actor, action, await place_of(found), "round")
    return found


async def place_of(found: RoundEntry) -> Place:
    """Where the round is. One without a region is everywhere: at the top, if there is one top."""
    return Place(region_path=found.region_path or await places.root_path() or None)


def _touches(mine: str, path: str) -> bool:
    return bool(mine) and (not path or lies_in(path, mine) or lies_in(mine, path))
