"""Reaching a line of an issued notice: foreign ones, and those nobody issued, are missing."""

from inspection.domain.access import Action, Actor, Place, StoreId, may
from inspection.domain.notices.notice_state import OPEN_STATES, STORE_SEES
from inspection.domain.rectifications import rectification
from inspection.domain.rectifications.rectification import LineMove
from inspection.domain.refusals import NotFound
from inspection.persistence.rectifications import rectification_lines
from inspection.persistence.rectifications.rectification_lines import LineRow
from inspection.services.reach import check_granted


async def reached_line(actor: Actor, action: Action, line: str) -> LineRow:
    """The line. Raises NotAllowed or NotFound."""
    check_granted(actor, action)
    return _visible(actor, action, await rectification_lines.find_line(line))


async def numbered_line(actor: Actor, action: Action, notice: str, number: int) -> LineRow:
    """The same by its notice and number."""
    check_granted(actor, action)
    return _visible(actor, action, await rectification_lines.find_numbered(notice, number))


async def held_line(actor: Actor, action: Action, line: str) -> LineRow:
    """The line inside a transaction; it and its notice are kept from changing until it ends."""
    check_granted(actor, action)
    return _visible(actor, action, await rectification_lines.lock_line(line))


def is_live(row: LineRow) -> bool:
    """Whether the notice still asks something of its store."""
    return row.notice_state in OPEN_STATES


def awaits_recheck(row: LineRow) -> bool:
    """Whether a look at the store can settle the line: its last answer failed."""
    return is_live(row) and rectification.allowed(row.state, LineMove.RECHECK_PASS)


def _visible(actor: Actor, action: Action, row: LineRow | None) -> LineRow:
    if row is None or row.notice_state not in STORE_SEES:
        raise NotFound(noun="line")
    if not may(actor, action, Place(region_path=row.region_path, store=StoreId(row.store))):
        raise NotFound(noun="line")
    return row
