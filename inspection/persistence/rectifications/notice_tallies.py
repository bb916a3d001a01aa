"""What a notice's lines come to, kept beside the notice: lists and rankings look at ten thousand of
them at once, and at what stores mended since the first.
"""

from inspection.persistence.rectifications.line_pauses import STOOD
from inspection.persistence.statements import run

RUNS = "runs"
"""The store owes something, and no clock of what it owes ever stood: late after `first_due_at`."""

STOOD_STILL = "stood"
"""The store owes something, and a clock of that stands still or may have: its lines tell."""


async def tally_lines(notice: str) -> None:
    """Say it again after a line, its deadline or its clock changed: which of the three it is, empty
    where nothing is owed; the nearest deadline of what is owed, the last one stays; how many lines
    are verified, and how many of those were mended at the first reply.
    """
    await run(
        f"UPDATE notice SET clock = CASE WHEN NOT {_OWES.format('')} THEN ''"
        f" WHEN {_OWES.format(f' AND {STOOD}')} THEN '{STOOD_STILL}' ELSE '{RUNS}' END,"
        f" first_due_at = coalesce((SELECT min(l.due_at) {_OWED}), first_due_at),"
        f" verified = ({_VERIFIED}), verified_first = ({_VERIFIED} AND {_REPLIES} = 1)"
        " WHERE id = ?",
        notice,
    )


_OWED = "FROM notice_line l WHERE l.notice = notice.id AND l.state IN ('open', 'returned')"
_OWES = f"EXISTS (SELECT 1 {_OWED}{{0}})"
_VERIFIED = "SELECT count(*) FROM notice_line l WHERE l.notice = notice.id AND l.state = 'verified'"
_REPLIES = (
    "(SELECT count(*) FROM rectification_reply r WHERE r.line = l.id AND r.attempt IS NOT NULL)"
)
