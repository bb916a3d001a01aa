"""Which modules of the phones' app travel together in one file."""

import re
from collections.abc import Mapping

from inspection.web.assets import Asset
from inspection.web.joining import Joining, in_order, named

FIRST_MODULE = "js/main.js"
"""What starts the app; it stays by itself, as nobody who asks for a part is to start it."""
LATER_MODULE = "js/views/shell/app.js"
"""The app behind the sign-in."""
STAFF_MODULE = "js/views/shell/staff_app.js"
"""The app of store staff, behind the same sign-in."""
STAFF_DOOR = "js/views/shell/staff_door.js"
"""What fetches it; it comes before it, by itself."""
FIRSTS = "js/joined/first.js"
"""The rest of the sign-in; files of this folder are only made by joining."""
BOTHS = "js/joined/both.js"
"""What both apps begin with."""
INSPECTORS = "js/joined/inspectors.js"
"""What inspectors begin with and store staff may come to need: theirs is not to fetch the app of
inspectors for it.
"""
STAFFS = "js/joined/staffs.js"
"""The same the other way round."""

_IMPORT = re.compile(
    r"""(?:(?:^|[\s;}])(?:import|export)\b[^"'();]*|\bimport\(\s*)["'](\.[^"']+)["']"""
)


def travelling(assets: Mapping[str, Asset]) -> Joining:
    """The modules of the sign-in; of those behind it the ones each app begins with, apart where the
    other app begins with them too or comes to need them later. Raises NotJoinable.
    """
    first = in_order(assets, FIRST_MODULE)
    door = [name for name in in_order(assets, STAFF_DOOR) if name != STAFF_DOOR]
    inspectors = _without(first, in_order(assets, LATER_MODULE))
    staffs = _without(first, [*dict.fromkeys([*door, *in_order(assets, STAFF_MODULE)])])
    boths = [name for name in inspectors if name in staffs]
    later = {
        INSPECTORS: _ever(assets, STAFF_MODULE, LATER_MODULE),
        STAFFS: _ever(assets, LATER_MODULE, STAFF_DOOR),
    }
    inspectors, staffs = _without(boths, inspectors), _without(boths, staffs)
    shared = {
        INSPECTORS: [name for name in inspectors if name in later[INSPECTORS]],
        STAFFS: [name for name in staffs if name in later[STAFFS]],
    }
    found = {
        FIRSTS: _without([FIRST_MODULE], first),
        BOTHS: boths,
        **shared,
        LATER_MODULE: _without(shared[INSPECTORS], inspectors),
        STAFF_MODULE: _without(shared[STAFFS], staffs),
    }
    return {file: names for file, names in found.items() if names}


def _without(some: list[str], names: list[str]) -> list[str]:
    return [name for name in names if name not in some]


def _ever(assets: Mapping[str, Asset], first: str, other: str) -> set[str]:
    """All a module may come to fetch, short of the other app."""
    found = {other}
    left = [first]
    while left:
        name = left.pop()
        if name in assets and name not in found:
            found.add(name)
            script = assets[name].content.decode()
            left += [named(name, path) for path in _IMPORT.findall(script)]
    return found - {other}
