"""What a plan follows from: stores, inspectors, who was where and who goes there already."""

from collections.abc import Sequence
from datetime import date, datetime

import msgspec

from inspection.persistence.locking import for_update_clause
from inspection.persistence.people.places import Scope, StoreRow
from inspection.persistence.statements import marks, run


class PlannedRound(msgspec.Struct, frozen=True, kw_only=True):
    """What planning must know of a round; without a region it is everywhere."""

    id: str
    code: str
    name_zh: str
    name_en: str
    visit_kind: str
    starts_on: date
    ends_on: date
    state: str
    min_visits: int
    region_path: str


class StoreFact(msgspec.Struct, frozen=True, kw_only=True):
    """An open store the round has a rubric for; `assigned` visits of the round it has already."""

    id: str
    kind: str
    region_path: str
    latitude_e6: int | None
    longitude_e6: int | None
    assigned: int


class InspectorFact(msgspec.Struct, frozen=True, kw_only=True):
    """An inspector who may be sent; `load` counts their visits in the round."""

    id: str
    name: str
    pseudonym: str
    home: str
    home_zh: str
    home_en: str
    per_round: int | None
    per_day: int | None
    load: int


class UnitFact(msgspec.Struct, frozen=True, kw_only=True):
    """A part of the tree an inspector belongs or belonged to."""

    account: str
    path: str
    from_on: date | None
    to_on: date | None


class VisitFact(msgspec.Struct, frozen=True, kw_only=True):
    """When an inspector was at a store last."""

    store: str
    inspector: str
    at: datetime


class ErrandFact(msgspec.Struct, frozen=True, kw_only=True):
    """An inspector may still go to a store in another round, on this day at the latest."""

    store: str
    inspector: str
    on: date


class CountyFact(msgspec.Struct, frozen=True, kw_only=True):
    """The middle of a region's stores."""

    path: str
    latitude_e6: int
    longitude_e6: int
    stores: int


class StoresWanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which stores of a round: a part of the tree, some kinds or all, one store or all."""

    round: str
    scope: Scope
    kinds: tuple[str, ...] = ()
    store: str = ""

    def where(self) -> tuple[str, tuple[object, ...]]:
        """The conditions on stores `s`; begins with AND, or is empty."""
        condition, values = self.scope.where("s.region_path")
        if self.kinds:
            condition += f" AND s.kind IN ({marks(len(self.kinds))})"
        if self.store:
            condition += " AND s.id = ?"
        return condition, (*values, *self.kinds, *((self.store,) if self.store else ()))


async def find_round(code: str, *, lock: bool = False) -> PlannedRound | None:
    """The round with this code, locked until the transaction ends when asked."""
    rows = await run(
        f"SELECT {', '.join(PlannedRound.__struct_fields__)} FROM round WHERE code = ?"
        f"{for_update_clause() if lock else ''}",
        code,
    )
    return msgspec.convert(rows[0], PlannedRound) if rows else None


async def find_round_of(proposal: str) -> PlannedRound:
    """The round a proposal is for."""
    rows = await run(
        f"SELECT {', '.join(PlannedRound.__struct_fields__)} FROM round"
        " WHERE id = (SELECT round FROM round_proposal WHERE id = ?)",
        proposal,
    )
    return msgspec.convert(rows[0], PlannedRound)


async def stores_to_plan(wanted: StoresWanted) -> tuple[StoreFact, ...]:
    """The open stores the round can visit, by id."""
    condition, values = wanted.where()
    rows = await run(
        "SELECT s.id, s.kind, s.region_path, s.latitude_e6, s.longitude_e6,"
        " (SELECT count(*) FROM assignment a WHERE a.round = ? AND a.store = s.id"
        " AND a.state <> 'cancelled') AS assigned FROM store s WHERE s.state = 'open'"
        f" AND s.kind IN (SELECT store_kind FROM round_rubric WHERE round = ?){condition}"
        " ORDER BY s.id",
        wanted.round,
        wanted.round,
        *values,
    )
    return msgspec.convert(rows, tuple[StoreFact, ...])


async def count_stores(wanted: StoresWanted) -> tuple[int, int]:
    """How many open stores the round can visit, and how many of them it has visits for."""
    condition, values = wanted.where()
    rows = await run(
        "SELECT count(*) AS stores, count(CASE WHEN s.id IN (SELECT a.store FROM assignment a"
        " WHERE a.round = ? AND a.state <> 'cancelled') THEN 1 END) AS assigned"
        " FROM store s WHERE s.state = 'open'"
        f" AND s.kind IN (SELECT store_kind FROM round_rubric WHERE round = ?){condition}",
        wanted.round,
        wanted.round,
        *values,
    )
    return int(rows[0]["stores"]), int(rows[0]["assigned"])


async def kinds_of(round_id: str) -> tuple[str, ...]:
    """The kinds of stores a round has a rubric for."""
    rows = await run(
        "SELECT store_kind FROM round_rubric WHERE round = ? ORDER BY store_kind", round_id
    )
    return tuple(str(row["store_kind"]) for row in rows)


async def find_store(store: str) -> StoreRow:
    """A store by its id, as pages name it."""
    rows = await run("SELECT id, code, name, kind, region_path FROM store WHERE id = ?", store)
    return msgspec.convert(rows[0], StoreRow)


async def names_of_stores(stores: Sequence[str]) -> dict[str, str]:
    """What these stores are called, by id."""
    rows = await run(f"SELECT id, name FROM store WHERE id IN ({marks(len(stores))})", *stores)
    return {str(row["id"]): str(row["name"]) for row in rows}


async def inspectors_to_plan(round_id: str) -> tuple[InspectorFact, ...]:
    """Every inspector who can sign in, by pseudonym."""
    rows = await run(
        "SELECT a.id, a.name, a.pseudonym, coalesce(g.path, a.region_path) AS home,"
        " coalesce(g.name_zh, '') AS home_zh, coalesce(g.name_en, '') AS home_en,"
        " p.per_round, p.per_day, coalesce(t.load, 0) AS load"
        " FROM account a LEFT JOIN inspector_profile p ON p.account = a.id"
        " LEFT JOIN region g ON g.id = coalesce(p.home, a.region)"
        # One by one, each would be asked for all visits they ever had.
        " LEFT JOIN (SELECT inspector, count(*) AS load FROM assignment"
        " WHERE round = ? AND state <> 'cancelled' GROUP BY inspector) t ON t.inspector = a.id"
        " WHERE a.role = 'inspector' AND a.disabled_at IS NULL ORDER BY a.pseudonym, a.id",
        round_id,
    )
    return msgspec.convert(rows, tuple[InspectorFact, ...])


async def units_of_inspectors() -> tuple[UnitFact, ...]:
    """Every unit of every inspector."""
    rows = await run(
        "SELECT u.account, g.path, u.from_on, u.to_on FROM account_unit u"
        " JOIN region g ON g.id = u.region JOIN account a ON a.id = u.account"
        " WHERE a.role = 'inspector'"
    )
    return msgspec.convert(rows, tuple[UnitFact, ...])


async def visits_since(wanted: StoresWanted, since: datetime) -> tuple[VisitFact, ...]:
    """The last visit of each inspector at each store since then, whatever became of it."""
    condition, values = wanted.where()
    rows = await run(
        "SELECT v.store, v.inspector, max(coalesce(v.started_at, v.received_at)) AS at"
        " FROM visit v JOIN store s ON s.id = v.store WHERE v.received_at >= ?"
        f"{condition} GROUP BY v.store, v.inspector",
        since,
        *values,
    )
    return msgspec.convert(rows, tuple[VisitFact, ...])


async def errands_elsewhere(wanted: StoresWanted, today: date) -> tuple[ErrandFact, ...]:
    """Visits of other rounds that may still be made."""
    condition, values = wanted.where()
    rows = await run(
        'SELECT a.store, a.inspector, max(a.window_to) AS "on" FROM assignment a'
        " JOIN store s ON s.id = a.store JOIN round r ON r.id = a.round"
        " WHERE a.round <> ? AND a.state IN ('open', 'returned') AND r.state <> 'locked'"
        f" AND a.window_to >= ?{condition} GROUP BY a.store, a.inspector",
        wanted.round,
        today,
        *values,
    )
    return msgspec.convert(rows, tuple[ErrandFact, ...])


async def middles_of_regions() -> tuple[CountyFact, ...]:
    """Where the stores of each region are on the whole."""
    rows = await run(
        "SELECT region_path AS path, CAST(avg(latitude_e6) AS BIGINT) AS latitude_e6,"
        " CAST(avg(longitude_e6) AS BIGINT) AS longitude_e6, count(*) AS stores FROM store"
        " WHERE latitude_e6 IS NOT NULL AND longitude_e6 IS NOT NULL GROUP BY region_path"
    )
    return msgspec.convert(rows, tuple[CountyFact, ...])
