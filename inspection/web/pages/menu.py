"""Where each role can go: only what exists, in the order people use it."""

from collections.abc import Mapping
from types import MappingProxyType

import msgspec

from inspection.domain.access import Actor, Role
from inspection.domain.org.region_path import top_of

Counts = Mapping[str, int]
NOTHING: Counts = MappingProxyType({})


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
    """A destination as the menu of one page shows it; `count` waits there for the caller. `aside`:
    a phone's bar has no room for it, it is behind the way to the others there.
    """

    key: str
    icon: str
    href: str
    current: bool
    count: int = 0
    aside: bool = False


_RANKING = Destination("nav.ranking", "rank", "/ranking", ("/scorecard", "/analysis"))
_STORES = Destination("nav.stores", "store", "/stores", ("/new-store",))
_REGIONS = Destination("nav.regions", "home", "/regions")
_VISITS = Destination("nav.inspections", "tasks", "/visits")
_NOTICES = Destination("nav.notices", "file", "/notices")
_RECTIFICATIONS = Destination(
    "nav.rectifications", "tasks", "/rectifications", ("/follow-ups", "/cases")
)
_APPEALS = Destination("nav.appeals", "scale", "/appeals")
_OVERDUE = Destination("nav.overdue", "overdue", "/overdue")
_CHANNELS = Destination("nav.deliveries", "send", "/deliveries", ("/bots", "/webhooks"))
_PARKED = Destination("nav.parked", "layers", "/parked", whole=True)
_ROUNDS = Destination("nav.rounds", "calendar", "/rounds", ("/schedules",))
_BULLETINS = Destination("nav.bulletins", "note", "/bulletins", ("/complaints",))
_PHONE = Destination("nav.tasks", "phone", "/app/")

_IMPORTS = Destination("nav.imports", "upload", "/imports")
_AUDIT = Destination("nav.audit", "history", "/audit", whole=True)
_RUBRICS = Destination(
    "nav.rubrics", "layers", "/rubrics", ("/rubric-drafts", "/rubric-comparisons")
)
_PEOPLE = Destination("nav.people", "users", "/people")
_RELEASES = Destination("nav.releases", "send", "/releases")
_REGISTER = Destination("nav.register", "doc", "/notice-register", ("/issuers",))
_RESCORES = Destination("nav.rescores", "scale", "/rescores")
_TOKENS = Destination("nav.tokens", "key", "/tokens", ("/reference",))
_EXPORTS = Destination("nav.scheduled_exports", "download", "/scheduled-exports")
_MORE = Destination("nav.more", "more", "/more")

DESTINATIONS: dict[Role, tuple[Destination, ...]] = {
    Role.INSPECTOR: (_PHONE, _APPEALS),
    Role.STORE_STAFF: (_NOTICES, _APPEALS),
    Role.REGIONAL_MANAGER: (
        _RANKING,
        _STORES,
        _NOTICES,
        _RECTIFICATIONS,
        _APPEALS,
        _ROUNDS,
        _BULLETINS,
    ),
    Role.REVIEWER: (_VISITS, _RANKING, _STORES, _NOTICES, _RECTIFICATIONS, _APPEALS, _BULLETINS),
    Role.ADMINISTRATOR: (
        _RANKING,
        _STORES,
        _NOTICES,
        _RECTIFICATIONS,
        _APPEALS,
        _ROUNDS,
        _BULLETINS,
        _PARKED,
    ),
}


SETUP: dict[Role, tuple[Destination, ...]] = {
    Role.REGIONAL_MANAGER: (_OVERDUE, _REGISTER, _RUBRICS, _REGIONS, _EXPORTS, _TOKENS),
    Role.REVIEWER: (_OVERDUE, _RUBRICS, _RELEASES, _EXPORTS, _TOKENS),
    Role.ADMINISTRATOR: (
        _OVERDUE,
        _REGISTER,
        _RUBRICS,
        _REGIONS,
        _RELEASES,
        _RESCORES,
        _PEOPLE,
        _IMPORTS,
        _CHANNELS,
        _AUDIT,
        _EXPORTS,
        _TOKENS,
    ),
}
"""What the work rests on, looked after now and then. A phone's bar has no room for it: there it is
behind one place of its own.
"""

BAR = 4
"""How many places a phone's bar has room for beside that one."""


def menu_for(actor: Actor, path: str, counts: Counts = NOTHING) -> tuple[MenuEntry, ...]:
    """The menu of somebody on the page at that path; `counts` by the key of a place."""
    entries = _entries(actor, DESTINATIONS[actor.role], path, counts)
    if actor.role not in SETUP:
        return entries
    aside = (msgspec.structs.replace(entry, aside=True) for entry in entries[BAR:])
    return (*entries[:BAR], *aside)


def setup_for(actor: Actor, path: str, counts: Counts = NOTHING) -> tuple[MenuEntry, ...]:
    """The menu's second part, for those who have one."""
    return _entries(actor, SETUP.get(actor.role, ()), path, counts)


def more_for(actor: Actor, path: str, counts: Counts = NOTHING) -> MenuEntry | None:
    """The place a phone shows instead of the second part and what its bar has no room for: current
    on any page of those, counting what waits on all of them.
    """
    setup = setup_for(actor, path, counts)
    if not setup:
        return None
    behind = (*setup, *(entry for entry in menu_for(actor, path, counts) if entry.aside))
    here = _MORE.holds(path) or any(entry.current for entry in behind)
    count = sum(entry.count for entry in behind)
    return MenuEntry(_MORE.key, _MORE.icon, _MORE.href, here, count)


def home_of(role: Role) -> str:
    """Where a person lands after signing in."""
    return DESTINATIONS[role][0].href


def _entries(
    actor: Actor, places: tuple[Destination, ...], path: str, counts: Counts
) -> tuple[MenuEntry, ...]:
    whole = actor.region_path == top_of(actor.region_path)
    return tuple(
        MenuEntry(place.key, place.icon, place.href, place.holds(path), counts.get(place.key, 0))
        for place in places
        if whole or not place.whole
    )
