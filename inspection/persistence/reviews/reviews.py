"""Visits as reviewers see them, and what a decision writes."""

from datetime import datetime

import msgspec

from inspection.domain.points import Hundredths
from inspection.domain.releases.release import ReleaseRule, ReleaseTerms
from inspection.domain.reviews.review import Decision
from inspection.domain.rounds.assignment import AssignmentState
from inspection.domain.rounds.round import RoundState
from inspection.domain.visits.visit import VisitState
from inspection.persistence.counted_visits import IN_COUNT
from inspection.persistence.locking import for_share_clause, for_update_clause
from inspection.persistence.statements import insertion, marks, run


class ReviewedVisit(msgspec.Struct, frozen=True, kw_only=True):
    """A visit with everything a decision and its page depend on."""

    visit: str
    assignment: str
    assignment_state: AssignmentState
    round: str
    store: str
    inspector: str
    pseudonym: str
    rubric_version: str
    rubric_number: int
    region_path: str
    attempt: int
    content_hash: str
    state: VisitState
    complete: bool
    missing_photos: int
    total: int | None
    flags: str
    started_at: datetime | None
    ended_at: datetime | None
    sent_at: datetime | None
    received_at: datetime
    clock_offset_ms: int
    store_code: str
    store_name: str
    store_kind: str
    latitude_e6: int | None
    longitude_e6: int | None
    round_code: str
    round_zh: str
    round_en: str
    round_state: RoundState
    visit_kind: str
    disclose_day: bool
    questions: int
    pilot: bool
    release_rule: ReleaseRule
    release_day: int
    reviewed_by: str | None
    reviewed_at: datetime | None

    @property
    def terms(self) -> ReleaseTerms:
        """When its round lets it reach its store."""
        return ReleaseTerms(
            kind=self.visit_kind,
            disclose_day=self.disclose_day,
            rule=self.release_rule,
            day=self.release_day,
        )

    @property
    def visited_at(self) -> datetime:
        """When it was made; a phone whose clock runs ahead was not there later than it said so."""
        return min(self.started_at or self.received_at, self.received_at)


class ReviewRow(msgspec.Struct, frozen=True, kw_only=True):
    """A decision to keep; for a return what the inspector is told and until when it is due."""

    id: str
    visit: str
    attempt: int
    reviewer: str
    decision: Decision
    reason: str
    decided_at: datetime
    told: str = ""
    due_at: datetime | None = None


class DecidedRow(msgspec.Struct, frozen=True, kw_only=True):
    """A decision made earlier, with the reviewer's name."""

    attempt: int
    decision: Decision
    reason: str
    reviewer: str
    reviewer_name: str
    decided_at: datetime
    due_at: datetime | None


class EarlierRow(msgspec.Struct, frozen=True, kw_only=True):
    """An item lost in an earlier published visit to the same store."""

    round_code: str
    round_zh: str
    round_en: str
    round_state: str
    visit_kind: str
    item: str
    lost: Hundredths


async def find_visit(visit: str) -> ReviewedVisit | None:
    """The visit as it stands."""
    rows = await run(_VISIT, visit)
    return msgspec.convert(rows[0], ReviewedVisit) if rows else None


async def lock_visit(visit: str) -> ReviewedVisit | None:
    """The visit; it, its assignment and its round stay as they are until the transaction ends."""
    # Whoever locks a round holds it and then goes through its visits: the same order here, so that
    # nothing is published into a round that is being locked and neither waits for the other.
    await run(
        "SELECT id FROM round WHERE id = (SELECT round FROM visit WHERE id = ?)"
        + for_share_clause(),
        visit,
    )
    # Its assignment moves with it and must not be taken meanwhile either.
    await run(
        "SELECT v.id FROM visit v JOIN assignment a ON a.id = v.assignment WHERE v.id = ?"
        + for_update_clause(),
        visit,
    )
    return await find_visit(visit)


async def add_review(row: ReviewRow) -> None:
    """Keep a decision."""
    await run(_ADD_REVIEW, *msgspec.structs.astuple(row))


async def settle_visit(visit: str, state: VisitState, reviewer: str, at: datetime) -> None:
    """Write what a decision made of the visit."""
    await run(
        "UPDATE visit SET state = ?, reviewed_by = ?, reviewed_at = ? WHERE id = ?",
        state.value,
        reviewer,
        at,
        visit,
    )


