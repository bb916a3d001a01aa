"""Which stores have a result in both of two rounds, and which only in one."""

from collections.abc import Mapping

import msgspec

from inspection.persistence.packing import numbers, packed, texts
from inspection.persistence.rankings.ranking_facts import Stores
from inspection.persistence.statements import run


class Paired(msgspec.Struct, frozen=True, kw_only=True):
    """`sums` of the pairs by county: stores, scores and visits. What the items of each side cost is
    what its counties come to, where `whole`, less the stores `without`, and those `beside` too:
    each with the county of the visited round it is or is not to be counted in.
    """

    of: Stores
    sums: Mapping[str, tuple[int, ...]]
    whole: tuple[bool, bool]
    without: tuple[Mapping[str, str], Mapping[str, str]]
    beside: tuple[Mapping[str, str], Mapping[str, str]]


class _Results(msgspec.Struct, frozen=True):
    """The results of a round, by store; `counties` are those of the kind and ownership asked for,
    and `same` the county of each of these.
    """

    scores: dict[str, int]
    visits: dict[str, int]
    counties: dict[str, list[str]]
    same: dict[str, str]


async def paired_stores(own: str, seen: Stores) -> Paired:
    """The stores of the visited round `seen` that have a result in the round `own` too."""
    mine, theirs = await _results(own, seen), await _results(seen.round, seen)
    pairs = {
        path: both
        for path, stores in theirs.counties.items()
        if (both := [store for store in stores if store in mine.scores])
    }
    counted = {store: path for path, stores in pairs.items() for store in stores}
    own_side, seen_side = _side(mine, counted), _side(theirs, counted)
    return Paired(
        of=seen,
        sums={path: _sums(mine, theirs, stores) for path, stores in pairs.items()},
        whole=(own_side[0], seen_side[0]),
        without=(own_side[1], seen_side[1]),
        beside=(own_side[2], seen_side[2]),
    )


def _side(
    results: _Results, counted: dict[str, str]
) -> tuple[bool, Mapping[str, str], Mapping[str, str]]:
    here = results.same
    # What its counties have that is no pair, or is one of another county.
    without = {store: path for store, path in here.items() if counted.get(store) != path}
    beside = {store: path for store, path in counted.items() if here.get(store) != path}
    if len(without) + len(beside) > len(counted):
        return False, {}, counted
    return True, without, beside


def _sums(mine: _Results, theirs: _Results, stores: list[str]) -> tuple[int, ...]:
    return (
        len(stores),
        sum(map(mine.scores.__getitem__, stores)),
        sum(map(theirs.scores.__getitem__, stores)),
        sum(map(mine.visits.__getitem__, stores)),
        sum(map(theirs.visits.__getitem__, stores)),
    )


async def _results(round_id: str, of: Stores) -> _Results:
    rows = await run(
        f"SELECT t.region_path AS path, t.store_kind, t.ownership, {packed('t.store')} AS stores,"
        f" {packed('t.score')} AS scores, {packed('t.visits')} AS visits FROM standing t"
        " WHERE t.round = ? AND t.visits > 0 GROUP BY t.region_path, t.store_kind, t.ownership",
        round_id,
    )
    found = _Results({}, {}, {}, {})
    for row in rows:
        path, stores = str(row["path"]), texts(row["stores"])
        found.scores.update(zip(stores, numbers(row["scores"]), strict=True))
        found.visits.update(zip(stores, numbers(row["visits"]), strict=True))
        if row["store_kind"] == of.kind and of.ownership in ("", row["ownership"]):
            found.counties.setdefault(path, []).extend(stores)
            found.same.update(dict.fromkeys(stores, path))
    return found
