"""Times as people read them: Shanghai's clock, and how long is left."""

from datetime import UTC, date, datetime, timedelta

from inspection.domain.deadline import SHANGHAI
from inspection.wording import Language, say

_DAYS_FROM = timedelta(hours=48)
NONE = "—"


def clock(at: datetime | None, now: datetime) -> str:
    """11-18 14:05; the year too when it is not this one."""
    if at is None:
        return NONE
    local = _local(at)
    form = "%m-%d %H:%M" if local.year == _local(now).year else "%Y-%m-%d %H:%M"
    return local.strftime(form)


def day(at: datetime | date | None) -> str:
    """2026-11-18."""
    if at is None:
        return NONE
    return f"{_local(at) if isinstance(at, datetime) else at:%Y-%m-%d}"


def left(language: Language, due: datetime, now: datetime) -> str:
    """How long until a deadline, or how long since: 还剩 15 小时 22 分, 逾期 2 天 4 小时."""
    return say(language, "time.over" if due < now else "time.left", span=span(language, due - now))


def span(language: Language, length: timedelta) -> str:
    """A length of time in hours and minutes; from two days on in days and hours."""
    minutes = int(abs(length).total_seconds()) // 60
    hours, minutes = divmod(minutes, 60)
    if abs(length) >= _DAYS_FROM:
        return say(language, "time.days", days=hours // 24, hours=hours % 24)
    if hours:
        return say(language, "time.hours", hours=hours, minutes=minutes)
    return say(language, "time.minutes", minutes=minutes)


def _local(at: datetime) -> datetime:
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(SHANGHAI)
