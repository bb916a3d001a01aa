"""A round as it is asked for, before anybody visits for it."""

import re
from collections.abc import Iterator
from datetime import date

import msgspec

from inspection.domain.days import day_faults
from inspection.domain.deadline import RoundHours
from inspection.domain.refusals import Fault
from inspection.domain.releases.release import MONDAY, SUNDAY, ReleaseRule
from inspection.domain.rubrics.rubric import Text
from inspection.domain.visits.published_visit import day_told

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
MOST_DAYS = 731
"""Two years, one of them a leap year: what is longer is a slip of the pen."""
FULL = 10_000
"""The most a pass line may ask for: a hundred points."""

RESERVED_CODES = frozenset({"new"})
"""Words that stand where a code stands in an address."""

NO_THEME = Text("", "")

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*", re.ASCII)


class RoundPlan(msgspec.Struct, frozen=True, kw_only=True):
    """A round to be. `previous` is the code of the round it is compared with, or empty; `rubrics`
    are the digests it scores by, one per kind of store; `region_path` empty means everywhere.
    """

    code: str
    name: Text
    visit_kind: str
    starts_on: date
    ends_on: date
    min_visits: int
    disclose_day: bool
    previous: str
    theme: Text = NO_THEME
    pass_line: int | None = None
    pilot: bool = False
    region_path: str = ""
    rubrics: tuple[str, ...] = ()
    release_rule: ReleaseRule = ReleaseRule.METHOD
    release_day: int = MONDAY
    hours_kind: RoundHours = ""


def plan_faults(plan: RoundPlan) -> tuple[Fault, ...]:
    """Everything that keeps the round from being opened."""
    return tuple(_faults(plan))


def code_faults(code: str) -> Iterator[Fault]:
    """What is wrong with a round's or a schedule's code."""
    if not _CODE.fullmatch(code) or len(code) > LONGEST_CODE or code in RESERVED_CODES:
        yield Fault("/code", "round.code_form", value=code[:LONGEST_CODE], most=LONGEST_CODE)


def wording_faults(name: Text, theme: Text) -> Iterator[Fault]:
    """What is wrong with a name, which must be there, and a theme, which may be."""
    for field, text in (("zh", name.zh), ("en", name.en)):
        if not text.strip() or not _fits(text):
            yield Fault(f"/{field}", "round.name_form", most=LONGEST_NAME)
    for field, text in (("theme_zh", theme.zh), ("theme_en", theme.en)):
        if not _fits(text):
            yield Fault(f"/{field}", "round.theme_form", most=LONGEST_NAME)


def rule_faults(visit_kind: str, min_visits: int, pass_line: int | None) -> Iterator[Fault]:
    """What is wrong with the rules a round counts by."""
    if visit_kind not in VISIT_KINDS:
        yield Fault("/kind", "round.kind_unknown", value=visit_kind)
    if not 1 <= min_visits <= MOST_VISITS:
        yield Fault("/min-visits", "round.min_visits", most=MOST_VISITS)
    if pass_line is not None and not 0 < pass_line <= FULL:
        yield Fault("/pass-line", "round.pass_line")


def window_faults(first: date, last: date) -> Iterator[Fault]:
    """What is wrong with the days a round lasts."""
    if last < first:
        yield Fault("/to", "round.days_reversed", first=first, last=last)
    elif (last - first).days >= MOST_DAYS:
        yield Fault("/to", "round.days_too_many", most=MOST_DAYS)
    yield from day_faults("/from", first)
    yield from day_faults("/to", last)


def _fits(text: str) -> bool:
    return len(text) <= LONGEST_NAME and text.isprintable()


def _release_faults(plan: RoundPlan) -> Iterator[Fault]:
    told = day_told(plan.visit_kind, disclose_day=plan.disclose_day)
    if plan.release_rule is ReleaseRule.AT_ONCE and not told:
        yield Fault("/release_rule", "round.release_at_once")
    if not MONDAY <= plan.release_day <= SUNDAY:
        yield Fault("/release_day", "round.release_day")


def _faults(plan: RoundPlan) -> Iterator[Fault]:
    yield from code_faults(plan.code)
    yield from wording_faults(plan.name, plan.theme)
    yield from rule_faults(plan.visit_kind, plan.min_visits, plan.pass_line)
    yield from window_faults(plan.starts_on, plan.ends_on)
    yield from _release_faults(plan)
    if plan.pilot and plan.previous:
        yield Fault("/previous", "round.pilot_previous")
