"""Which stores a round expects: how many, and those that have no place, with the reason."""

import msgspec

from inspection.domain.points import Hundredths
from inspection.persistence.places import Scope
from inspection.persistence.rankings import RankedList
from inspection.persistence.round_places import JOIN, PLACE
from inspection.persistence.statements import marks, run


class Expected(msgspec.Struct, frozen=True):
    """Stores the round sends somebody to, and those whose visit waits for a decision."""

    stores: int
    in_review: int


class UnrankedRow(msgspec.Struct, frozen=True, kw_only=True):
    """A store of the round without a place. `why` is a reason of the standing, or the state of the
    assignment when nothing is published.
    """

    store: str
    store_code: str
    store_name: str
    store_kind: str
    region_path: str
    why: str
    visits: int = 0
    score: Hundredths | None = None


async def expected(ranking: RankedList, digests: tuple[str, ...]) -> Expected:
    """How many stores of the list's kind the round expects. Assignments pin a rubric version,
    which tells the kind without looking at every store.
    """
    here, in_tree = ranking.scope.where(PLACE), ranking.scope.where("g.path")
    kept = ranking.scope.where("p.region_path")
    one_of = f"IN ({marks(len(digests))})" if len(digests) > 1 else "= ?"
    wanted, kind = (ranking.round, *digests), ranking.store_kind
    stores = _IN_REGION if here[0] else _EVERYWHERE
    rows = await run(
        f"SELECT ({stores.format(one_of, in_tree[0], kept[0])}) AS stores,"
        f" ({_IN_REVIEW.format(here[0])}) AS in_review",
        *(
            (*wanted, kind, *in_tree[1], ranking.round, *wanted, ranking.round, kind, *kept[1])
            if here[0]
            else wanted
        ),
        *(ranking.round, kind, *here[1]),
    )
    return msgspec.convert(rows[0], Expected)


async def expected_by_county(
    round_id: str, digests: tuple[str, ...], scope: Scope
) -> dict[str, int]:
    """How many stores the round expects, by the path of the node right above them."""
    where, values = scope.where(PLACE)
    rows = await run(
        f"SELECT {PLACE} AS path, count(DISTINCT a.store) AS n FROM assignment a"
        f" JOIN store s ON s.id = a.store{_PLACED} WHERE a.round = ?"
        f" AND a.rubric_version IN ({marks(len(digests))}) AND a.state <> 'cancelled'{where}"
        f" GROUP BY {PLACE}",
        round_id,
        *digests,
        *values,
    )
    return {str(row["path"]): int(row["n"]) for row in rows}


async def unranked_rows(ranking: RankedList, limit: int) -> tuple[UnrankedRow, ...]:
    """Published stores without a place first, then those whose visit waits, then the rest."""
    of_standings, standing_values = ranking.scope.where_standing("t")
    of_stores, store_values = ranking.scope.where(PLACE)
    values: list[object] = [ranking.round, ranking.store_kind, *standing_values, limit]
    for state in _PENDING:
        values += (ranking.round, state, ranking.store_kind, *store_values, limit)
    parts = [_RESULT.format(of_standings), *(_NO_RESULT.format(of_stores) for _ in _PENDING)]
    numbered = (
        f"SELECT {number} AS part, p.* FROM ({part}) p" for number, part in enumerate(parts)
    )
    rows = await run(" UNION ALL ".join(numbered) + " ORDER BY part, store_code", *values)
    # A store may have several assignments of one round: it is listed once, where it comes first.
    found: dict[str, UnrankedRow] = {}
    for row in msgspec.convert(rows, tuple[UnrankedRow, ...]):
        found.setdefault(row.store, row)
    return tuple(found.values())[:limit]


_PLACED = JOIN.format("a.round")
_STORE = "s.code AS store_code, s.name AS store_name, s.kind AS store_kind"


_PENDING = ("submitted", "returned", "open")

_RESULT = (
    # Cut to the rows that are shown before their stores are looked at.
    f"SELECT e.store, {_STORE}, e.region_path, e.unranked_why AS why, e.visits, e.score"
    " FROM (SELECT t.* FROM standing t WHERE t.round = ? AND t.store_kind = ?"
    " AND t.rank_key IS NULL AND t.visits > 0{0} ORDER BY t.store_code LIMIT ?) e"
    " JOIN store s ON s.id = e.store"
)
_NO_RESULT = (
    f"SELECT a.store, {_STORE}, {PLACE} AS region_path, a.state AS why, 0 AS visits,"
    f" CAST(NULL AS BIGINT) AS score FROM assignment a JOIN store s ON s.id = a.store{_PLACED}"
    " LEFT JOIN standing t ON t.round = a.round AND t.store = a.store AND t.visits > 0"
    " WHERE a.round = ? AND a.state = ? AND s.kind = ? AND t.id IS NULL{0}"
    " ORDER BY a.store LIMIT ?"
)

_WANTED = "a.round = ? AND a.rubric_version {0} AND a.state <> 'cancelled'"
_EVERYWHERE = f"SELECT count(*) FROM (SELECT DISTINCT a.store FROM assignment a WHERE {_WANTED}) e"
_IS_WANTED = f"EXISTS (SELECT 1 FROM assignment a WHERE {_WANTED} AND a.store = s.id)"
# From the region's few stores to their assignments, not the other way round; then those the round
# still counts there, and not those it counts elsewhere.
_IN_REGION = (
    f"SELECT (SELECT count(*) FROM store s WHERE {_IS_WANTED} AND s.kind = ?"
    " AND s.region_path IN (SELECT g.path FROM region g WHERE TRUE{1})"
    " AND NOT EXISTS (SELECT 1 FROM round_place p WHERE p.round = ? AND p.store = s.id))"
    f" + (SELECT count(*) FROM round_place p JOIN store s ON s.id = p.store WHERE {_IS_WANTED}"
    " AND p.round = ? AND s.kind = ?{2})"
)
_IN_REVIEW = (
    f"SELECT count(DISTINCT a.store) FROM assignment a JOIN store s ON s.id = a.store{_PLACED}"
    " WHERE a.round = ? AND a.state = 'submitted' AND s.kind = ?{0}"
)
