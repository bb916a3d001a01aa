"""The places a thing can be in, seen from the people of Lanzhou, and who reaches which."""

from enum import StrEnum

import msgspec

from inspection.domain.access import Role
from tests.cast import (
    ANNING_HALL,
    CHEN,
    DENG,
    GUO,
    HALL,
    LANZHOU,
    LI,
    MA,
    QINZHOU_CLUB,
    SUN,
    WANG,
    Person,
)


class Where(StrEnum):
    """Where a thing is. A thing that is gone was in the own place, and there is its row still."""

    OWN = "own"
    OTHER_STORE = "other store"
    OTHER_REGION = "other region"
    MISSING = "missing"
    GONE = "gone"


QC = Person(sign_in="qc-lz", name="方敏", role=Role.REVIEWER, region=LANZHOU)
ADMIN = Person(sign_in="admin-lz", name="杜宇", role=Role.ADMINISTRATOR, region=LANZHOU)
"""A reviewer and an administrator of Lanzhou; the cast has those of the province."""

SIGNER = GUO
"""Who signs notices everywhere."""

PEOPLE = (LI, CHEN, WANG, QC, ADMIN, SUN, GUO)

_WHOLE = frozenset({SUN, GUO})
_OWN_ONLY = frozenset({Role.INSPECTOR, Role.STORE_STAFF})


class Reach(StrEnum):
    """Who reaches a thing: whoever its place is given to; whoever holds the action; whoever looks
    after the whole tree.
    """

    PLACE = "place"
    EVERYBODY = "everybody"
    WHOLE = "whole"


_TIANSHUI = (QINZHOU_CLUB, "秦州大众路客户俱乐部", DENG.name)
_LANZHOUS_OTHERS = (HALL, "城关盘旋路营业厅", ANNING_HALL, "安宁西路营业厅")
_WHO_INSPECTS = (LI.name, LI.pseudonym, MA.name, MA.pseudonym)

UNSAID: dict[Person, tuple[str, ...]] = {
    LI: (*_TIANSHUI, ANNING_HALL, "安宁西路营业厅", MA.name, MA.pseudonym, CHEN.name),
    CHEN: (*_TIANSHUI, *_LANZHOUS_OTHERS, *_WHO_INSPECTS),
    WANG: (*_TIANSHUI, LI.name, MA.name),
    QC: (*_TIANSHUI, LI.name, MA.name),
    ADMIN: _TIANSHUI,
}
"""Words no page may say to a person: what is elsewhere, and who the inspectors are."""


class Thing(msgspec.Struct, frozen=True):
    """Path parameters of a thing by where it is; a place it cannot be in is left out. A thing with
    an `asker` is that person's alone.
    """

    at: dict[Where, dict[str, str]]
    reach: Reach = Reach.PLACE
    asker: Person | None = None

    def reached_by(self, person: Person, where: Where) -> bool:
        """Whether the person is let through to the thing there, holding the action."""
        if where is Where.MISSING:
            return False
        if self.asker is not None:
            return person == self.asker
        if self.reach is not Reach.PLACE or person in _WHOLE:
            return self.reach is not Reach.WHOLE or person in _WHOLE
        if where in (Where.OWN, Where.GONE):
            return True
        return where is Where.OTHER_STORE and person.role not in _OWN_ONLY
