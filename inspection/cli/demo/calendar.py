"""The demo's rounds, counted back from today so that one is always open."""

from calendar import monthrange
from datetime import date, datetime, time, timedelta
from random import Random

import msgspec

from inspection.domain.deadline import SHANGHAI
from inspection.domain.releases.release import MONDAY, week_cut

ROUND_DAYS = 56
EVERY_MONTHS = 3
DAYS_SO_FAR = 30
ORDINALS = "一二三四"
BUSINESS_HOURS = range(9, 17)


class DemoRound(msgspec.Struct, frozen=True, kw_only=True):
    """A round by its window and how its stores are visited; the last of its kind is open."""

    code: str
    zh: str
    en: str
    starts_on: date
    ends_on: date
    open: bool
    visit_kind: str = "mystery_visit"


def plan_rounds(today: date, count: int) -> list[DemoRound]:
    """`count` rounds, oldest first, a quarter apart; the last began some weeks ago."""
    return [
        _round(_months_before(today, EVERY_MONTHS * back), back) for back in reversed(range(count))
    ]


def other_rounds(rounds: list[DemoRound]) -> list[DemoRound]:
    """What stores said of themselves and of each other in the window of the last round that is
    over.
    """
    return [
        msgspec.structs.replace(
            over,
            code=over.code + letter,
            zh=over.zh.replace("暗访", zh),
            en=over.en.replace("mystery visits", en),
            visit_kind=kind,
        )
        for over in [each for each in rounds if not each.open][-1:]
        for kind, letter, zh, en in (
            ("self_check", "S", "自查", "self checks"),
            ("peer_check", "P", "互查", "peer checks"),
        )
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


def released_time(random: Random, now: datetime) -> datetime:
    """An hour of business early enough that the visit went out with a batch since."""
    latest = week_cut(now, MONDAY).approved_until.astimezone(SHANGHAI)
    day = latest.date() - timedelta(days=random.randint(2, 12))
    return datetime.combine(day, time(9), SHANGHAI) + timedelta(minutes=random.randint(0, 7 * 60))


def release_times(first: date, now: datetime) -> list[datetime]:
    """When batches went out since a day."""
    latest = week_cut(now, MONDAY).approved_until
    weeks = max(0, (latest.astimezone(SHANGHAI).date() - first).days // 7)
    return [latest - timedelta(weeks=back) for back in reversed(range(weeks + 1))]


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
