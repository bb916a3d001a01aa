"""People as an administrator keeps them: states, pseudonyms, units, how long invitations hold."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from enum import StrEnum

import msgspec

from inspection.domain.access import Role
from inspection.domain.days import day_faults
from inspection.domain.people.account import PHONE_ROLES
from inspection.domain.refusals import BodyRefused, Fault, PseudonymRefused

INVITED_BY_PHONE = timedelta(minutes=10)
"""People who work on a phone stand beside whoever invites them."""

INVITED = timedelta(hours=24)

SECOND_STEP_ROLES = frozenset({Role.REGIONAL_MANAGER, Role.ADMINISTRATOR})
"""Who needs a second step where the operator wants one."""

BEGUN_LIFE = timedelta(minutes=10)
"""How long the secret of a second step waits for its first code."""

MOST_PSEUDONYM = 20

_PSEUDONYM = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_NUMBERED = re.compile(r"A-(\d{1,9})", re.ASCII)


class PersonState(StrEnum):
    """Whether somebody can sign in: not yet, yes, not any more."""

    INVITED = "invited"
    ACTIVE = "active"
    DISABLED = "disabled"


class Unit(msgspec.Struct, frozen=True):
    """A region, by its code, somebody belongs or belonged to; None is open."""

    region: str
    from_on: date | None = None
    to_on: date | None = None


def state_of(*, has_password: bool, disabled_at: datetime | None) -> PersonState:
    """Where an account stands."""
    if disabled_at is not None:
        return PersonState.DISABLED
    return PersonState.ACTIVE if has_password else PersonState.INVITED


def invitation_life(role: Role) -> timedelta:
    """How long an invitation holds."""
    return INVITED_BY_PHONE if role in PHONE_ROLES else INVITED


def checked_pseudonym(text: str) -> str:
    """The pseudonym in the form it is kept in. Raises PseudonymRefused."""
    code = unicodedata.normalize("NFKC", text).strip().upper()
    if code and (len(code) > MOST_PSEUDONYM or not _PSEUDONYM.fullmatch(code)):
        raise PseudonymRefused(most=MOST_PSEUDONYM)
    return code


def next_pseudonym(given: Iterable[str]) -> str:
    """The number after the highest there ever was: A-018 after A-017."""
    numbers = [int(found[1]) for code in given if (found := _NUMBERED.fullmatch(code))]
    return f"A-{max(numbers, default=0) + 1:03d}"


def checked_units(units: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """The units, earliest first. Raises BodyRefused naming each that ends before it begins, and
    days no calendar counts from.
    """
    if faults := tuple(
        fault for place, unit in enumerate(units) for fault in _unit_faults(place, unit)
    ):
        raise BodyRefused(faults=faults)
    return tuple(sorted(set(units), key=_begin))


def _unit_faults(place: int, unit: Unit) -> Iterator[Fault]:
    if unit.from_on and unit.to_on and unit.to_on < unit.from_on:
        yield Fault(f"/to_on/{place}", "body.too_small", least=str(unit.from_on))
    for name, day in (("from_on", unit.from_on), ("to_on", unit.to_on)):
        if day:
            yield from day_faults(f"/{name}/{place}", day)


def _begin(unit: Unit) -> tuple[date, date, str]:
    return unit.from_on or date.min, unit.to_on or date.max, unit.region
