"""Trying a way out: one message that says it is a test."""

from inspection.domain.audit.audit import canonical
from inspection.domain.messages.message import Channel, MessageKind
from inspection.persistence.messages import deliveries
from inspection.persistence.messages.deliveries import NewDelivery
from inspection.services.messages.messages import hashed, leave_job
from inspection.services.tools import Tools


async def leave_test(tools: Tools, channel: Channel, target: str, name: str, path: str) -> None:
    """Leave a test for a bot or another system, in the caller's transaction."""
    id, now = tools.random_id(), tools.now()
    one = NewDelivery(
        id=id,
        key=hashed("test", id),
        channel=channel.value,
        target=target,
        kind=MessageKind.CHANNEL_TEST.value,
        noun=channel.value,
        noun_id=target,
        facts=canonical({"name": name}),
        region_path=path,
        due_at=now,
        created_at=now,
    )
    await deliveries.add_deliveries([one])
    await leave_job(id, channel.value, now)
