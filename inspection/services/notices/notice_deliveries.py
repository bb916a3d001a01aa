"""The record of a notice's way to its store, written with whatever happens."""

from enum import StrEnum

import msgspec

from inspection.domain.access import Actor
from inspection.domain.notices.notice_state import NoticeMove, Receipt, move
from inspection.persistence.notices import notice_deliveries, notice_moves
from inspection.persistence.notices.notice_deliveries import DeliveryRow
from inspection.persistence.notices.notice_moves import Received
from inspection.persistence.notices.notices import NoticeRow
from inspection.services.changes import record
from inspection.services.tools import Tools

RECEIVED_BY = {
    Receipt.SIGNED: (NoticeMove.ACKNOWLEDGE, "notice.acknowledge"),
    Receipt.REFUSED: (NoticeMove.REFUSE, "notice.refuse"),
    Receipt.DEEMED: (NoticeMove.DEEM, "notice.deem"),
}


class DeliveryEvent(StrEnum):
    """What the record of a delivery holds."""

    LINK_MADE = "link_made"
    LINK_REVOKED = "link_revoked"
    MAILED = "mailed"
    OPENED = "opened"
    SIGNED = "signed"
    REFUSED = "refused"
    DEEMED = "deemed"


class Way(msgspec.Struct, frozen=True):
    """On which way something happened, by whom, through which link."""

    channel: str
    by: str | None = None
    link: str | None = None


async def note_delivery(
    tools: Tools, notice: str, event: DeliveryEvent, way: Way, note: str = ""
) -> None:
    """Add a line to the record."""
    await notice_deliveries.add_delivery(
        DeliveryRow(
            id=tools.random_id(),
            notice=notice,
            at=tools.now(),
            event=event.value,
            channel=way.channel,
            by=way.by,
            link=way.link,
            note=note,
        )
    )


async def receive(
    tools: Tools, by: Actor | None, row: NoticeRow, received: Received, channel: str
) -> None:
    """Let a notice its caller holds count as received, in the record and in the log. Raises
    MoveRefused.
    """
    wanted, action = RECEIVED_BY[received.receipt]
    before, after = row.state, move(row.state, wanted)
    await notice_moves.note_received(row.id, received)
    note = received.name or received.note
    event = DeliveryEvent(received.receipt.value)
    await note_delivery(tools, row.id, event, Way(channel, received.account), note)
    facts: dict[str, object] = {"changes": {"state": [before.value, after.value]}}
    if note:
        facts["note"] = note
    await record(tools, by, action, ("notice", row.id), facts)


async def open_first(tools: Tools, by: Actor | None, row: NoticeRow, way: Way) -> None:
    """The first look at a notice its caller holds. Raises MoveRefused."""
    move(row.state, NoticeMove.OPEN)
    await notice_moves.note_delivered(row.id, tools.now())
    await note_delivery(tools, row.id, DeliveryEvent.OPENED, way)
    await record(tools, by, "notice.deliver", ("notice", row.id), {"channel": way.channel})
