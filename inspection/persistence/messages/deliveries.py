"""Tellings on their way: what is to be sent where, and what became of it."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from inspection.domain.access import AccountId, Role
from inspection.domain.messages.delivery import DeliveryState
from inspection.persistence.locking import for_update_clause
from inspection.persistence.statements import add_new, insertion, marks, run


class NewDelivery(msgspec.Struct, frozen=True, kw_only=True):
    """Something to send. `facts` is canonical JSON."""

    id: str
    key: str
    channel: str
    account: AccountId | None = None
    target: str = ""
    kind: str
    noun: str
    noun_id: str
    facts: str
    region_path: str = ""
    language: str = ""
    sealed: str = ""
    digest: bool = False
    due_at: datetime
    created_at: datetime


async def add_deliveries(deliveries: Sequence[NewDelivery]) -> frozenset[str]:
    """Keep them; the ids of those that were not kept before under their key."""
    rows = await add_new("delivery", deliveries, "key", "id")
    return frozenset(str(row["id"]) for row in rows)


class DeliveryRow(msgspec.Struct, frozen=True, kw_only=True):
    """A delivery, with whom it is for: the name, role, language and address of the person."""

    id: str
    channel: str
    account: AccountId | None
    target: str
    kind: str
    noun: str
    noun_id: str
    facts: str
    region_path: str
    sealed: str
    digest: bool
    state: DeliveryState
    tries: int
    due_at: datetime
    created_at: datetime
    language: str
    role: Role | None
    disabled: bool
    mail: str
    notice: str | None = None
    number: int | None = None


class NewAttempt(msgspec.Struct, frozen=True, kw_only=True):
    """What a try met."""

    delivery: str
    at: datetime
    outcome: str
    code: str
    milliseconds: int


class Settled(msgspec.Struct, frozen=True, kw_only=True):
    """What a delivery is after a try or a decision."""

    state: DeliveryState
    tries: int
    code: str
    due_at: datetime
    settled_at: datetime | None


async def find_delivery(delivery: str) -> DeliveryRow | None:
    """The delivery as it stands."""
    rows = await run(f"{_SELECT} WHERE d.id = ?", delivery)
    return msgspec.convert(rows[0], DeliveryRow, strict=False) if rows else None


async def lock_delivery(delivery: str) -> DeliveryRow | None:
    """The delivery, kept from changing until the transaction ends."""
    await run("SELECT id FROM delivery WHERE id = ?" + for_update_clause(), delivery)
    return await find_delivery(delivery)


async def due_for_digest(account: str, now: datetime) -> tuple[DeliveryRow, ...]:
    """What waits for the day's letter of a person, the oldest first."""
    rows = await run(
        f"{_SELECT} WHERE d.account = ? AND d.channel = 'mail' AND d.state = 'waiting'"
        " AND d.due_at <= ? AND d.digest ORDER BY d.created_at, d.id",
        account,
        now,
    )
    return msgspec.convert(rows, tuple[DeliveryRow, ...], strict=False)


async def add_attempt(attempt: NewAttempt) -> None:
    """Keep what a try met."""
    await run(insertion("delivery_attempt", NewAttempt), *msgspec.structs.astuple(attempt))


async def settle(delivery: str, settled: Settled) -> None:
    """Write where it is now; what only the sending needed to know goes once it is over for good."""
    over = settled.state in {DeliveryState.SENT, DeliveryState.DROPPED}
    await run(
        "UPDATE delivery SET state = ?, tries = ?, code = ?, due_at = ?, settled_at = ?"
        + (", sealed = ''" if over else "")
        + " WHERE id = ?",
        *msgspec.structs.astuple(settled),
        delivery,
    )


async def stand_of(keys: Sequence[str]) -> dict[str, tuple[str, str]]:
    """State and code of deliveries, by their keys."""
    if not keys:
        return {}
    few = marks(len(keys))
    rows = await run(f"SELECT key, state, code FROM delivery WHERE key IN ({few})", *keys)
    return {str(row["key"]): (str(row["state"]), str(row["code"])) for row in rows}


async def send_alone(delivery: str) -> None:
    """It goes by itself now, not in a day's letter."""
    await run("UPDATE delivery SET digest = FALSE WHERE id = ?", delivery)


_SELECT = (
    "SELECT d.id, d.channel, d.account, d.target, d.kind, d.noun, d.noun_id, d.facts,"
    " d.region_path, d.sealed, d.digest, d.state, d.tries, d.due_at, d.created_at,"
    " CASE WHEN d.language = '' THEN coalesce(a.language, 'zh-CN') ELSE d.language END AS language,"
    " a.role, a.disabled_at IS NOT NULL AS disabled,"
    " CASE WHEN c.mail_confirmed_at IS NULL THEN '' ELSE c.mail END AS mail,"
    " l.notice, l.number"
    " FROM delivery d LEFT JOIN account a ON a.id = d.account"
    " LEFT JOIN message_choice c ON c.account = d.account"
    " LEFT JOIN notice_line l ON d.noun = 'line' AND l.id = d.noun_id"
)
