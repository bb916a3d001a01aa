"""Who helps with a line. Whoever is responsible stays so until it is settled (首问责任): a name can
be added, and nobody can hand a line on.
"""

from inspection.domain.access import Action, Actor
from inspection.domain.notices.notice_letter import NAME
from inspection.domain.plain_text import plain
from inspection.domain.rectifications.rectification import SETTLED
from inspection.domain.refusals.rectification import HandlerRefused, LineChanged
from inspection.persistence.engine import tx
from inspection.persistence.rectifications import line_extensions
from inspection.persistence.rectifications.line_extensions import HandlerRow
from inspection.services.changes import record
from inspection.services.rectifications.rectification_access import held_line, is_live
from inspection.services.tools import Tools

MOST = 8


async def add_handler(tools: Tools, actor: Actor, line: str, name: str) -> None:
    """Add somebody who helps; a name that is there changes nothing. Raises HandlerRefused."""
    said = plain(name, "handler", NAME)
    async with tx():
        row = await held_line(actor, Action.RECTIFICATION_REPLY, line)
        if row.state in SETTLED or not is_live(row):
            raise LineChanged
        known = await line_extensions.handlers_of(line)
        if said in known:
            return
        if not said or said == row.responsible or len(known) >= MOST:
            raise HandlerRefused(most=MOST)
        await line_extensions.add_handler(
            HandlerRow(
                id=tools.random_id(),
                line=line,
                name=said,
                added_by=actor.account,
                added_at=tools.now(),
            )
        )
        body = {"number": row.notice_number, "line": row.number, "handler": said}
        await record(tools, actor, "line.help", ("line", line), body)
