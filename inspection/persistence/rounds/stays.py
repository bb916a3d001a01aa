"""Where a store is, and where else its inspector was around the same time."""

from datetime import datetime, timedelta

import msgspec

from inspection.domain.visits.presence import Spot
from inspection.domain.visits.visit_hints import Stay
from inspection.persistence.statements import run

AROUND = timedelta(hours=12)
"""A farther store can be reached from anywhere in the province."""

LONGEST = timedelta(days=2)
"""No visit takes longer: what began earlier is over."""

NEAREST = 6
"""So many visits before and after are looked at: of a way that is impossible over several stores,
one leg is too.
"""


class Circumstances(msgspec.Struct, frozen=True, kw_only=True):
    """The store's spot, if it is known, and the inspector's other visits around the same time with
    known spots.
    """

    spot: Spot | None
    others: tuple[Stay, ...]


class VisitTimes(msgspec.Struct, frozen=True, kw_only=True):
    """Which visit, of whom, where and when, by the server's clock."""

    visit: str
    inspector: str
    store: str
    started_at: datetime
    ended_at: datetime


async def circumstances(of: VisitTimes) -> Circumstances:
    """What hints about a visit depend on beside its submission."""
    whose = (of.inspector, of.visit, of.store)
    rows = await run(
        _AROUND,
        *(*whose, of.started_at, of.started_at - LONGEST, of.started_at - AROUND),
        *(*whose, of.started_at, of.ended_at + AROUND),
        of.store,
    )
    first = rows[0]
    return Circumstances(
        spot=_spot(first["latitude"], first["longitude"]),
        others=tuple(
            Stay(
                started_at=msgspec.convert(row["started_at"], datetime),
                ended_at=msgspec.convert(row["ended_at"], datetime),
                spot=spot,
                store=str(row["name"]),
                visit=str(row["visit"]),
            )
            for row in rows
            if (spot := _spot(row["other_latitude"], row["other_longitude"]))
        ),
    )


def _spot(latitude: int | None, longitude: int | None) -> Spot | None:
    if latitude is None or longitude is None:
        return None
    return Spot(latitude, longitude)


_OTHERS = (
    "SELECT * FROM (SELECT id, store, started_at, ended_at FROM visit WHERE inspector = ?"
    " AND id <> ? AND store <> ? AND {0} LIMIT {1}) n"
)
_BEFORE = "started_at <= ? AND started_at > ? AND ended_at > ? ORDER BY started_at DESC"
_AFTER = "started_at > ? AND started_at < ? ORDER BY started_at"
_AROUND = (
    "SELECT s.latitude_e6 AS latitude, s.longitude_e6 AS longitude, v.id AS visit, v.started_at,"
    " v.ended_at, o.latitude_e6 AS other_latitude, o.longitude_e6 AS other_longitude, o.name"
    f" FROM store s LEFT JOIN ({_OTHERS.format(_BEFORE, NEAREST)} UNION ALL"
    f" {_OTHERS.format(_AFTER, NEAREST)}) v ON TRUE"
    " LEFT JOIN store o ON o.id = v.store WHERE s.id = ?"
)
