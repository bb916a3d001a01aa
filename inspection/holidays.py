"""The published holidays of China, as the package `chinesecalendar` carries them; nobody else
imports it. A new year comes with a new version of the package, each December.
"""

from datetime import date
from functools import cache
from importlib.metadata import version

from chinese_calendar.constants import holidays, workdays

from inspection.domain.working_time import WorkCalendar

PACKAGE = "chinesecalendar"


@cache
def published(opens: int = 9, closes: int = 18) -> WorkCalendar:
    """The calendar of all published years with these working hours (Asia/Shanghai)."""
    return WorkCalendar(
        version=f"{PACKAGE} {version(PACKAGE)}",
        years=frozenset(day.year for day in holidays),
        holidays=frozenset[date](holidays),
        working_weekends=frozenset[date](workdays),
        opens=opens,
        closes=closes,
    )
