"""Re-scores: what was asked, how far it is, what was decided."""

from datetime import datetime

import msgspec

from inspection.domain.points import Hundredths
from inspection.domain.rescores.rescore_run import RescoreState
from inspection.domain.rounds.round import RoundState
from inspection.persistence.locking import for_share_clause, for_update_clause
from inspection.persistence.people.places import Scope
from inspection.persistence.statements import insertion, run


class NewRescore(msgspec.Struct, frozen=True, kw_only=True):
    """A re-score to be tried."""

    id: str
    round: str
    store_kind: str
    from_version: str
    to_version: str
    region_path: str
    state: str
    job: str
    steps: int
    asked_by: str
    asked_at: datetime


class RescoreFound(msgspec.Struct, frozen=True, kw_only=True):
    """A re-score with the round, the versions and the people it names."""

    id: str
    round: str
    round_code: str
    round_zh: str
    round_en: str
    round_state: str
    round_path: str
    visit_kind: str
    min_visits: int
    pilot: bool
    store_kind: str
    from_version: str
    from_number: int
    to_version: str
    to_number: int
    rubric_code: str
    rubric_zh: str
    rubric_en: str
    region_path: str
    state: RescoreState
    job: str
    marker: str
    steps: int
    done: int
    cards: int
    changed: int
    stuck: int
    moved: int
    mean: Hundredths | None
    digest: str
    reason: str
    asked_by: str
    asked_name: str
    asked_at: datetime
    shown_at: datetime | None
    confirmed_by: str | None
    confirmed_name: str | None
    confirmed_at: datetime | None
    ended_name: str | None
    ended_at: datetime | None


class VersionUse(msgspec.Struct, frozen=True, kw_only=True):
    """A rubric version some visits of a round are scored by, and how many."""

    digest: str
    code: str
    number: int
    title_zh: str
    title_en: str
    store_kind: str
    visits: int


async def add_rescore(row: NewRescore) -> None:
    """Keep what was asked."""
    await run(insertion("rescore", NewRescore), *msgspec.structs.astuple(row))


async def find_rescore(rescore: str) -> RescoreFound | None:
    """The re-score as it stands."""
    rows = await run(f"{SELECT} WHERE e.id = ?", rescore)
    return msgspec.convert(rows[0], RescoreFound, strict=False) if rows else None


async def lock_rescore(rescore: str) -> RescoreFound | None:
    """The same, kept from changing until the transaction ends."""
    await run("SELECT id FROM rescore WHERE id = ?" + for_update_clause(), rescore)
    return await find_rescore(rescore)


async def change_rescore(rescore: str, **columns: object) -> None:
    """Write these columns of a re-score."""
    assigned = ", ".join(f"{name} = ?" for name in columns)
    await run(f"UPDATE rescore SET {assigned} WHERE id = ?", *columns.values(), rescore)


async def being_written(round_id: str) -> str | None:
    """A re-score of the round that was confirmed and is not over."""
    rows = await run(
        "SELECT id FROM rescore WHERE round = ? AND state IN ('confirmed', 'writing') LIMIT 1",
        round_id,
    )
    return str(rows[0]["id"]) if rows else None


async def versions_used(round_id: str, scope: Scope) -> tuple[VersionUse, ...]:
    """The versions the visits of a round there are scored by."""
    where, values = scope.where("v.region_path")
    rows = await run(
        "SELECT rv.digest, rv.code, rv.number, rv.title_zh, rv.title_en, rv.store_kind,"
        " count(*) AS visits FROM visit v JOIN rubric_version rv ON rv.digest = v.rubric_version"
        f" WHERE v.round = ? AND v.state IN ('submitted', 'approved', 'published'){where}"
        " GROUP BY rv.digest, rv.code, rv.number, rv.title_zh, rv.title_en, rv.store_kind"
        " ORDER BY rv.store_kind, rv.code, rv.number",
        round_id,
        *values,
    )
    return msgspec.convert(rows, tuple[VersionUse, ...])


async def hold_round(round_id: str, *, alone: bool = False) -> RoundState:
    """The state of a round, which stays as it is until the transaction ends. `alone` also holds
    off others that hold it so.
    """
    clause = for_update_clause() if alone else for_share_clause()
    rows = await run("SELECT state FROM round WHERE id = ?" + clause, round_id)
    return RoundState(rows[0]["state"])


async def repin_round(round_id: str, store_kind: str, before: str, after: str) -> bool:
    """Let a round plan by another version what it planned by this one. False when it did not."""
    rows = await run(
        "UPDATE round_rubric SET rubric_version = ?"
        " WHERE round = ? AND store_kind = ? AND rubric_version = ? RETURNING id",
        after,
        round_id,
        store_kind,
        before,
    )
    return bool(rows)


SELECT = (
    "SELECT e.id, e.round, r.code AS round_code, r.name_zh AS round_zh, r.name_en AS round_en,"
    " r.state AS round_state, r.region_path AS round_path,"
    " r.visit_kind, r.min_visits, r.pilot, e.store_kind, e.from_version,"
    " f.number AS from_number, e.to_version, t.number AS to_number, t.code AS rubric_code,"
    " t.title_zh AS rubric_zh, t.title_en AS rubric_en, e.region_path, e.state, e.job, e.marker,"
    " e.steps, e.done, e.cards, e.changed, e.stuck, e.moved, e.mean, e.digest, e.reason,"
    " e.asked_by, a.name AS asked_name, e.asked_at, e.shown_at, e.confirmed_by,"
    " c.name AS confirmed_name, e.confirmed_at, x.name AS ended_name, e.ended_at"
    " FROM rescore e JOIN round r ON r.id = e.round"
    " JOIN rubric_version f ON f.digest = e.from_version"
    " JOIN rubric_version t ON t.digest = e.to_version JOIN account a ON a.id = e.asked_by"
    " LEFT JOIN account c ON c.id = e.confirmed_by LEFT JOIN account x ON x.id = e.ended_by"
)
