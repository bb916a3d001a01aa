"""How the lines of a round keep their deadlines: late at which level, and answered in time."""

from datetime import datetime

import msgspec

from inspection.domain.rectifications.escalation import latest_due, level
from inspection.domain.rectifications.pause import paused_due
from inspection.persistence.rectifications import line_pauses, line_times
from inspection.persistence.rectifications.line_times import LinesOf, StoodLine

MANAGER, PROVINCE = 2, 3


class Timeliness(msgspec.Struct, frozen=True, kw_only=True):
    """Late lines by the level they have come to, from the store up; and of those that are verified
    or late, `in_time` out of `due`.
    """

    levels: tuple[int, int, int]
    in_time: int
    due: int


async def timeliness(of: LinesOf, now: datetime) -> Timeliness:
    """Counted as it stands now, pauses taken into account."""
    found = await line_times.late_counts(
        of, now, latest_due(MANAGER, now), latest_due(PROVINCE, now)
    )
    levels = [found.late - found.manager, found.manager - found.province, found.province]
    in_time, verified = await line_times.verified_in_time(of)
    stood = await line_times.lines_that_stood(of)
    pauses = await line_pauses.pauses_of(line.id for line in stood)
    for line in stood:
        mine = pauses.get(line.id, ())
        due, stands = paused_due(line.due_at, mine, now), any(one.until is None for one in mine)
        if line.verified:
            verified += 1
            in_time += _in_time(line, due)
        elif not stands and due < now:
            levels[level(line.severity, due, now) - 1] += 1
    return Timeliness(
        levels=(levels[0], levels[1], levels[2]), in_time=in_time, due=verified + sum(levels)
    )


def _in_time(line: StoodLine, due: datetime) -> bool:
    return line.replied_at is None or line.replied_at <= due