async def decisions_on(visit: str) -> tuple[DecidedRow, ...]:
    """Every decision about a visit, oldest first."""
    rows = await run(
        "SELECT w.attempt, w.decision, w.reason, w.reviewer, a.name AS reviewer_name,"
        " w.decided_at, w.due_at FROM review w JOIN account a ON a.id = w.reviewer"
        " WHERE w.visit = ? ORDER BY w.decided_at, w.id",
        visit,
    )
    return msgspec.convert(rows, tuple[DecidedRow, ...])


async def earlier_losses(visit: ReviewedVisit, rounds: int) -> tuple[EarlierRow, ...]:
    """What the store lost in its last published rounds before this one, latest first."""
    rows = await run(
        "WITH before AS (SELECT v.id, r.code, r.name_zh, r.name_en, r.state, r.visit_kind,"
        " dense_rank() OVER (ORDER BY r.starts_on DESC, r.code DESC) AS age"
        " FROM visit v JOIN round r ON r.id = v.round WHERE v.store = ? AND v.round <> ?"
        f" AND v.{IN_COUNT}"
        " AND r.starts_on < (SELECT starts_on FROM round WHERE id = ?))"
        " SELECT b.code AS round_code, b.name_zh AS round_zh, b.name_en AS round_en,"
        " b.state AS round_state, b.visit_kind, va.item, max(va.lost) AS lost"
        " FROM before b JOIN visit_answer va ON va.visit = b.id AND va.lost > 0 WHERE b.age <= ?"
        " GROUP BY b.age, b.code, b.name_zh, b.name_en, b.state, b.visit_kind, va.item"
        " ORDER BY b.age, va.item",
        visit.store,
        visit.round,
        visit.round,
        rounds,
    )
    return msgspec.convert(rows, tuple[EarlierRow, ...])


async def people(accounts: frozenset[str]) -> dict[str, str]:
    """How people are named to reviewers: inspectors by pseudonym, everybody else by name."""
    if not accounts:
        return {}
    rows = await run(
        "SELECT id, CASE WHEN role = 'inspector' THEN pseudonym ELSE name END AS shown"
        f" FROM account WHERE id IN ({marks(len(accounts))})",
        *sorted(accounts),
    )
    return {str(row["id"]): str(row["shown"]) for row in rows}


MISSING = (
    "(SELECT count(*) FROM visit_photo vp LEFT JOIN photo p ON p.sha256 = vp.sha256"
    " WHERE vp.visit = v.id AND (p.state IS NULL OR p.state <> 'clean')) AS missing_photos"
)

QUESTIONS = (
    "(SELECT count(*) FROM review_mark m WHERE m.visit = v.id AND m.attempt = v.attempt"
    " AND m.mark = 'ask') AS questions"
)

ROUND = (
    "r.code AS round_code, r.name_zh AS round_zh, r.name_en AS round_en, r.state AS round_state,"
    " r.visit_kind"
)

STORE = "s.code AS store_code, s.name AS store_name, s.kind AS store_kind"

LAST_RETURN = (
    "(SELECT max(x.id) FROM review x WHERE x.visit = v.id AND x.attempt = v.attempt"
    " AND x.decision = 'return')"
)
"""The id of the return a visit waits for an answer to; ids grow with time."""

TOLD = "coalesce(nullif(w.told, ''), w.reason)"
"""What the inspector is told by a return."""

_ADD_REVIEW = insertion("review", ReviewRow)

_VISIT = (
    "SELECT v.id AS visit, v.assignment, g.state AS assignment_state, v.round, v.store,"
    " v.inspector, a.pseudonym, v.rubric_version, rv.number AS rubric_number, v.region_path,"
    " v.attempt, v.content_hash, v.state, v.complete, v.total, v.flags, v.started_at, v.ended_at,"
    " v.sent_at, v.received_at, v.clock_offset_ms, s.latitude_e6, s.longitude_e6,"
    f" {STORE}, {ROUND}, r.disclose_day, r.pilot, r.release_rule,"
    f" r.release_day, v.reviewed_by, v.reviewed_at, {MISSING}, {QUESTIONS}"
    " FROM visit v JOIN assignment g ON g.id = v.assignment JOIN store s ON s.id = v.store"
    " JOIN round r ON r.id = v.round JOIN account a ON a.id = v.inspector"
    " JOIN rubric_version rv ON rv.digest = v.rubric_version WHERE v.id = ?"
)
