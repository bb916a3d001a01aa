"""Which stores of a round have no place, with the reason."""

from collections.abc import Sequence

import msgspec

from inspection.domain.points import Hundredths
from inspection.persistence.rankings.assigned_stores import PENDING
from inspection.persistence.rankings.rankings import RankedList
from inspection.persistence.rounds.round_places import JOIN, PLACE
from inspection.persistence.statements import run


class UnrankedRow(msgspec.Struct, frozen=True, kw_only=True):
    """A store of the round without a place. `why` is a reason of the standing, or the state of the
    assignment when nothing is published, or that of its visit where one waits to be.
    """

    store: str
    store_code: str
    store_name: str
    store_kind: str
    region_path: str
    why: str
    visits: int = 0
    score: Hundredths | None = None


async def unranked_rows(
    ranking: RankedList, limit: int, states: Sequence[str] = PENDING
) -> tuple[UnrankedRow, ...]:
    """Published stores without a place first, then those whose visit waits to be published or
    looked at, then the rest; of assignments only those in these states.
    """
    of_standings, standing_values = ranking.narrowed()
    of_stores, store_values = ranking.scope.where(PLACE)
    if ranking.ownership:
        of_stores, store_values = (
            f"{of_stores} AND s.ownership = ?",
            (*store_values, ranking.ownership),
        )
    kind, round_ = ranking.store_kind, ranking.round
    parts = [(_RESULT.format(of_standings), (round_, kind, *standing_values, limit))]
    parts += [(_HELD.format(of_stores), (round_, kind, *store_values, limit))]
    parts += [
        (_NO_RESULT.format(of_stores), (round_, state, kind, *store_values, limit))
        for state in states
    ]
    found: dict[str, UnrankedRow] = {}
    # One after the other: mostly the first tell enough, and all in one are costly to plan.
    for part, values in parts:
        if len(found) < limit:
            rows = await run(f"SELECT p.* FROM ({part}) p ORDER BY p.store_code", *values)
            for row in msgspec.convert(rows, tuple[UnrankedRow, ...]):
                # A store with several assignments of one round is listed where it comes first.
                found.setdefault(row.store, row)
    return tuple(found.values())[:limit]


_PLACED = JOIN.format("a.round")
_STORE = "s.code AS store_code, s.name AS store_name, s.kind AS store_kind"

_RESULT = (
    # Cut to the rows that are shown before their stores are looked at.
    f"SELECT e.store, {_STORE}, e.region_path, e.unranked_why AS why, e.visits, e.score"
    " FROM (SELECT t.* FROM standing t WHERE t.round = ? AND t.store_kind = ?"
    " AND t.rank_key IS NULL AND t.visits > 0{0} ORDER BY t.store_code LIMIT ?) e"
    " JOIN store s ON s.id = e.store"
)
_HELD = (
    # Along the index of those that wait, of which a store may have several.
    f"SELECT v.store, {_STORE}, {PLACE} AS region_path, v.state AS why, 0 AS visits,"
    " CAST(NULL AS BIGINT) AS score FROM visit v JOIN store s ON s.id = v.store"
    f"{JOIN.format('v.round')} WHERE v.state = 'approved' AND v.round = ? AND s.kind = ?{{0}}"
    " AND (SELECT count(*) FROM standing t"
    " WHERE t.round = v.round AND t.store = v.store AND t.visits > 0) = 0"
    " ORDER BY v.received_at, v.id LIMIT ?"
)
_NO_RESULT = (
    f"SELECT a.store, {_STORE}, {PLACE} AS region_path, a.state AS why, 0 AS visits,"
    f" CAST(NULL AS BIGINT) AS score FROM assignment a JOIN store s ON s.id = a.store{_PLACED}"
    # A number, not a join: a planner that expects few rows reads all standings to join them.
    " WHERE a.round = ? AND a.state = ? AND s.kind = ?{0} AND (SELECT count(*) FROM standing t"
    " WHERE t.round = a.round AND t.store = a.store AND t.visits > 0) = 0"
    " ORDER BY a.store LIMIT ?"
)
