"""One store through its rounds, with the place it took in each."""

import msgspec

from inspection.domain.points import Hundredths
from inspection.persistence.people.places import Scope
from inspection.persistence.statements import run


class StoreRoundRow(msgspec.Struct, frozen=True, kw_only=True):
    """A standing with its round. The places mean nothing while `rank_key` is None."""

    round: str
    round_code: str
    round_zh: str
    round_en: str
    round_state: str
    visit_kind: str
    previous: str | None
    rank_key: int | None
    previous_score: Hundredths | None
    score: Hundredths
    full: Hundredths
    lost: Hundredths
    vetoed: bool
    unranked_why: str
    visits: int
    min_visits: int
    sections: str
    part: str
    place: int
    branch_place: int
    ranked: int


class StoreNoticeLine(msgspec.Struct, frozen=True, kw_only=True):
    """A notice of the store in a list."""

    notice: str
    number: str | None
    state: str
    lines: int
    lost: Hundredths


async def rounds_of_store(store: str, scope: Scope, most: int) -> tuple[StoreRoundRow, ...]:
    """The latest rounds the store has a result in within that part of the tree, latest first."""
    where, values = scope.where("t.region_path")
    rows = await run(_ROUNDS.format(where), store, *values, most)
    return msgspec.convert(rows, tuple[StoreRoundRow, ...])


async def notices_about(store: str, scope: Scope) -> tuple[StoreNoticeLine, ...]:
    """Every notice of the store within that part of the tree, drafts included, latest first."""
    where, values = scope.where("n.region_path")
    rows = await run(
        "SELECT n.id AS notice, n.number, n.state, count(l.id) AS lines,"
        " CAST(coalesce(sum(l.lost), 0) AS BIGINT) AS lost FROM notice n"
        f" LEFT JOIN notice_line l ON l.notice = n.id WHERE n.store = ?{where}"
        " GROUP BY n.id, n.number, n.state, n.drafted_at ORDER BY n.drafted_at DESC, n.id",
        store,
        *values,
    )
    return msgspec.convert(rows, tuple[StoreNoticeLine, ...])


_BETTER = (
    "(SELECT count(*) + 1 FROM standing b WHERE b.round = t.round"
    " AND b.store_kind = t.store_kind AND b.rank_key < t.rank_key{0})"
)

_ROUNDS = (
    "SELECT t.round, r.code AS round_code, r.name_zh AS round_zh, r.name_en AS round_en,"
    " r.state AS round_state, r.visit_kind, r.min_visits, r.previous, t.rank_key,"
    ' t.previous_score, t.score, t."full", t.lost, t.vetoed, t.unranked_why, t.visits, t.sections,'
    " t.part,"
    f" {_BETTER.format('')} AS place,"
    f" {_BETTER.format(' AND b.branch_path = t.branch_path')} AS branch_place,"
    " (SELECT count(*) FROM standing b WHERE b.round = t.round"
    " AND b.store_kind = t.store_kind AND b.rank_key IS NOT NULL) AS ranked"
    " FROM standing t JOIN round r ON r.id = t.round"
    " WHERE t.store = ? AND t.visits > 0{0} ORDER BY r.starts_on DESC, r.code DESC LIMIT ?"
)
