"""Stores that lost something by the same items in rounds one after the other."""

import msgspec

from inspection.domain.rankings.tally import Tally
from inspection.persistence.rankings.rankings import RankedList
from inspection.persistence.statements import marks, run

_TALLY = msgspec.json.Decoder(Tally)
_AGAIN = '%"%,1]%'
"""What the part of a store looks like that lost something again; some others look like it too."""


class PartRow(msgspec.Struct, frozen=True, kw_only=True):
    """A store's part in the tally of a round."""

    round: str
    store: str
    code: str
    name: str
    store_kind: str
    region_path: str
    part: Tally


async def repeating(wanted: RankedList, item: str, most: int) -> tuple[PartRow, ...]:
    """Stores with a repetition, of one item or of any, the lowest ranked first."""
    like = f'%["{item}",1,%' if item else _AGAIN
    # Along the index until enough are found; what has no place comes after it.
    found = await _repeating(wanted, "NOT NULL ORDER BY t.rank_key DESC", like, most)
    if len(found) < most:
        found += await _repeating(wanted, "NULL ORDER BY t.store_code", like, most - len(found))
    return found


async def _repeating(wanted: RankedList, placed: str, like: str, most: int) -> tuple[PartRow, ...]:
    where, values = wanted.where()
    rows = await run(
        "SELECT t.round, t.store, t.store_code AS code, s.name, t.store_kind, t.region_path, t.part"
        f" FROM standing t JOIN store s ON s.id = t.store WHERE {where} AND t.part LIKE ?"
        f" AND t.rank_key IS {placed} LIMIT ?",
        *(*values, like, most),
    )
    return tuple(_read(row) for row in rows)


async def parts_in(
    rounds: tuple[str, ...], stores: tuple[str, ...]
) -> dict[tuple[str, str], Tally]:
    """The parts of some stores in some rounds, by round and store."""
    if not rounds or not stores:
        return {}
    rows = await run(
        f"SELECT t.round, t.store, t.part FROM standing t WHERE t.round IN ({marks(len(rounds))})"
        f" AND t.store IN ({marks(len(stores))}) AND t.part <> ''",
        *(*rounds, *stores),
    )
    return {(row["round"], row["store"]): _TALLY.decode(row["part"]) for row in rows}


def _read(row: dict[str, str]) -> PartRow:
    return msgspec.convert(row | {"part": _TALLY.decode(row["part"])}, PartRow)
