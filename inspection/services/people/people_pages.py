"""What administrators see of people, a list and one person, and what everybody sees of devices."""

from collections.abc import Iterable
from datetime import datetime

import msgspec

from inspection.domain.access import Action, Actor, Role
from inspection.domain.listing import ListAsked
from inspection.domain.people.account import is_proved
from inspection.domain.people.device import DeviceWords, device_words
from inspection.domain.people.person import Unit
from inspection.domain.refusals import NotFound
from inspection.persistence.people import (
    account_units,
    devices,
    invitations,
    people,
    places,
    second_steps,
)
from inspection.persistence.people.invitations import InvitationRow
from inspection.persistence.people.people import PeopleWanted, PersonRow
from inspection.persistence.people.places import RegionRow, Scope
from inspection.services.people.people import units_version, version_of
from inspection.services.people.people_reach import reached
from inspection.services.people.proofs import check_proved
from inspection.services.reach import check_granted, scope_of
from inspection.services.tools import Tools

LEVELS = ("province", "branch", "county")


class PeopleAsked(msgspec.Struct, frozen=True, kw_only=True):
    """Which people to list: words, order and place in the list, and filters."""

    asked: ListAsked
    role: str = ""
    state: str = ""
    region: str = ""


class PersonListed(msgspec.Struct, frozen=True, kw_only=True):
    """A person in the list, with the regions they are in, top first, and when they were seen."""

    person: PersonRow
    regions: tuple[RegionRow, ...]
    seen_at: datetime | None


class PeopleList(msgspec.Struct, frozen=True, kw_only=True):
    """One page of people; without `names` inspectors are called by their pseudonyms."""

    rows: tuple[PersonListed, ...]
    total: int
    sort: str
    next_cursor: str | None
    names: bool


class DeviceShown(msgspec.Struct, frozen=True, kw_only=True):
    """One device somebody is signed in on."""

    session: str
    words: DeviceWords
    signed_in_at: datetime
    seen_at: datetime
    current: bool


class PersonDetail(msgspec.Struct, frozen=True, kw_only=True):
    """Everything the page of one person shows. `version` and `units_version` go back with what is
    changed; `invitation` is the last one, also one that is over.
    """

    person: PersonRow
    regions: tuple[RegionRow, ...]
    units: tuple[Unit, ...]
    unit_regions: dict[str, RegionRow]
    devices: tuple[DeviceShown, ...]
    invitation: InvitationRow | None
    used_on: DeviceWords
    has_second_step: bool
    recovery_codes: int
    version: str
    units_version: str


async def list_of_people(tools: Tools, actor: Actor, wanted: PeopleAsked) -> PeopleList:
    """One page of the people in the caller's part of the tree; whoever belongs to no part of it is
    shown to those who have the whole. Inspectors' names are for callers who proved of late who
    they are. Raises NotFound for a region outside.
    """
    return await _people(actor, wanted, names=is_proved(actor.proved_at, tools.now()))


async def named_people(actor: Actor, wanted: PeopleAsked) -> PeopleList:
    """The same with all names, for whoever had the caller's proof checked."""
    return await _people(actor, wanted, names=True)


async def person_detail(tools: Tools, actor: Actor, account: str, session: str) -> PersonDetail:
    """One person; `session` is the caller's own. Raises NotFound for one elsewhere, and ProofNeeded
    before it says who an inspector is.
    """
    person = await reached(actor, Action.ACCOUNT_READ, account)
    if person.role is Role.INSPECTOR:
        await check_proved(tools, actor)
    units = await account_units.units_of(account)
    invitation = await invitations.latest_invitation(account)
    found = await second_steps.find_second_step(account)
    names = await places.names_of([person.place] if person.place else [])
    return PersonDetail(
        person=person,
        regions=_above(person.place, names),
        units=units,
        unit_regions={row.code: row for row in await _regions() if row.code in _codes(units)},
        devices=await _devices(tools, account, session),
        invitation=invitation,
        used_on=device_words(invitation.used_on if invitation else ""),
        has_second_step=found is not None and found.confirmed_at is not None,
        recovery_codes=await second_steps.count_recovery_codes(account),
        version=version_of(person),
        units_version=units_version(units),
    )


async def own_devices(tools: Tools, actor: Actor, session: str) -> tuple[DeviceShown, ...]:
    """Where the caller is signed in; `session` is the one asked with."""
    check_granted(actor, Action.SELF_READ)
    return await _devices(tools, actor.account, session)


async def region_choices(actor: Actor) -> tuple[RegionRow, ...]:
    """The regions within the caller's reach, each below the one it belongs to."""
    scope = scope_of(actor, Action.ACCOUNT_READ)
    return _in_order(await places.regions_within(scope.path, LEVELS))


async def open_region_choices(actor: Actor, kept: str = "") -> tuple[RegionRow, ...]:
    """Those of them that are open, and the one somebody is kept in already."""
    regions = await region_choices(actor)
    return tuple(region for region in regions if region.is_open or region.code == kept)


async def unit_choices(actor: Actor) -> tuple[RegionRow, ...]:
    """Every region: inspectors come from anywhere."""
    check_granted(actor, Action.ACCOUNT_READ)
    return _in_order(await _regions())


async def _regions() -> tuple[RegionRow, ...]:
    return await places.regions_within("", LEVELS)


async def _people(actor: Actor, wanted: PeopleAsked, *, names: bool) -> PeopleList:
    scope = await _known_scope(scope_of(actor, Action.ACCOUNT_READ).path)
    region = scope_of(actor, Action.ACCOUNT_READ, wanted.region).path if wanted.region else ""
    found = await people.list_people(
        PeopleWanted(
            scope=scope,
            region=await _region_scope(region),
            asked=wanted.asked,
            role=wanted.role,
            state=wanted.state,
            names=names,
        )
    )
    places_of = await places.names_of(row.place for row in found.rows if row.place)
    seen = await people.last_seen(row.id for row in found.rows)
    rows = tuple(
        PersonListed(person=row, regions=_above(row.place, places_of), seen_at=seen.get(row.id))
        for row in found.rows
    )
    return PeopleList(
        rows=rows, total=found.total, sort=found.sort, next_cursor=found.next_cursor, names=names
    )


async def _known_scope(path: str) -> Scope:
    found = await places.find_region(path)
    return found[1] if found else Scope(path)


async def _region_scope(path: str) -> Scope:
    if not path:
        return Scope()
    if await places.find_region(path) is None:
        raise NotFound(noun="region")
    return Scope(path)


async def _devices(tools: Tools, account: str, session: str) -> tuple[DeviceShown, ...]:
    return tuple(
        DeviceShown(
            session=row.id,
            words=device_words(row.user_agent),
            signed_in_at=row.created_at,
            seen_at=row.seen_at,
            current=row.id == session,
        )
        for row in await devices.devices_of(account, tools.now())
    )


def _above(path: str, names: dict[str, RegionRow]) -> tuple[RegionRow, ...]:
    return tuple(row for at, row in sorted(names.items()) if path.startswith(at))


def _codes(units: Iterable[Unit]) -> set[str]:
    return {unit.region for unit in units}


def _in_order(regions: Iterable[RegionRow]) -> tuple[RegionRow, ...]:
    return tuple(sorted(regions, key=lambda region: region.path))
