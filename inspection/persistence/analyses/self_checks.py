"""Stores with a result in two rounds, county by county."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from inspection.domain.analyses.self_check import ItemPair, Pairs
from inspection.domain.rankings.tally import Tally
from inspection.persistence.analyses.paired_stores import Paired, paired_stores
from inspection.persistence.rankings.ranking_facts import Stores, standing_where
from inspection.persistence.statements import marks, run

_TALLY = msgspec.json.Decoder(Tally)
_SUMS = ("stores", "own_score", "seen_score", "own_visits", "seen_visits")
_AT_ONCE = 500

Sums = dict[str, list[int]]
Lost = dict[str, dict[str, list[int]]]


async def pairs(own: str, seen: Stores, paths: Sequence[str] | None) -> dict[str, Pairs]:
    """The stores of the visited round `seen` that also have a result in the round `own`, where the
    former counts them; of these counties or of all.
    """
    if paths is None:
        found = await paired_stores(own, seen)
        lost: Lost = {path: {} for path in found.sums}
        for side, round_id in enumerate((own, seen.round)):
            await _items_of(found, round_id, side, lost)
        return _together(found.sums, lost)
    return _together(*await _store_by_store(own, seen, paths))


async def _store_by_store(own: str, seen: Stores, paths: Sequence[str]) -> tuple[Sums, Lost]:
    where, values = standing_where(seen, paths)
    rows = await run(
        "SELECT t.region_path AS path, t.score AS seen, t.visits AS seen_visits,"
        " t.part AS seen_part, o.score AS own, o.visits AS own_visits, o.part AS own_part"
        " FROM standing t JOIN standing o ON o.round = ? AND o.store = t.store AND o.visits > 0"
        f" WHERE t.round = ? AND t.store_kind = ? AND t.visits > 0{where}",
        *(own, seen.round, seen.kind, *values),
    )
    sums: Sums = {}
    items: Lost = {}
    for row in rows:
        path = row["path"]
        mine = sums.setdefault(path, [0] * len(_SUMS))
        more = (1, row["own"], row["seen"], row["own_visits"], row["seen_visits"])
        sums[path] = [old + new for old, new in zip(mine, more, strict=True)]
        lost = items.setdefault(path, {})
        _add(lost, row["own_part"], 0)
        _add(lost, row["seen_part"], 1)
    return sums, items


async def _items_of(found: Paired, round_id: str, side: int, lost: Lost) -> None:
    """What the items cost on one side: what the counties come to less the stores that are not both
    times there, or store by store where those are more.
    """
    for path, body in await _tallies(found, round_id, side):
        if path in lost:
            _add(lost[path], body, side)
    for sign, stores in ((-1, found.without[side]), (1, found.beside[side])):
        for path, part in await _parts(round_id, stores):
            if path in lost:
                _add(lost[path], part, side, sign)


async def _tallies(found: Paired, round_id: str, side: int) -> list[tuple[str, str]]:
    if not found.whole[side]:
        return []
    of = found.of
    owned, own = (" AND t.ownership = ?", (of.ownership,)) if of.ownership else ("", ())
    rows = await run(
        "SELECT t.region_path AS path, t.body FROM round_tally t WHERE t.round = ?"
        f" AND t.store_kind = ?{owned}",
        *(round_id, of.kind, *own),
    )
    return [(row["path"], row["body"]) for row in rows]


async def _parts(round_id: str, stores: Mapping[str, str]) -> list[tuple[str, str]]:
    """The parts of some stores, each with the path it is said to be at."""
    found: list[tuple[str, str]] = []
    ids = tuple(stores)
    for start in range(0, len(ids), _AT_ONCE):
        some = ids[start : start + _AT_ONCE]
        rows = await run(
            "SELECT t.store, t.part FROM standing t WHERE t.round = ?"
            f" AND t.store IN ({marks(len(some))})",
            *(round_id, *some),
        )
        found += [(stores[row["store"]], row["part"]) for row in rows]
    return found


def _together(sums: Mapping[str, Iterable[int]], items: Lost) -> dict[str, Pairs]:
    return {
        path: Pairs(
            **dict(zip(_SUMS, found, strict=True)),
            items={code: ItemPair(*pair) for code, pair in items[path].items() if any(pair)},
        )
        for path, found in sums.items()
    }


def _add(lost: dict[str, list[int]], part: str, side: int, sign: int = 1) -> None:
    # A standing that was never added up has no part yet.
    for item in _TALLY.decode(part).items if part else ():
        lost.setdefault(item.item, [0, 0])[side] += sign * item.lost
