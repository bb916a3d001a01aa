"""Reaching a notice: the one place where a store's, a region's and nobody's are told apart."""

from inspection.domain.access import Action, Actor, Place, Role, StoreId, may
from inspection.domain.notices.notice_state import STORE_SEES
from inspection.domain.refusals import NotFound
from inspection.persistence.notices import notices
from inspection.persistence.notices.notices import NoticeRow
from inspection.services.reach import check_granted


async def reached(actor: Actor, action: Action, notice: str) -> NoticeRow:
    """The notice. Raises NotAllowed or NotFound; for stores a draft is missing too."""
    check_granted(actor, action)
    return _visible(actor, action, await notices.find_notice(notice))


async def held(actor: Actor, action: Action, notice: str) -> NoticeRow:
    """The same inside a transaction, the row kept from changing until it ends."""
    check_granted(actor, action)
    return _visible(actor, action, await notices.lock_notice(notice))


def _visible(actor: Actor, action: Action, row: NoticeRow | None) -> NoticeRow:
    if row is None or not may(actor, action, _place(row)):
        raise NotFound(noun="notice")
    if actor.role is Role.STORE_STAFF and row.state not in STORE_SEES:
        raise NotFound(noun="notice")
    return row


def _place(row: NoticeRow) -> Place:
    return Place(region_path=row.region_path, store=StoreId(row.store))
