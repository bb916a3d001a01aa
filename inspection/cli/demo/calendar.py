"""The demo's rounds, counted back from today so that one is always open."""

from calendar import monthrange
from datetime import date, datetime, time, timedelta
from random import Random

import msgspec

from inspection.domain.deadline import SHANGHAI

ROUND_DAYS = 56
EVERY_MONTHS = 3
DAYS_SO_FAR = 30
ORDINALS = "一二三四"
BUSINESS_HOURS = range(9, 17)


class DemoRound(msgspec.Struct, frozen=True, kw_only=True):
    """A round by its window; the last one is open."""

    code: str
    zh: str
    en: str
    starts_on: date
    ends_on: date
    open: bool


def plan_rounds(today: date, count: int) -> list[DemoRound]:
    """`count` rounds, oldest first, a quarter apart; the last began some weeks ago."""
    return [
        _round(_months_before(today, EVERY_MONTHS * back), back) for back in reversed(range(count))
    ]


def visit_time(random: Random, round_: DemoRound) -> datetime:
    """An hour of business within a round that is over."""
    day = round_.starts_on + timedelta(days=random.randrange(ROUND_DAYS))
    return datetime.combine(day, time(9), SHANGHAI) + timedelta(minutes=random.randint(0, 7 * 60))


def recent_time(random: Random, now: datetime, least_hours: int, most_hours: int) -> datetime:
    """An hour of business some hours ago, or close to one where the span holds none."""
    ago = timedelta(minutes=random.randint(least_hours * 60, most_hours * 60))
    moment = (now - ago).astimezone(SHANGHAI)
    if moment.hour in BUSINESS_HOURS:
        return moment
    day = moment.replace(hour=BUSINESS_HOURS[0], minute=0) + timedelta(
        minutes=random.randint(0, 400)
    )
    return day if now - day >= timedelta(hours=least_hours) else moment


def _months_before(day: date, months: int) -> date:
    # Days would drift: 91 of them can leave two rounds in one quarter, three months cannot.
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _round(middle: date, back: int) -> DemoRound:
    starts_on = middle - timedelta(days=DAYS_SO_FAR)
    quarter = (middle.month - 1) // 3
    return DemoRound(
        code=f"{middle.year}Q{quarter + 1}",
        zh=f"{middle.year}年第{ORDINALS[quarter]}季度暗访",
        en=f"{middle.year} Q{quarter + 1} mystery visits",
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=ROUND_DAYS),
        open=back == 0,
    )
