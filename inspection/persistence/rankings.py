"""Ranked lists by index: no rank is stored, a place is one more than the number of better keys."""

from collections.abc import Iterable

import msgspec

from inspection.domain.points import Hundredths
from inspection.persistence.places import Scope
from inspection.persistence.statements import run


class RankingPlace(msgspec.Struct, frozen=True, array_like=True):
    """A place in a ranked list."""

    rank_key: int
    tie_key: int
    store_code: str


class RankedRow(msgspec.Struct, frozen=True, kw_only=True):
    """A ranked standing with its store. `sections` is JSON."""

    store_code: str
    store_name: str
    store_kind: str
    region_path: str
    branch_path: str
    rank_key: int
    tie_key: int
    previous_key: int | None
    previous_score: Hundredths | None
    score: Hundredths
    full: Hundredths
    lost: Hundredths
    vetoed: bool
    major_losses: int
    visits: int
    sections: str


class Standing(msgspec.Struct, frozen=True):
    """Where a key stands: among all, and among those that were ranked in the round before too."""

    place: int
    among_known: int


class RankedList(msgspec.Struct, frozen=True, kw_only=True):
    """Which list: the stores of one kind in a round, in a part of the tree."""

    round: str
    store_kind: str
    scope: Scope = Scope()


class Window(msgspec.Struct, frozen=True, kw_only=True):
    """The part of a list to show: from where, which way, how many."""

    after: RankingPlace | None
    best_first: bool
    limit: int


async def ranked_rows(ranking: RankedList, window: Window) -> tuple[RankedRow, ...]:
    """One page, read along the index."""
    where, values = ranking.scope.where_standing("t")
    sign, order = (">", "ASC") if window.best_first else ("<", "DESC")
    beyond = f" AND (t.rank_key, t.tie_key, t.store_code) {sign} (?, ?, ?)" if window.after else ""
    rows = await run(
        f"{_ROW} WHERE t.round = ? AND t.store_kind = ? AND t.rank_key IS NOT NULL{where}{beyond}"
        f" ORDER BY t.rank_key {order}, t.tie_key {order}, t.store_code {order} LIMIT ?",
        ranking.round,
        ranking.store_kind,
        *values,
        *(msgspec.structs.astuple(window.after) if window.after else ()),
        window.limit,
    )
    return msgspec.convert(rows, tuple[RankedRow, ...])


async def places_in(ranking: RankedList, keys: Iterable[int]) -> dict[int, Standing]:
    """The place of each key in the list, and in the same list of the stores the round before knew.
    Each row between the keys is counted once.
    """
    where, values = ranking.scope.where_standing("t")
    one = (
        "(SELECT count(*) FROM standing t WHERE t.round = ? AND t.store_kind = ?"
        f" AND t.rank_key >= k.column1 AND t.rank_key < k.column2{where}{{0}})"
    )
    steps = _steps(keys)
    if not steps:
        return {}
    rows = await run(
        f"SELECT k.column2 AS key, {one.format('')} AS better,"
        f" {one.format(' AND t.previous_key IS NULL')} AS newcomers"
        f" FROM (VALUES {_marked(steps)}) AS k ORDER BY k.column2",
        *(ranking.round, ranking.store_kind, *values) * 2,
        *(value for step in steps for value in step),
    )
    found: dict[int, Standing] = {}
    better = newcomers = 0
    for row in rows:
        better += int(row["better"])
        newcomers += int(row["newcomers"])
        found[int(row["key"])] = Standing(better + 1, better - newcomers + 1)
    return found


async def places_in_branches(
    ranking: RankedList, keys: Iterable[tuple[str, int]]
) -> dict[tuple[str, int], int]:
    """The place of each key in the branch it comes with."""
    steps = [
        (branch, low, high)
        for branch, mine in _by_branch(keys).items()
        for low, high in _steps(mine)
    ]
    if not steps:
        return {}
    values = ", ".join(["(?, CAST(? AS BIGINT), CAST(? AS BIGINT))"] * len(steps))
    rows = await run(
        "SELECT k.column1 AS branch, k.column3 AS key, (SELECT count(*) FROM standing t"
        " WHERE t.round = ? AND t.store_kind = ? AND t.branch_path = k.column1"
        " AND t.rank_key >= k.column2 AND t.rank_key < k.column3) AS better"
        f" FROM (VALUES {values}) AS k ORDER BY k.column1, k.column3",
        ranking.round,
        ranking.store_kind,
        *(value for step in steps for value in step),
    )
    found: dict[tuple[str, int], int] = {}
    before: dict[str, int] = {}
    for row in rows:
        before[row["branch"]] = before.get(row["branch"], 0) + int(row["better"])
        found[row["branch"], int(row["key"])] = before[row["branch"]] + 1
    return found


async def places_before(ranking: RankedList, keys: Iterable[int]) -> dict[int, int]:
    """The place each previous key had among the stores ranked in both rounds."""
    steps = _steps(keys)
    if not steps:
        return {}
    rows = await run(
        "SELECT k.column2 AS key, (SELECT count(*) FROM standing t WHERE t.round = ?"
        " AND t.store_kind = ? AND t.rank_key IS NOT NULL AND t.previous_key >= k.column1"
        " AND t.previous_key < k.column2) AS better"
        f" FROM (VALUES {_marked(steps)}) AS k ORDER BY k.column2",
        ranking.round,
        ranking.store_kind,
        *(value for step in steps for value in step),
    )
    found: dict[int, int] = {}
    better = 0
    for row in rows:
        better += int(row["better"])
        found[int(row["key"])] = better + 1
    return found


def _marked(steps: list[tuple[int, int]]) -> str:
    return ", ".join(["(CAST(? AS BIGINT), CAST(? AS BIGINT))"] * len(steps))


def _steps(keys: Iterable[int]) -> list[tuple[int, int]]:
    """From each key down to the next better one, so that nothing is counted twice."""
    ordered = sorted(set(keys))
    return list(zip([0, *ordered], ordered, strict=False))


def _by_branch(keys: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for branch, key in keys:
        found.setdefault(branch, []).append(key)
    return found


_ROW = (
    "SELECT t.store_code, s.name AS store_name, t.store_kind, t.region_path, t.branch_path,"
    ' t.rank_key, t.tie_key, t.previous_key, t.previous_score, t.score, t."full", t.lost,'
    " t.vetoed, t.major_losses, t.visits, t.sections FROM standing t JOIN store s ON s.id = t.store"
)
