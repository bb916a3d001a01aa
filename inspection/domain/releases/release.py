"""When approved visits reach their stores: all of a week at once, so that nothing about when one
is released says on which day, or by whom, the visit was made.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from enum import StrEnum

import msgspec

from inspection.domain.deadline import SHANGHAI
from inspection.domain.plain_text import plain
from inspection.domain.refusals.releases import ReleaseReasonMissing, ReleaseTooSmall
from inspection.domain.visits.published_visit import day_told

LEAST = 5
"""Visits a batch must have that is released on no fixed day: one alone would say when it was
approved.
"""

MONDAY, SUNDAY = 1, 7
LONGEST_REASON = 500


class ReleaseRule(StrEnum):
    """When a round's visits are released. What is left to the method goes out at once where the
    store may know the day anyway, and by the week where it may not.
    """

    METHOD = ""
    AT_ONCE = "at_once"
    WEEKLY = "weekly"


class BatchKind(StrEnum):
    """Released on the fixed day of the week, or before it because there were enough."""

    WEEK = "week"
    EARLY = "early"


class ReleaseTerms(msgspec.Struct, frozen=True, kw_only=True):
    """What of a round decides when its visits are released; `day` is 1 for Monday."""

    kind: str
    disclose_day: bool
    rule: ReleaseRule = ReleaseRule.METHOD
    day: int = MONDAY

    @property
    def at_once(self) -> bool:
        """Whether approving releases too."""
        if self.rule is ReleaseRule.METHOD:
            return day_told(self.kind, disclose_day=self.disclose_day)
        return self.rule is ReleaseRule.AT_ONCE


class Cut(msgspec.Struct, frozen=True, kw_only=True):
    """What a batch takes: visits approved up to a moment, made in weeks that were over by then."""

    key: str
    approved_until: datetime
    visited_before: datetime


def week_cut(now: datetime, day: int) -> Cut:
    """The batch of the latest release day. However late somebody looks, it takes what it would
    have taken on the day itself.
    """
    at = _day_before(now, day)
    year, week, _ = at.astimezone(SHANGHAI).isocalendar()
    return Cut(key=f"{year}-W{week:02}", approved_until=at, visited_before=_day_before(at, MONDAY))


def early_cut(now: datetime, key: str) -> Cut:
    """The batch somebody releases now."""
    return Cut(key=key, approved_until=now, visited_before=_day_before(now, MONDAY))


def due_at(visited_at: datetime, approved_at: datetime, day: int) -> datetime:
    """When a visit is released by the week: on the first release day after it was approved and
    after its week was over.
    """
    after = max(approved_at, _day_before(visited_at, MONDAY) + timedelta(weeks=1))
    last = _day_before(after, day)
    return last if last == after else last + timedelta(weeks=1)


def next_day(now: datetime, day: int) -> datetime:
    """When the next batch goes out; today's has."""
    return _day_before(now, day) + timedelta(weeks=1)


def week_of(at: datetime) -> tuple[int, int]:
    """The year and the week a moment lies in, in China."""
    year, week, _ = at.astimezone(SHANGHAI).isocalendar()
    return year, week


def shuffled(visits: Iterable[str], chance: Callable[[], str]) -> list[str]:
    """The visits in an order that says nothing about them: `chance` gives a new word each time."""
    return [visit for _, visit in sorted((chance(), visit) for visit in visits)]


def check_early(ready: int, reason: str) -> str:
    """The reason of a batch before its day, as it is kept. Raises ReleaseTooSmall and
    ReleaseReasonMissing.
    """
    if ready < LEAST:
        raise ReleaseTooSmall(ready=ready, least=LEAST)
    return given_reason(reason)


def given_reason(text: str) -> str:
    """A reason as it is kept. Raises ReleaseReasonMissing when nothing is said."""
    if not (reason := plain(text, "reason", LONGEST_REASON)):
        raise ReleaseReasonMissing
    return reason


def _day_before(at: datetime, day: int) -> datetime:
    """Midnight in China of the last such day of the week that has begun by then."""
    local = at.astimezone(SHANGHAI)
    first = local.date() - timedelta(days=(local.isoweekday() - day) % 7)
    return datetime(first.year, first.month, first.day, tzinfo=SHANGHAI).astimezone(UTC)
