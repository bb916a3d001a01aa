"""Reaching a look at a store: foreign ones are missing."""

from inspection.domain.access import Action, Actor, Place, may
from inspection.domain.refusals import NotFound
from inspection.persistence.rectifications import reinspections
from inspection.persistence.rectifications.reinspections import ReinspectionFound
from inspection.services.reach import check_granted


async def reached_look(actor: Actor, action: Action, look: str) -> ReinspectionFound:
    """The look. Raises NotAllowed or NotFound."""
    check_granted(actor, action)
    return _visible(actor, action, await reinspections.find_reinspection(look))


async def held_look(actor: Actor, action: Action, look: str) -> ReinspectionFound:
    """The same inside a transaction, kept from changing until it ends."""
    check_granted(actor, action)
    return _visible(actor, action, await reinspections.lock_reinspection(look))


def _visible(actor: Actor, action: Action, row: ReinspectionFound | None) -> ReinspectionFound:
    if row is None or not may(actor, action, Place(region_path=row.region_path)):
        raise NotFound(noun="reinspection")
    return row
