"""What somebody may reach: asked once at the top of a service, answered by domain.access."""

from inspection.domain.access import Action, Actor, Place, granted, may
from inspection.domain.refusals import NotAllowed, NotFound
from inspection.persistence.places import Scope


def check_reach(actor: Actor, action: Action, place: Place, noun: str) -> None:
    """Raises NotAllowed for the wrong role and NotFound for a foreign place: it looks missing."""
    check_granted(actor, action)
    if not may(actor, action, place):
        raise NotFound(noun=noun)


def check_granted(actor: Actor, action: Action) -> None:
    """Raises NotAllowed when the role does not include the action at all."""
    if not granted(actor.role, action):
        raise NotAllowed


def scope_of(actor: Actor, action: Action, wanted: str = "") -> Scope:
    """The part of the tree a list may show: the wanted region, or the caller's own. Raises
    NotFound for a region outside.
    """
    path = wanted or actor.region_path
    check_reach(actor, action, Place(region_path=path), "region")
    return Scope(path)
