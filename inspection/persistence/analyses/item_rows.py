"""Published visits item by item: no person, no time, no place but where the store hangs."""

import msgspec

from inspection.domain.points import Hundredths
from inspection.persistence.counted_visits import IN_COUNT
from inspection.persistence.rankings.rankings import RankedList
from inspection.persistence.statements import run


class ItemFact(msgspec.Struct, frozen=True, kw_only=True):
    """One item of one published visit. `visit` only tells visits of a store apart."""

    visit: str
    store: str
    store_kind: str
    ownership: str
    region_path: str
    rubric: str
    version: int
    outcome: str
    item: str
    section: str
    verdict: str
    severity: str
    full: Hundredths
    lost: Hundredths


async def item_facts(wanted: RankedList, after: str, stores: int) -> tuple[ItemFact, ...]:
    """The items of every published visit of so many stores, which follow the code `after`."""
    where, values = wanted.where()
    rows = await run(
        "SELECT v.id AS visit, e.store_code AS store, e.store_kind, e.ownership, e.region_path,"
        " rv.code AS rubric, rv.number AS version, v.outcome, va.item, va.section, va.verdict,"
        ' va.severity, va."full", va.lost FROM (SELECT t.* FROM standing t'
        f" WHERE {where} AND t.visits > 0 AND t.store_code > ? ORDER BY t.store_code LIMIT ?) e"
        " JOIN visit v ON v.round = e.round AND v.store = e.store"
        f" AND v.{IN_COUNT}"
        " JOIN rubric_version rv ON rv.digest = v.rubric_version"
        " JOIN visit_answer va ON va.visit = v.id"
        " ORDER BY e.store_code, v.published_at, v.id, va.id",
        *(*values, after, stores),
    )
    return msgspec.convert(rows, tuple[ItemFact, ...])


async def count_visits(wanted: RankedList) -> int:
    """How many published visits there are."""
    where, values = wanted.where()
    rows = await run(
        f"SELECT coalesce(sum(t.visits), 0) AS n FROM standing t WHERE {where}", *values
    )
    return int(rows[0]["n"])
