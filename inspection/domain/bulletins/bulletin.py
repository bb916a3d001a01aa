"""An issue of the bulletin: what it is about, drafted until it is published, then never changed."""

from datetime import date, datetime, timedelta
from enum import StrEnum

import msgspec

from inspection.domain import moves
from inspection.domain.cursor import YEARS
from inspection.domain.deadline import SHANGHAI, monday_of
from inspection.domain.org.region_path import lies_in
from inspection.domain.refusals.bulletins import BulletinPeriodRefused

MOST_TEXT = 2000
"""Characters of the preface and of what comes next, each."""


class BulletinKind(StrEnum):
    """Whether it looks at a week or at a whole round."""

    WEEK = "week"
    ROUND = "round"


class BulletinState(StrEnum):
    """A number exists from `published` on; nothing published is ever changed or deleted. A
    discarded draft is out of the way: nobody finds it any more, the log keeps what it was.
    """

    DRAFT = "draft"
    DISCARDED = "discarded"
    PUBLISHED = "published"


class BulletinMove(StrEnum):
    """What people do to an issue."""

    EDIT = "edit"
    DISCARD = "discard"
    PUBLISH = "publish"


MOVES = {
    (BulletinState.DRAFT, BulletinMove.EDIT): BulletinState.DRAFT,
    (BulletinState.DRAFT, BulletinMove.DISCARD): BulletinState.DISCARDED,
    (BulletinState.DRAFT, BulletinMove.PUBLISH): BulletinState.PUBLISHED,
}


class Period(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Some days in China, the first and the last included."""

    first: date
    last: date

    @property
    def begins_at(self) -> datetime:
        """The midnight it begins with."""
        return _midnight(self.first)

    @property
    def ends_at(self) -> datetime:
        """The midnight it ends with, which is no part of it."""
        return _midnight(self.last + timedelta(days=1))


def move(state: BulletinState, wanted: BulletinMove) -> BulletinState:
    """The state after the move. Refuses a move the table does not have."""
    return moves.after(MOVES, "bulletin", state, wanted)


def days_of_week(day: date) -> Period:
    """The week from Monday to Sunday a day lies in."""
    monday = monday_of(day)
    return Period(first=monday, last=monday + timedelta(days=6))


def week_of(day: date, today: date) -> Period:
    """The same. Refuses a week that has not begun, or that nobody can mean."""
    if day.year not in YEARS or monday_of(day) > today:
        raise BulletinPeriodRefused
    return days_of_week(day)


def month_until(last: date) -> Period:
    """From the first of the month to the day."""
    return Period(first=last.replace(day=1), last=last)


def year_until(last: date) -> Period:
    """From the first of January to the day."""
    return Period(first=last.replace(month=1, day=1), last=last)


def year_before(period: Period) -> Period:
    """The same days a year earlier; a 29 February becomes the 28th."""
    return Period(first=_year_before(period.first), last=_year_before(period.last))


def paragraphs(text: str) -> tuple[str, ...]:
    """The paragraphs somebody typed."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def is_for(region_path: str, reader_path: str) -> bool:
    """Whether an issue about a region is for somebody who looks after that part of the tree: those
    of the region itself, of every part of it, and of what it is a part of.
    """
    return lies_in(reader_path, region_path) or lies_in(region_path, reader_path)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)


def _year_before(day: date) -> date:
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if is_leap_day else day.day)
