"""One round as those who plan see it: what it says, what was decided, what may be done now."""

import msgspec

from inspection.domain.access import Action, Actor, Place, granted, may
from inspection.domain.org.region_path import upwards
from inspection.domain.rounds.round import BEGUN, RoundMove, RoundState, moves_of, thin_sample
from inspection.domain.rounds.round_lock import OpenMatters
from inspection.domain.rubrics.rubric import Text
from inspection.persistence.engine import read_tx
from inspection.persistence.people import people, places
from inspection.persistence.people.places import RegionRow
from inspection.persistence.rankings import ranked_rounds
from inspection.persistence.rectifications.open_matters import open_matters
from inspection.persistence.rounds import round_rows
from inspection.persistence.rounds.plans import RoundEntry
from inspection.persistence.rounds.round_rows import DecisionShown, UsableRubric
from inspection.services.people.places import map_of
from inspection.services.reach import check_granted
from inspection.services.rounds.round_access import place_of, seen_round
from inspection.services.rounds.round_drafts import authors_of

MOVES: dict[RoundMove, Action] = {
    RoundMove.EDIT: Action.ROUND_EDIT,
    RoundMove.SUBMIT: Action.ROUND_EDIT,
    RoundMove.RECALL: Action.ROUND_EDIT,
    RoundMove.AMEND: Action.ROUND_EDIT,
    RoundMove.APPROVE: Action.ROUND_DECIDE,
    RoundMove.VETO: Action.ROUND_DECIDE,
    RoundMove.LOCK: Action.ROUND_LOCK,
    RoundMove.UNLOCK: Action.ROUND_LOCK,
    RoundMove.DISCARD: Action.ROUND_EDIT,
    RoundMove.RESTORE: Action.ROUND_EDIT,
}
DECISIONS = frozenset({RoundMove.APPROVE, RoundMove.VETO})


class RoundDetail(msgspec.Struct, frozen=True, kw_only=True):
    """A round with everything its page shows. `moves` is what the caller may do now; `is_own`
    tells why somebody who decides may not decide here, and `deciders` names those who may.
    """

    entry: RoundEntry
    state: RoundState
    name: Text
    theme: Text
    region: Text
    previous: str
    rubrics: tuple[UsableRubric, ...]
    decisions: tuple[DecisionShown, ...]
    moves: frozenset[RoundMove]
    is_own: bool
    deciders: tuple[str, ...]
    thin: bool


class RoundOptions(msgspec.Struct, frozen=True, kw_only=True):
    """What a form may offer: versions by kind of store, regions, rounds to compare with."""

    rubrics: dict[str, tuple[UsableRubric, ...]]
    regions: tuple[RegionRow, ...]
    previous: tuple[tuple[str, Text], ...]


async def round_of(actor: Actor, code: str) -> RoundDetail:
    """One round. Raises NotAllowed or NotFound."""
    async with read_tx():
        entry = await seen_round(actor, code)
        names = await map_of([entry.region_path] if entry.region_path else [])
        place = await place_of(entry)
        return RoundDetail(
            entry=entry,
            state=RoundState(entry.state),
            name=Text(entry.name_zh, entry.name_en),
            theme=Text(entry.theme_zh, entry.theme_en),
            region=names.name(entry.region_path),
            previous=await round_rows.code_of(entry.previous),
            rubrics=await round_rows.rubrics_of(entry.id),
            decisions=await round_rows.decisions_on(entry.id),
            moves=_moves(actor, entry, place),
            is_own=actor.account in authors_of(entry),
            deciders=await _deciders(entry, place),
            thin=thin_sample(entry.min_visits),
        )


async def left_open(found: RoundDetail) -> OpenMatters:
    """What of a round is still open, for whoever may lock it; nothing for others."""
    if RoundMove.LOCK not in found.moves:
        return OpenMatters()
    return await open_matters(found.entry.id)


async def round_options(actor: Actor) -> RoundOptions:
    """What may be chosen for a round of the caller's."""
    check_granted(actor, Action.ROUND_EDIT)
    async with read_tx():
        usable = await round_rows.usable_rubrics()
        kinds = sorted({rubric.store_kind for rubric in usable})
        regions = await places.regions_within(actor.region_path, ("province", "branch"))
        begun = await ranked_rounds.list_rounds(actor.region_path)
    return RoundOptions(
        rubrics={
            kind: tuple(rubric for rubric in usable if rubric.store_kind == kind) for kind in kinds
        },
        regions=regions,
        previous=tuple((found.code, found.name) for found in begun if not found.pilot),
    )


async def _deciders(entry: RoundEntry, place: Place) -> tuple[str, ...]:
    if place.region_path is None or RoundState(entry.state) in BEGUN:
        return ()
    found = await people.administrators_over(upwards(place.region_path))
    return tuple(name for account, name in found if account not in authors_of(entry))


def _moves(actor: Actor, entry: RoundEntry, place: Place) -> frozenset[RoundMove]:
    here = {
        wanted for wanted in moves_of(RoundState(entry.state)) if may(actor, MOVES[wanted], place)
    }
    own = granted(actor.role, Action.ROUND_DECIDE) and actor.account in authors_of(entry)
    return frozenset(here - DECISIONS if own else here)
