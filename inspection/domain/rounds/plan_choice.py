"""What somebody chooses before a round is planned: which stores, which people, which rules."""

from collections.abc import Iterator

import msgspec

from inspection.domain.refusals import Fault
from inspection.domain.rounds.planning import MOST_PER_DAY, MOST_PER_ROUND, PlanRules

MOST_LOCKOUT = 730
MOST_FORMER = 3650
MOST_VISITS = 12
MOST_BALANCE = 1000
MOST_SEED = 999_999


class PlanChoice(msgspec.Struct, frozen=True, kw_only=True):
    """Kinds of stores and ids of inspectors; none chosen means all of them."""

    kinds: tuple[str, ...] = ()
    inspectors: tuple[str, ...] = ()
    rules: PlanRules = PlanRules()


BOUNDS = {
    "lockout_days": (0, MOST_LOCKOUT),
    "former_days": (0, MOST_FORMER),
    "visits": (1, MOST_VISITS),
    "per_store_day": (1, MOST_VISITS),
    "per_day": (1, MOST_PER_DAY),
    "per_round": (1, MOST_PER_ROUND),
    "balance_km": (0, MOST_BALANCE),
    "seed": (1, MOST_SEED),
}
"""Least and most of every number a rule has."""


def choice_faults(choice: PlanChoice) -> tuple[Fault, ...]:
    """Every number that is out of its bounds."""
    return tuple(_faults(choice.rules))


def cap_faults(per_round: int | None, per_day: int | None) -> tuple[Fault, ...]:
    """Caps of one inspector that are out of bounds; without one, the plan's rule counts."""
    said = (("per_round", per_round), ("per_day", per_day))
    return tuple(
        _fault(name, number) for name, number in said if number is not None and _off(name, number)
    )


def _faults(rules: PlanRules) -> Iterator[Fault]:
    for name in BOUNDS:
        if _off(name, number := getattr(rules, name)):
            yield _fault(name, number)


def _off(name: str, number: int) -> bool:
    least, most = BOUNDS[name]
    return not least <= number <= most


def _fault(name: str, number: int) -> Fault:
    least, most = BOUNDS[name]
    return Fault(f"/{name}", "plan.number_off", value=number, least=least, most=most)
