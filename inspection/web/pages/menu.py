"""Where each role can go: only what exists, in the order people use it."""

import msgspec

from inspection.domain.access import Role


class MenuEntry(msgspec.Struct, frozen=True):
    """One destination: the key of its word, its icon, its address."""

    key: str
    icon: str
    href: str


_RANKING = MenuEntry("nav.ranking", "rank", "/ranking")
_VISITS = MenuEntry("nav.inspections", "tasks", "/visits")
_NOTICES = MenuEntry("nav.notices", "file", "/notices")
_PHONE = MenuEntry("nav.tasks", "tasks", "/app/")

MENUS: dict[Role, tuple[MenuEntry, ...]] = {
    Role.INSPECTOR: (_PHONE,),
    Role.STORE_STAFF: (_NOTICES,),
    Role.REGIONAL_MANAGER: (_RANKING, _NOTICES),
    Role.REVIEWER: (_VISITS, _RANKING, _NOTICES),
    Role.ADMINISTRATOR: (_RANKING, _VISITS, _NOTICES),
}


def menu_for(role: Role) -> tuple[MenuEntry, ...]:
    """The menu of a role."""
    return MENUS[role]


def home_of(role: Role) -> str:
    """Where a person lands after signing in."""
    return MENUS[role][0].href
