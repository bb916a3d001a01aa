"""Deliveries as administrators look after them: what did not arrive, and trying it again."""

from collections.abc import Iterable

import msgspec

from inspection.domain.access import Action, Actor, Place
from inspection.domain.listing import ListAsked
from inspection.domain.messages.delivery import DeliveryMove, move
from inspection.domain.refusals import NotFound
from inspection.persistence.engine import tx
from inspection.persistence.messages import deliveries, delivery_lists
from inspection.persistence.messages.deliveries import Settled
from inspection.persistence.messages.delivery_lists import DeliveriesWanted, DeliveryRows
from inspection.persistence.people.places import Scope
from inspection.services.changes import record
from inspection.services.messages.messages import leave_job
from inspection.services.reach import check_granted, check_reach, scope_of
from inspection.services.tools import Tools


class DeliveriesAsked(msgspec.Struct, frozen=True, kw_only=True):
    """A page of deliveries; empty filters leave all."""

    asked: ListAsked
    state: str = ""
    channel: str = ""
    account: str = ""
    target: str = ""


async def list_of_deliveries(actor: Actor, wanted: DeliveriesAsked) -> DeliveryRows:
    """One page of the caller's part of the tree, the latest first."""
    scope = scope_of(actor, Action.CHANNEL_EDIT)
    return await delivery_lists.list_deliveries(
        DeliveriesWanted(
            scope=Scope(scope.path),
            asked=wanted.asked,
            state=wanted.state,
            channel=wanted.channel,
            account=wanted.account,
            target=wanted.target,
        )
    )


async def unsent_to(actor: Actor, targets: Iterable[str]) -> dict[str, int]:
    """How much of what bots and systems the caller looks after were to be told failed for good."""
    check_granted(actor, Action.CHANNEL_EDIT)
    return await delivery_lists.count_failed(tuple(targets))


async def retry(tools: Tools, actor: Actor, delivery: str) -> None:
    """Try one again that failed. Raises NotFound, and MoveRefused for one that did not fail."""
    async with tx():
        check_granted(actor, Action.CHANNEL_EDIT)
        row = await deliveries.lock_delivery(delivery)
        if row is None:
            raise NotFound(noun="delivery")
        place = Place(region_path=await delivery_lists.place_of(delivery))
        check_reach(actor, Action.CHANNEL_EDIT, place, "delivery")
        now, state = tools.now(), move(row.state, DeliveryMove.RETRY)
        settled = Settled(state=state, tries=0, code="", due_at=now, settled_at=None)
        await deliveries.settle(delivery, settled)
        await deliveries.send_alone(delivery)
        await leave_job(delivery, row.channel, now)
        body = {"changes": {"state": [row.state.value, state.value]}}
        await record(tools, actor, "delivery.retry", ("delivery", delivery), body)
