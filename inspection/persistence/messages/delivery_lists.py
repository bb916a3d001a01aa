"""Deliveries as administrators look at them, and the attempts of one way's target."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from inspection.domain.listing import ListAsked
from inspection.domain.messages.delivery import DeliveryState
from inspection.persistence.listing import Listing, SortColumn, listed
from inspection.persistence.people.places import Scope
from inspection.persistence.searching import Condition
from inspection.persistence.statements import marks, run


class ListedDelivery(msgspec.Struct, frozen=True, kw_only=True):
    """A delivery: on which way, to whom, what about, where it stands. Never what was said."""

    id: str
    channel: str
    kind: str
    state: DeliveryState
    tries: int
    code: str
    created_at: datetime
    due_at: datetime
    settled_at: datetime | None
    whom: str
    account: str | None


class DeliveriesWanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which deliveries; empty filters leave all of the scope."""

    scope: Scope
    asked: ListAsked
    state: str = ""
    channel: str = ""
    account: str = ""
    target: str = ""


class DeliveryRows(msgspec.Struct, frozen=True, kw_only=True):
    """One page."""

    rows: tuple[ListedDelivery, ...]
    total: int
    sort: str
    next_cursor: str | None


async def list_deliveries(wanted: DeliveriesWanted) -> DeliveryRows:
    """One page. Raises CursorRefused for a cursor of another order."""
    conditions = [
        wanted.scope.where(PLACE),
        _equals("d.state", wanted.state),
        _equals("d.channel", wanted.channel),
        _equals("d.account", wanted.account),
        _equals("d.target", wanted.target),
    ]
    found = await listed(_DELIVERIES, wanted.asked, conditions)
    return DeliveryRows(
        rows=msgspec.convert(found.rows, tuple[ListedDelivery, ...]),
        total=found.total,
        sort=found.sort,
        next_cursor=found.next_cursor,
    )


async def count_failed(targets: Sequence[str]) -> dict[str, int]:
    """How many deliveries to these bots and systems failed for good; those without are left out."""
    if not targets:
        return {}
    rows = await run(
        "SELECT target, count(*) AS n FROM delivery WHERE state = 'failed'"
        f" AND target IN ({marks(len(targets))}) GROUP BY target",
        *targets,
    )
    return {str(row["target"]): int(row["n"]) for row in rows}


async def place_of(delivery: str) -> str:
    """The part of the tree a delivery is of; empty for what is of no part."""
    rows = await run(f"SELECT {PLACE} AS place {_FROM} WHERE d.id = ?", delivery)
    return str(rows[0]["place"])


def _equals(column: str, value: str) -> Condition:
    return (f" AND {column} = ?", (value,)) if value else ("", ())


PLACE = "coalesce(nullif(d.region_path, ''), s.region_path, a.region_path, n.region_path, '')"
"""Where the store is that it is about, else where its person belongs. A letter to an address that
is nobody's account is where its notice is, or where who asked for it belongs.
"""

_FROM = (
    " FROM delivery d LEFT JOIN account a ON a.id ="
    " coalesce(d.account, CASE WHEN d.kind = 'mail.confirm' THEN d.noun_id END)"
    " LEFT JOIN store s ON s.id = a.store"
    " LEFT JOIN notice n ON d.kind = 'notice.posted' AND n.id = d.noun_id"
    " LEFT JOIN bot b ON b.id = d.target LEFT JOIN webhook w ON w.id = d.target"
)
_DELIVERIES = Listing(
    select=(
        "SELECT d.id, d.channel, d.kind, d.state, d.tries, d.code, d.created_at, d.due_at,"
        " d.settled_at, d.account,"
        " CASE WHEN a.role = 'inspector' THEN a.pseudonym ELSE"
        f" coalesce(a.name, b.name, w.name, n.number, '') END AS whom{_FROM}"
    ),
    search=(
        "coalesce(a.name, '')",
        "coalesce(b.name, '')",
        "coalesce(w.name, '')",
        "coalesce(n.number, '')",
        "d.code",
    ),
    columns={"created": SortColumn("created_at", "time"), "due": SortColumn("due_at", "time")},
    usual="-created",
)
