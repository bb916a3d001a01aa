"""Reaching an appeal: its store, the region it lies in, whoever inspected once they are asked."""

from inspection.domain.access import AccountId, Action, Actor, Place, Role, StoreId, may
from inspection.domain.appeals.appeal import DECIDED_STATES, Voice
from inspection.domain.refusals import NotFound
from inspection.persistence.appeals import appeal_lists, appeals
from inspection.persistence.appeals.appeals import AppealRow
from inspection.services.reach import check_granted

VOICES = {
    Role.STORE_STAFF: Voice.STORE,
    Role.INSPECTOR: Voice.INSPECTOR,
    Role.REGIONAL_MANAGER: Voice.REGION,
    Role.REVIEWER: Voice.REVIEWER,
    Role.ADMINISTRATOR: Voice.REVIEWER,
}


async def reached(actor: Actor, action: Action, appeal: str) -> AppealRow:
    """The appeal. Raises NotAllowed or NotFound."""
    check_granted(actor, action)
    return await _visible(actor, action, await appeals.find_appeal(appeal))


async def held(actor: Actor, action: Action, appeal: str) -> AppealRow:
    """The same inside a transaction, the row kept from changing until it ends."""
    check_granted(actor, action)
    return await _visible(actor, action, await appeals.lock_appeal(appeal))


def place_of(row: AppealRow) -> Place:
    """Where an appeal is, for whoever asks."""
    return Place(
        region_path=row.region_path,
        store=StoreId(row.store),
        inspector=AccountId(row.inspector),
    )


async def _visible(actor: Actor, action: Action, row: AppealRow | None) -> AppealRow:
    if row is None or not may(actor, action, place_of(row)):
        raise NotFound(noun="appeal")
    if actor.role is Role.INSPECTOR and not await _concerns(row):
        raise NotFound(noun="appeal")
    return row


async def _concerns(row: AppealRow) -> bool:
    """Whether it concerns whoever inspected: not before somebody asks, or it is decided."""
    return row.state in DECIDED_STATES or await appeal_lists.is_asked(row.id)
