"""Telling people what became of a line, in the transaction that did it."""

from collections.abc import Mapping
from datetime import datetime

from inspection.domain.access import Actor, Role
from inspection.domain.messages.message import (
    Audience,
    Fact,
    Message,
    MessageKind,
    over,
    staff_of,
)
from inspection.persistence.rectifications.rectification_lines import LineRow
from inspection.services.messages.messages import tell
from inspection.services.rectifications.line_clocks import clock_of
from inspection.services.rubrics.rubrics import rubric_of
from inspection.services.tools import Tools


async def tell_submitted(tools: Tools, by: Actor, row: LineRow, reply: str) -> None:
    """A reply waits for whoever verifies."""
    await _tell_desk(tools, by, row, (MessageKind.REPLY_SUBMITTED, reply), {})


async def tell_verdict(
    tools: Tools, by: Actor, row: LineRow, verdict: str, *, accepted: bool
) -> None:
    """The store learns what became of its reply."""
    if accepted:
        await _tell_store(tools, by, row, (MessageKind.REPLY_VERIFIED, verdict), {})
        return
    due = (await clock_of(tools, row)).due_at
    await _tell_store(tools, by, row, (MessageKind.REPLY_RETURNED, verdict), {"due": due})


async def tell_reopened(tools: Tools, by: Actor, row: LineRow, verdict: str, due: datetime) -> None:
    """The store learns that what it mended has to be mended again."""
    await _tell_store(tools, by, row, (MessageKind.LINE_REOPENED, verdict), {"due": due})


async def tell_asked(
    tools: Tools, by: Actor, row: LineRow, extension: str, until: datetime
) -> None:
    """A request for more time waits for its decision."""
    await _tell_desk(tools, by, row, (MessageKind.EXTENSION_ASKED, extension), {"until": until})


async def tell_decided(
    tools: Tools, by: Actor, row: LineRow, extension: str, outcome: tuple[str, datetime]
) -> None:
    """The store learns whether it has more time."""
    facts: Mapping[str, Fact] = {"outcome": outcome[0], "due": outcome[1]}
    await _tell_store(tools, by, row, (MessageKind.EXTENSION_DECIDED, extension), facts)


async def _tell_desk(
    tools: Tools, by: Actor, row: LineRow, what: tuple[MessageKind, str], more: Mapping[str, Fact]
) -> None:
    to = (over(row.region_path, Role.REGIONAL_MANAGER), over(row.region_path, Role.REVIEWER))
    await _tell(tools, by, row, what, more, to)


async def _tell_store(
    tools: Tools, by: Actor, row: LineRow, what: tuple[MessageKind, str], more: Mapping[str, Fact]
) -> None:
    await _tell(tools, by, row, what, more, (staff_of(row.store),))


async def _tell(
    tools: Tools,
    by: Actor,
    row: LineRow,
    what: tuple[MessageKind, str],
    more: Mapping[str, Fact],
    to: tuple[Audience, ...],
) -> None:
    item = (await rubric_of(row.rubric_version)).item(row.item)
    facts: dict[str, Fact] = {
        "number": row.notice_number or "",
        "store": row.store_name,
        "line": row.number,
        "item": item.title.zh if item else row.item,
        "item_en": item.title.en if item else row.item,
    }
    message = Message(
        kind=what[0],
        key=f"{what[0].value} {what[1]}",
        noun="line",
        noun_id=row.id,
        facts={**facts, **more},
        to=to,
        by=by.account,
        # Other systems of the place hear of it too.
        region_path=row.region_path,
    )
    await tell(tools, message)
