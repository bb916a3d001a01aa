"""Where each role can go: only what exists, in the order people use it."""

import msgspec

from inspection.domain.access import Actor, Role
from inspection.domain.region_path import top_of


class Destination(msgspec.Struct, frozen=True):
    """A place to go: the key of its word, its icon, its address, what else belongs to it, and
    whether it is only for those who look after the whole tree.
    """

    key: str
    icon: str
    href: str
    below: tuple[str, ...] = ()
    whole: bool = False

    def holds(self, path: str) -> bool:
        """Whether the page at that path is part of this place."""
        return path.startswith((self.href, *self.below))


class MenuEntry(msgspec.Struct, frozen=True):
    """A destination as the menu of one page shows it."""

    key: str
    icon: str
    href: str
    current: bool


_RANKING = Destination("nav.ranking", "rank", "/ranking")
_STORES = Destination("nav.stores", "store", "/stores", ("/new-store",))
_REGIONS = Destination("nav.regions", "home", "/regions")
_VISITS = Destination("nav.inspections", "tasks", "/visits")
_NOTICES = Destination("nav.notices", "file", "/notices")
_PARKED = Destination("nav.parked", "layers", "/parked", whole=True)
_ROUNDS = Destination("nav.rounds", "calendar", "/rounds", ("/schedules",))
_PHONE = Destination("nav.tasks", "phone", "/app/")

_IMPORTS = Destination("nav.imports", "upload", "/imports")
_AUDIT = Destination("nav.audit", "history", "/audit", whole=True)
_RUBRICS = Destination(
    "nav.rubrics", "layers", "/rubrics", ("/rubric-drafts", "/rubric-comparisons")
)
_PEOPLE = Destination("nav.people", "users", "/people")
_RESCORES = Destination("nav.rescores", "scale", "/rescores")
_MORE = Destination("nav.more", "more", "/more")

DESTINATIONS: dict[Role, tuple[Destination, ...]] = {
    Role.INSPECTOR: (_PHONE,),
    Role.STORE_STAFF: (_NOTICES,),
    Role.REGIONAL_MANAGER: (_RANKING, _STORES, _NOTICES, _ROUNDS),
    Role.REVIEWER: (_VISITS, _RANKING, _STORES, _NOTICES),
    Role.ADMINISTRATOR: (_RANKING, _STORES, _NOTICES, _ROUNDS, _PARKED),
}


SETUP: dict[Role, tuple[Destination, ...]] = {
    Role.REGIONAL_MANAGER: (_RUBRICS, _REGIONS),
    Role.REVIEWER: (_RUBRICS,),
    Role.ADMINISTRATOR: (
        _RUBRICS,
        _REGIONS,
        _RESCORES,
        _PEOPLE,
        _IMPORTS,
        _AUDIT,
    ),
}
"""What the work rests on, looked after now and then. A phone's bar has no room for it: there it is
behind one place of its own.
"""


def menu_for(actor: Actor, path: str) -> tuple[MenuEntry, ...]:
    """The menu of somebody on the page at that path."""
    return _entries(actor, DESTINATIONS[actor.role], path)


def setup_for(actor: Actor, path: str) -> tuple[MenuEntry, ...]:
    """The menu's second part, for those who have one."""
    return _entries(actor, SETUP.get(actor.role, ()), path)


def more_for(actor: Actor, path: str) -> MenuEntry | None:
    """The place a phone shows instead of the second part: current on any page of it."""
    setup = setup_for(actor, path)
    if not setup:
        return None
    here = _MORE.holds(path) or any(entry.current for entry in setup)
    return MenuEntry(_MORE.key, _MORE.icon, _MORE.href, here)


def home_of(role: Role) -> str:
    """Where a person lands after signing in."""
    return DESTINATIONS[role][0].href


def _entries(actor: Actor, places: tuple[Destination, ...], path: str) -> tuple[MenuEntry, ...]:
    whole = actor.region_path == top_of(actor.region_path)
    return tuple(
        MenuEntry(place.key, place.icon, place.href, place.holds(path))
        for place in places
        if whole or not place.whole
    )
