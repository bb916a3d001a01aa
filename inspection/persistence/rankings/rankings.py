"""Ranked lists by index: no rank is stored, a place is one more than the number of better keys."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import msgspec

from inspection.domain.notices.notice_state import OPEN_STATES
from inspection.domain.points import Hundredths
from inspection.persistence.notices.notice_lists import late_line
from inspection.persistence.people.places import Scope
from inspection.persistence.statements import marks, run


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


class RankedKey(msgspec.Struct, frozen=True, kw_only=True):
    """A ranked standing, as far as choosing among them needs it."""

    store: str
    store_code: str
    rank_key: int
    tie_key: int
    previous_key: int | None

    @property
    def place(self) -> RankingPlace:
        """Its place in the list."""
        return RankingPlace(self.rank_key, self.tie_key, self.store_code)


class RankedList(msgspec.Struct, frozen=True, kw_only=True):
    """Which list: the stores of one kind in a round, maybe of one ownership, in a part of the
    tree.
    """

    round: str
    store_kind: str
    scope: Scope = Scope()
    ownership: str = ""

    def narrowed(self) -> tuple[str, tuple[str, ...]]:
        """What narrows the standings `t` of the round and kind; begins with AND, or is empty."""
        where, values = self.scope.where_standing()
        if not self.ownership:
            return where, values
        return f"{where} AND t.ownership = ?", (*values, self.ownership)

    def where(self) -> tuple[str, tuple[str, ...]]:
        """The whole condition on a standing `t`."""
        narrowed, values = self.narrowed()
        kind = (self.round, self.store_kind)
        return f"t.round = ? AND t.store_kind = ?{narrowed}", (*kind, *values)


class Window(msgspec.Struct, frozen=True, kw_only=True):
    """The part of a list to show: from where, which way, how many."""

    after: RankingPlace | None
    best_first: bool
    limit: int


async def ranked_rows(ranking: RankedList, window: Window) -> tuple[RankedRow, ...]:
    """One page, read along the index."""
    where, values = ranking.narrowed()
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


async def ranked_keys(ranking: RankedList) -> tuple[RankedKey, ...]:
    """Everybody in the list, the best first."""
    where, values = ranking.narrowed()
    rows = await run(
        "SELECT t.store, t.store_code, t.rank_key, t.tie_key, t.previous_key FROM standing t"
        f" WHERE t.round = ? AND t.store_kind = ? AND t.rank_key IS NOT NULL{where}"
        " ORDER BY t.rank_key, t.tie_key, t.store_code",
        *(ranking.round, ranking.store_kind, *values),
    )
    return msgspec.convert(rows, tuple[RankedKey, ...])


async def rows_of(ranking: RankedList, stores: Sequence[str]) -> tuple[RankedRow, ...]:
    """The rows of these stores, the best first."""
    if not stores:
        return ()
    rows = await run(
        f"{_ROW} WHERE t.round = ? AND t.store IN ({marks(len(stores))})"
        " ORDER BY t.rank_key, t.tie_key, t.store_code",
        ranking.round,
        *stores,
    )
    return msgspec.convert(rows, tuple[RankedRow, ...])


async def late_stores(
    ranking: RankedList, now: datetime, in_time: tuple[str, ...]
) -> frozenset[str]:
    """The stores of the kind with a notice of the round past its deadline, wherever they are;
    pauses gave the lines `in_time` more of it.
    """
    late, values = late_line(now, in_time)
    rows = await run(
        "SELECT DISTINCT n.store FROM notice n WHERE n.round = ? AND n.store_kind = ?"
        f" AND n.state IN ({marks(len(OPEN_STATES))}) AND n.first_due_at < ? AND {late}",
        *(ranking.round, ranking.store_kind, *(state.value for state in OPEN_STATES), now, *values),
    )
    return frozenset(str(row["store"]) for row in rows)


async def places_in(ranking: RankedList, keys: Iterable[int]) -> dict[int, int]:
    """The place of each key in the list. Each row between the keys is counted once."""
    where, values = ranking.narrowed()
    steps = _steps(keys)
    if not steps:
        return {}
    rows = await run(
        "SELECT k.column2 AS key, (SELECT count(*) FROM standing t WHERE t.round = ?"
        " AND t.store_kind = ? AND t.rank_key >= k.column1 AND t.rank_key < k.column2"
        f"{where}) AS better FROM (VALUES {_marked(steps)}) AS k ORDER BY k.column2",
        *(ranking.round, ranking.store_kind, *values),
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


_ROW = (
    "SELECT t.store_code, s.name AS store_name, t.store_kind, t.region_path, t.branch_path,"
    ' t.rank_key, t.tie_key, t.previous_key, t.previous_score, t.score, t."full", t.lost,'
    " t.vetoed, t.major_losses, t.visits, t.sections FROM standing t JOIN store s ON s.id = t.store"
)
