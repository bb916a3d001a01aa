"""Other systems that are told, by the part of the tree they hear of."""

from datetime import datetime

import msgspec

from inspection.domain.org.region_path import upwards
from inspection.persistence.locking import for_update_clause
from inspection.persistence.people.places import Scope
from inspection.persistence.statements import insertion, marks, run


class WebhookRow(msgspec.Struct, frozen=True, kw_only=True):
    """A subscription. `kinds` is a JSON list of kinds; an empty one means all."""

    id: str
    region_path: str
    name: str
    url: str
    kinds: str
    sealed: str
    sealed_old: str
    old_until: datetime | None
    state: str
    revision: int

    def hears(self, kind: str) -> bool:
        """Whether it wants this kind."""
        kinds = msgspec.json.decode(self.kinds, type=tuple[str, ...])
        return not kinds or kind in kinds


_FIELDS = ", ".join(WebhookRow.__struct_fields__)


async def webhooks_over(region_path: str) -> tuple[WebhookRow, ...]:
    """The subscriptions that hear of what happens at a place."""
    above = upwards(region_path)
    rows = await run(
        f"SELECT {_FIELDS} FROM webhook WHERE region_path IN ({marks(len(above))})"
        " AND state = 'on' ORDER BY id",
        *above,
    )
    return msgspec.convert(rows, tuple[WebhookRow, ...])


async def find_webhook(webhook: str) -> WebhookRow | None:
    """The webhook with this id."""
    rows = await run(f"SELECT {_FIELDS} FROM webhook WHERE id = ?", webhook)
    return msgspec.convert(rows[0], WebhookRow) if rows else None


class KeptWebhook(msgspec.Struct, frozen=True, kw_only=True):
    """What is written of a subscription."""

    id: str
    region_path: str
    name: str
    url: str
    kinds: str
    sealed: str
    sealed_old: str
    old_until: datetime | None
    state: str
    revision: int
    changed_by: str
    changed_at: datetime


async def webhooks_in(scope: Scope) -> tuple[WebhookRow, ...]:
    """The subscriptions of a part of the tree, by name."""
    condition, values = scope.where("region_path")
    rows = await run(
        f"SELECT {_FIELDS} FROM webhook WHERE 1 = 1{condition} ORDER BY name, id", *values
    )
    return msgspec.convert(rows, tuple[WebhookRow, ...])


async def keep_webhook(hook: KeptWebhook) -> None:
    """Keep it, or write over what was."""
    fields = KeptWebhook.__struct_fields__
    changed = ", ".join(f"{field} = excluded.{field}" for field in fields[1:])
    await run(
        f"{insertion('webhook', KeptWebhook)} ON CONFLICT (id) DO UPDATE SET {changed}",
        *msgspec.structs.astuple(hook),
    )


async def lock_webhook(webhook: str) -> WebhookRow | None:
    """The subscription, kept from changing until the transaction ends."""
    await run("SELECT id FROM webhook WHERE id = ?" + for_update_clause(), webhook)
    return await find_webhook(webhook)
