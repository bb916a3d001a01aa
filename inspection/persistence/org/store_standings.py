"""The standing of one store, and those at the top of a list, with their sections."""

import msgspec

from inspection.domain.points import Hundredths
from inspection.domain.rankings.standing import SectionResult
from inspection.persistence.rankings.rankings import RankedList
from inspection.persistence.statements import run

_SECTIONS = msgspec.json.Decoder(tuple[SectionResult, ...])


class StoreStanding(msgspec.Struct, frozen=True, kw_only=True):
    """A store's published result in a round."""

    store: str
    code: str
    name: str
    store_kind: str
    ownership: str
    region_path: str
    rank_key: int | None
    score: Hundredths
    full: Hundredths
    lost: Hundredths
    vetoed: bool
    visits: int
    sections: tuple[SectionResult, ...]


BestResult = tuple[int, tuple[SectionResult, ...]]
"""Score and sections."""


async def find_standing(wanted: RankedList, code: str) -> StoreStanding | None:
    """The result of the store with this code, if it has one there."""
    where, values = wanted.where()
    rows = await run(
        f"{_STANDING} WHERE {where} AND t.store_code = ? AND t.visits > 0", *values, code
    )
    return _read(rows[0]) if rows else None


async def best_standings(wanted: RankedList, most: int) -> tuple[StoreStanding, ...]:
    """So many from the top, and everybody level with the last of them."""
    where, values = wanted.where()
    rows = await run(
        f"{_STANDING} WHERE {where} AND t.rank_key <= {_CUT.format(where)}"
        " ORDER BY t.rank_key, t.store_code",
        *values,
        *values,
        most,
    )
    return tuple(_read(row) for row in rows)


async def best_results(wanted: RankedList, most: int) -> tuple[BestResult, ...]:
    """The same without who they are."""
    where, values = wanted.where()
    rows = await run(
        f"SELECT t.score, t.sections FROM standing t WHERE {where}"
        f" AND t.rank_key <= {_CUT.format(where)}",
        *(*values, *values, most),
    )
    return tuple((row["score"], _SECTIONS.decode(row["sections"])) for row in rows)


async def count_ranked(wanted: RankedList) -> int:
    """How many stores have a place."""
    where, values = wanted.where()
    rows = await run(
        f"SELECT count(*) AS n FROM standing t WHERE {where} AND t.rank_key IS NOT NULL", *values
    )
    return int(rows[0]["n"])


def _read(row: dict[str, object]) -> StoreStanding:
    sections = _SECTIONS.decode(str(row["sections"]))
    return msgspec.convert(row | {"sections": sections}, StoreStanding, strict=False)


_CUT = (
    "(SELECT c.rank_key FROM (SELECT t.rank_key FROM standing t WHERE {0}"
    " AND t.rank_key IS NOT NULL ORDER BY t.rank_key LIMIT ?) c"
    " ORDER BY c.rank_key DESC LIMIT 1)"
)
_STANDING = (
    "SELECT t.store, t.store_code AS code, s.name, t.store_kind, t.ownership, t.region_path,"
    ' t.rank_key, t.score, t."full", t.lost, t.vetoed, t.visits, t.sections FROM standing t'
    " JOIN store s ON s.id = t.store"
)
