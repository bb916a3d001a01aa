"""Which people an administrator reaches: those of their part of the tree. Whoever belongs to no
part of it belongs to the whole.
"""

from inspection.domain.access import Action, Actor, Place, Role, StoreId
from inspection.domain.org.region_path import depth, upwards
from inspection.domain.people.account import ROLES_WITH_REGION
from inspection.domain.people.account_place import check_open
from inspection.domain.people.person import PersonState
from inspection.domain.refusals import (
    AccountIncomplete,
    LastAdministrator,
    NotFound,
    NotSignedIn,
)
from inspection.persistence.people import accounts, people, places
from inspection.persistence.people.people import PersonRow, Placed
from inspection.services.reach import check_reach


async def reached(by: Actor, action: Action, account: str) -> PersonRow:
    """The person. Raises NotFound for one elsewhere as for none at all."""
    found = await people.find_person(account)
    if found is None:
        raise NotFound(noun="account")
    check_reach(by, action, Place(region_path=found.place or _whole(by)), "account")
    return found


async def locked(by: Actor, account: str) -> PersonRow:
    """The same to be changed: the person, and all administrators, stay as they are until the
    caller's transaction ends. Raises NotFound, and NotSignedIn as `check_caller` does.
    """
    await check_caller(by, account)
    return await reached(by, Action.ACCOUNT_EDIT, account)


async def check_caller(by: Actor, account: str = "") -> None:
    """Keep all administrators, and the person named, as they are until the transaction ends. Raises
    NotSignedIn when the administrator asking was disabled or moved since their request began.
    """
    await people.lock_people(account)
    now = await people.get_person(by.account)
    if now.state is PersonState.DISABLED or (now.role, now.place) != (by.role, by.region_path):
        raise NotSignedIn


async def placed(
    by: Actor, role: Role, region: str, store: str, kept: PersonRow | None = None
) -> Placed:
    """Where somebody of the role belongs, by codes within the administrator's reach; codes the role
    has no use for are left out. Raises AccountIncomplete, NotFound, and PlaceClosed unless the
    person is `kept` there.
    """
    if role is Role.STORE_STAFF:
        return await _at_store(by, role, store, kept)
    if region:
        return await _in_region(by, region, kept)
    if role in ROLES_WITH_REGION or by.region_path != _whole(by):
        raise AccountIncomplete(role=role.value, place="region")
    return Placed()


async def check_not_last(person: PersonRow) -> None:
    """Raises LastAdministrator when nobody else who can sign in administers the whole."""
    if person.role is Role.ADMINISTRATOR and depth(person.place) == 1:
        others = await people.administrators_of(person.place) - {person.id}
        if not others:
            raise LastAdministrator


async def region_id(by: Actor, code: str) -> str:
    """The id of a region anywhere below the top the administrator is under: inspectors come from
    anywhere. Raises NotFound.
    """
    found = await accounts.find_region(code)
    if found is None or not found.path.startswith(_whole(by)):
        raise NotFound(noun="region")
    return found.id


async def _at_store(by: Actor, role: Role, code: str, kept: PersonRow | None) -> Placed:
    if not code:
        raise AccountIncomplete(role=role.value, place="store")
    found = await places.find_store(code)
    if found is None:
        raise NotFound(noun="store")
    check_reach(by, Action.ACCOUNT_EDIT, Place(region_path=found.region_path), "store")
    if kept is None or kept.store != code:
        check_open(found.state, "store")
    return Placed(store=StoreId(found.id))


async def _in_region(by: Actor, code: str, kept: PersonRow | None) -> Placed:
    found = await accounts.find_region(code)
    if found is None:
        raise NotFound(noun="region")
    check_reach(by, Action.ACCOUNT_EDIT, Place(region_path=found.path), "region")
    if kept is None or kept.region != code:
        check_open(found.state, "region")
    return Placed(region=found.id, region_path=found.path)


def _whole(by: Actor) -> str:
    return upwards(by.region_path)[0]
