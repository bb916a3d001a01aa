"""What became of trying to send: kept with its attempt, tried again later, or given up aloud."""

from collections.abc import Sequence
from datetime import datetime

from inspection.domain.access import Role
from inspection.domain.deadline import day_of
from inspection.domain.messages.delivery import (
    BACK_OFF,
    DeliveryMove,
    DeliveryState,
    Outcome,
    Sent,
    move,
    move_after,
)
from inspection.domain.messages.message import Audience, Message, MessageKind, over, people
from inspection.persistence import jobs
from inspection.persistence.engine import tx
from inspection.persistence.messages import deliveries
from inspection.persistence.messages.deliveries import DeliveryRow, NewAttempt, Settled
from inspection.persistence.people import places
from inspection.services.messages.messages import DIGEST, leave_job, tell
from inspection.services.tools import Tools

CRASHED = "crashed"
NOBODY = Sent(Outcome.GONE, "nobody_there")


async def note(tools: Tools, rows: Sequence[DeliveryRow], sent: Sent, begun: datetime) -> None:
    """Keep what an attempt met, for each delivery it was for. One that somebody settled meanwhile
    stays as it is. What may still be taken is tried again later; a day's letter as one.
    """
    again: datetime | None = None
    async with tx():
        for each in rows:
            row = await deliveries.lock_delivery(each.id)
            if row is None or row.state is not DeliveryState.WAITING:
                continue
            settled = await _settle(tools, row, sent, begun)
            if settled.state is DeliveryState.WAITING:
                again = settled.due_at
                if not row.digest:
                    await leave_job(row.id, row.channel, again)
        if again is not None and rows[0].digest:
            await _digest_again(rows[0], again)


async def give_up(tools: Tools, delivery: str) -> None:
    """The worker died of it, or could not do it, three times: it failed. In the caller's
    transaction.
    """
    row = await deliveries.lock_delivery(delivery)
    if row is not None and row.state is DeliveryState.WAITING:
        await _settle(tools, row, Sent(Outcome.REFUSED, CRASHED), tools.now())


async def _settle(tools: Tools, row: DeliveryRow, sent: Sent, begun: datetime) -> Settled:
    now, tries = tools.now(), row.tries + 1
    wanted = move_after(sent.outcome, tries)
    state = move(row.state, wanted)
    settled = Settled(
        state=state,
        tries=tries,
        code=sent.code,
        due_at=now + BACK_OFF[tries - 1] if wanted is DeliveryMove.POSTPONE else row.due_at,
        settled_at=None if state is DeliveryState.WAITING else now,
    )
    attempt = NewAttempt(
        delivery=row.id,
        at=now,
        outcome=sent.outcome.value,
        code=sent.code,
        milliseconds=max(0, round((now - begun).total_seconds() * 1000)),
    )
    await deliveries.add_attempt(attempt)
    await deliveries.settle(row.id, settled)
    if state is DeliveryState.FAILED:
        await _tell_of_failure(tools, row)
    return settled


async def _tell_of_failure(tools: Tools, row: DeliveryRow) -> None:
    """Once a day and way: whoever should have been told, else who looks after the place."""
    whom = row.account or row.target or row.id
    message = Message(
        kind=MessageKind.DELIVERY_FAILED,
        key=f"{row.channel} {whom} {day_of(tools.now())}",
        noun="delivery",
        noun_id=row.id,
        facts={"channel": row.channel},
        to=(await _concerned(row),),
    )
    await tell(tools, message)


async def _concerned(row: DeliveryRow) -> Audience:
    if row.account is not None:
        return people(row.account)
    return over(row.region_path or await places.root_path(), Role.ADMINISTRATOR)


async def _digest_again(row: DeliveryRow, at: datetime) -> None:
    await jobs.enqueue(
        kind=DIGEST,
        key=f"{DIGEST} {row.account} {round(at.timestamp() * 1000)}",
        payload={"account": row.account},
        at=at,
    )
