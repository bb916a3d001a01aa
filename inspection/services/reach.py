"""What somebody may reach: asked once at the top of a service, answered by domain.access."""

from inspection.domain.access import Action, Actor, Place, granted, may
from inspection.domain.org.region_path import top_of
from inspection.domain.refusals import NotAllowed, NotFound
from inspection.persistence.people.places import Scope


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
    return Scope(path, within=actor.region_path)


def check_whole(actor: Actor, action: Action, noun: str) -> None:
    """For what is about the whole tree and no part of it. Raises NotAllowed for the wrong role and
    NotFound for whoever looks after a part.
    """
    check_reach(actor, action, Place(region_path=top_of(actor.region_path)), noun)
