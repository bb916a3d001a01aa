"""A round as it is asked for, before it is opened."""

import re
from collections.abc import Iterator
from datetime import date

import msgspec

from inspection.domain.refusals import Fault
from inspection.domain.rubric import Text

VISIT_KINDS = (
    "mystery_visit",
    "self_check",
    "peer_check",
    "spot_check",
    "phone_follow_up",
    "social_supervisor",
    "leader_visit",
)
LONGEST_CODE = 40
LONGEST_NAME = 120
MOST_VISITS = 100

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*", re.ASCII)


class RoundPlan(msgspec.Struct, frozen=True, kw_only=True):
    """A round to be opened. `previous` is the code of the round it is compared with, or empty."""

    code: str
    name: Text
    visit_kind: str
    starts_on: date
    ends_on: date
    min_visits: int
    disclose_day: bool
    previous: str


def plan_faults(plan: RoundPlan) -> tuple[Fault, ...]:
    """Everything that keeps the round from being opened."""
    return tuple(_faults(plan))


def _faults(plan: RoundPlan) -> Iterator[Fault]:
    if not _CODE.fullmatch(plan.code) or len(plan.code) > LONGEST_CODE:
        yield Fault("/code", "round.code_form", value=plan.code[:LONGEST_CODE], most=LONGEST_CODE)
    for name, text in (("zh", plan.name.zh), ("en", plan.name.en)):
        if not text.strip() or len(text) > LONGEST_NAME or not text.isprintable():
            yield Fault(f"/{name}", "round.name_form", most=LONGEST_NAME)
    if plan.visit_kind not in VISIT_KINDS:
        yield Fault("/kind", "round.kind_unknown", value=plan.visit_kind)
    if plan.ends_on < plan.starts_on:
        yield Fault("/to", "round.days_reversed", first=plan.starts_on, last=plan.ends_on)
    if not 1 <= plan.min_visits <= MOST_VISITS:
        yield Fault("/min-visits", "round.min_visits", most=MOST_VISITS)
