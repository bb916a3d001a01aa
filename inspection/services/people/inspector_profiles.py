"""Where an inspector sets out from, and what they can take on: what plans go by."""

import msgspec

from inspection.domain.access import Action, Actor
from inspection.domain.refusals import Fault, NotFound
from inspection.domain.refusals.proposals import PlanChanged, PlanRefused
from inspection.domain.rounds.plan_choice import cap_faults
from inspection.persistence.engine import read_tx, tx
from inspection.persistence.people import inspector_profiles, places
from inspection.persistence.people.inspector_profiles import ProfileRow
from inspection.persistence.people.places import RegionRow
from inspection.services.changes import changes, record
from inspection.services.people.proofs import check_proved
from inspection.services.reach import check_granted
from inspection.services.tools import Tools

LEVELS = ("branch", "county")


class ProfileWish(msgspec.Struct, frozen=True, kw_only=True):
    """Home by the path of its region; without a cap the plan's rule counts. `seen` is the version
    the page showed.
    """

    home: str
    per_round: int | None
    per_day: int | None
    seen: str


class ProfilePage(msgspec.Struct, frozen=True, kw_only=True):
    """An inspector's profile and the regions to choose a home from."""

    row: ProfileRow
    seen: str
    regions: tuple[RegionRow, ...]


async def profile_page(tools: Tools, actor: Actor, account: str) -> ProfilePage:
    """Raises NotAllowed; NotFound for those who do not look after the whole tree; ProofNeeded
    before it says who somebody is.
    """
    async with read_tx():
        row = await _held(actor, account)
        await check_proved(tools, actor)
        regions = await places.regions_within(actor.region_path, LEVELS)
    return ProfilePage(row=row, seen=_version(row), regions=regions)


async def keep_profile(tools: Tools, actor: Actor, account: str, wish: ProfileWish) -> None:
    """Write a profile. Raises NotAllowed, NotFound, PlanRefused, PlanChanged."""
    async with tx():
        before = await _held(actor, account, lock=True)
        faults = list(cap_faults(wish.per_round, wish.per_day))
        if wish.home and await places.find_region(wish.home) is None:
            faults.append(Fault("/home", "plan.home_unknown"))
        if faults:
            raise PlanRefused(faults=tuple(faults))
        after = msgspec.structs.replace(
            before, home=wish.home, per_round=wish.per_round, per_day=wish.per_day
        )
        if after == before:
            return
        if wish.seen != _version(before):
            raise PlanChanged
        await inspector_profiles.keep_profile(tools.new_id(), after)
        body = {"changes": changes(before, after)}
        await record(tools, actor, "inspector.profile", ("account", account), body)


async def _held(actor: Actor, account: str, *, lock: bool = False) -> ProfileRow:
    check_granted(actor, Action.INSPECTOR_EDIT)
    found = await inspector_profiles.find_profile(account, lock=lock)
    # Inspectors belong to no part of the tree.
    if found is None or actor.region_path != await places.root_path():
        raise NotFound(noun="account")
    return found


def _version(row: ProfileRow) -> str:
    return f"{row.home} {row.per_round} {row.per_day}"
