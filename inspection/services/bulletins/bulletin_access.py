"""Reaching an issue: drafts are their region's, what is published is for everybody it is about."""

import msgspec

from inspection.domain.access import Action, Actor, Place, granted, may
from inspection.domain.bulletins.bulletin import BulletinState, is_for
from inspection.domain.bulletins.bulletin_snapshot import BulletinSnapshot
from inspection.domain.refusals import NotFound
from inspection.persistence.bulletins import bulletins
from inspection.persistence.bulletins.bulletins import BulletinRow
from inspection.services.reach import check_granted

_SAID = msgspec.json.Decoder(BulletinSnapshot)


async def reached(actor: Actor, action: Action, bulletin: str) -> BulletinRow:
    """The issue. Raises NotAllowed or NotFound; for readers a draft is missing too."""
    check_granted(actor, action)
    return _visible(actor, action, await bulletins.find_bulletin(bulletin))


async def held(actor: Actor, action: Action, bulletin: str) -> BulletinRow:
    """The same inside a transaction, the row kept from changing until it ends."""
    check_granted(actor, action)
    return _visible(actor, action, await bulletins.lock_bulletin(bulletin))


def may_edit(actor: Actor, row: BulletinRow) -> bool:
    """Whether this person drafts and publishes there."""
    return may(actor, Action.BULLETIN_EDIT, Place(region_path=row.region_path))


def edits_somewhere(actor: Actor) -> bool:
    """Whether this person drafts and publishes at all."""
    return granted(actor.role, Action.BULLETIN_EDIT)


def said_in(row: BulletinRow) -> BulletinSnapshot | None:
    """What a published issue says; None for a draft."""
    return _SAID.decode(row.snapshot) if row.snapshot is not None else None


def _visible(actor: Actor, action: Action, row: BulletinRow | None) -> BulletinRow:
    if row is None or row.state is BulletinState.DISCARDED or not _may_see(actor, action, row):
        raise NotFound(noun="bulletin")
    return row


def _may_see(actor: Actor, action: Action, row: BulletinRow) -> bool:
    if row.state is BulletinState.DRAFT or action is not Action.BULLETIN_READ:
        return may_edit(actor, row)
    return is_for(row.region_path, actor.region_path)
