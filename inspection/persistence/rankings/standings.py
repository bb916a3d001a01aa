"""Standings: what a store's published visits in a round add up to, one row per store and round."""

from datetime import datetime

import msgspec

from inspection.domain.org.region_path import branch_of
from inspection.domain.points import Hundredths
from inspection.domain.rankings.standing import Figures, PublishedResult, SectionResult
from inspection.persistence.counted_visits import IN_COUNT
from inspection.persistence.locking import for_update_clause
from inspection.persistence.rounds.round_places import JOIN, PLACE
from inspection.persistence.statements import marks, run


class StandingOf(msgspec.Struct, frozen=True, kw_only=True):
    """Whose standing: the store in the round, and the round's rules."""

    round: str
    store: str
    store_kind: str
    store_code: str
    region_path: str
    min_visits: int
    previous: str | None
    pilot: bool
    pass_line: int | None


class Before(msgspec.Struct, frozen=True):
    """A store's result in another round; both None when it has none there."""

    rank_key: int | None = None
    score: int | None = None


class Follower(msgspec.Struct, frozen=True, kw_only=True):
    """A standing of the same store in a round that is compared with this one."""

    id: int
    score: int | None
    tie_key: int


class _Card(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    total: int
    ordering: int
    lost: int
    vetoed: bool
    rankable: bool


class _Section(msgspec.Struct, frozen=True, kw_only=True):
    visit: str
    section: str
    full: int
    lost: int
    score: int | None


async def lock_standing(round_id: str, store: str, at: datetime) -> StandingOf:
    """Hold the row of this store in this round until the transaction ends, made if need be: two
    visits of one store published at once must both be in the mean.
    """
    rows = await run(
        "SELECT r.id AS round, s.id AS store, s.kind AS store_kind, s.code AS store_code,"
        f" {PLACE} AS region_path, r.min_visits, r.previous, r.pilot, r.pass_line"
        f" FROM round r CROSS JOIN store s{JOIN.format('r.id')} WHERE r.id = ? AND s.id = ?",
        round_id,
        store,
    )
    found = msgspec.convert(rows[0], StandingOf, strict=False)
    await _add_missing(found, at)
    await run(
        "SELECT id FROM standing WHERE round = ? AND store = ?" + for_update_clause(),
        round_id,
        store,
    )
    return found


async def _add_missing(found: StandingOf, at: datetime) -> None:
    await run(
        "INSERT INTO standing (round, store, store_kind, region_path, branch_path, store_code,"
        ' visits, score_sum, score, rank_key, tie_key, previous_key, previous_score, "full", lost,'
        " vetoed, major_losses, unranked_why, sections, updated_at)"
        " VALUES (?, ?, ?, ?, ?, ?, 0, 0, NULL, NULL, 0, NULL, NULL, 0, 0, FALSE, 0, '', '[]', ?)"
        " ON CONFLICT (round, store) DO NOTHING",
        found.round,
        found.store,
        found.store_kind,
        found.region_path,
        branch_of(found.region_path),
        found.store_code,
        at,
    )


async def published_results(round_id: str, store: str) -> tuple[PublishedResult, ...]:
    """Every published visit of a store in a round, in the order they were published."""
    rows = await run(
        "SELECT id, total, coalesce(ordering, total) AS ordering, lost,"
        " (outcome = 'vetoed') AS vetoed, rankable FROM visit"
        f" WHERE round = ? AND store = ? AND {IN_COUNT}"
        " AND total IS NOT NULL ORDER BY published_at, id",
        round_id,
        store,
    )
    cards = msgspec.convert(rows, tuple[_Card, ...], strict=False)
    if not cards:
        return ()
    visits = tuple(card.id for card in cards)
    sections, major = await _sections_of(visits), await _major_losses(visits)
    return tuple(_result(card, sections.get(card.id, ()), major.get(card.id, 0)) for card in cards)


async def result_of(round_id: str | None, store: str) -> Before:
    """The store's place key and score in a round."""
    rows = await run(
        "SELECT rank_key, score FROM standing WHERE round = ? AND store = ?", round_id, store
    )
    return msgspec.convert(rows[0], Before) if rows else Before()


async def previous_score(round_id: str, store: str) -> Hundredths | None:
    """What the store had in the round before this one."""
    rows = await run(
        "SELECT previous_score FROM standing WHERE round = ? AND store = ?", round_id, store
    )
    return None if not rows else rows[0]["previous_score"]


async def write_standing(
    of: StandingOf, found: Figures, before: Before, tie_key: int, at: datetime
) -> None:
    """Keep the figures in the row that `lock_standing` holds."""
    await run(
        "UPDATE standing SET visits = ?, score_sum = ?, score = ?, rank_key = ?, tie_key = ?,"
        ' previous_key = ?, previous_score = ?, "full" = ?, lost = ?, vetoed = ?,'
        " major_losses = ?, unranked_why = ?, sections = ?, updated_at = ?"
        " WHERE round = ? AND store = ?",
        found.visits,
        found.score_sum,
        found.shown_score,
        found.rank_key,
        tie_key,
        before.rank_key,
        before.score,
        found.full,
        found.lost,
        found.vetoed,
        found.major_losses,
        found.unranked_why,
        msgspec.json.encode(found.sections).decode(),
        at,
        of.round,
        of.store,
    )


async def lock_followers(round_id: str, store: str) -> tuple[Follower, ...]:
    """The same store's standings in rounds that look back on this one, held for a rewrite."""
    rows = await run(
        "SELECT id, score, tie_key FROM standing WHERE store = ? AND round IN"
        " (SELECT id FROM round WHERE previous = ?) ORDER BY id" + for_update_clause(),
        store,
        round_id,
    )
    return msgspec.convert(rows, tuple[Follower, ...])


async def write_follower(follower: Follower, before: Before, tie_key: int) -> None:
    """Tell a later standing what it is compared with now."""
    await run(
        "UPDATE standing SET previous_key = ?, previous_score = ?, tie_key = ? WHERE id = ?",
        before.rank_key,
        before.score,
        tie_key,
        follower.id,
    )


async def _sections_of(visits: tuple[str, ...]) -> dict[str, tuple[SectionResult, ...]]:
    rows = await run(
        'SELECT visit, section, "full", lost, score FROM visit_section'
        f" WHERE visit IN ({marks(len(visits))}) ORDER BY visit, position, id",
        *visits,
    )
    found: dict[str, list[SectionResult]] = {}
    for row in msgspec.convert(rows, tuple[_Section, ...]):
        scored = row.score is not None
        found.setdefault(row.visit, []).append(
            SectionResult(
                row.section,
                Hundredths(row.full),
                Hundredths(row.lost) if scored else None,
                None if row.score is None else Hundredths(row.score),
            )
        )
    return {visit: tuple(sections) for visit, sections in found.items()}


async def _major_losses(visits: tuple[str, ...]) -> dict[str, int]:
    rows = await run(
        f"SELECT visit, count(*) AS n FROM visit_answer WHERE visit IN ({marks(len(visits))})"
        " AND lost > 0 AND severity <> 'general' GROUP BY visit",
        *visits,
    )
    return {str(row["visit"]): int(row["n"]) for row in rows}


def _result(card: _Card, sections: tuple[SectionResult, ...], major: int) -> PublishedResult:
    return PublishedResult(
        total=Hundredths(card.total),
        ordering=Hundredths(card.ordering),
        lost=Hundredths(card.lost),
        full=Hundredths(sum(section.full for section in sections)),
        vetoed=card.vetoed,
        rankable=card.rankable,
        major_losses=major,
        sections=sections,
    )
