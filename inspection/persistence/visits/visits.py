"""Visits as they arrive: what is known before one is accepted, and the rows of an attempt."""

from datetime import date, datetime
from typing import TypeVar

import msgspec

from inspection.domain.rounds.assignment import AssignmentState
from inspection.domain.visits.visit import VisitState
from inspection.persistence.engines.database_engine import Row
from inspection.persistence.rounds.round_places import JOIN, PLACE
from inspection.persistence.statements import insertion, rows_of_marks, run, write


class KnownVisit(msgspec.Struct, frozen=True, kw_only=True):
    """A visit that is here already."""

    assignment: str
    inspector: str
    attempt: int
    state: VisitState


class KnownAssignment(msgspec.Struct, frozen=True, kw_only=True):
    """The assignment a submission names, with what scoring needs of its store."""

    id: str
    state: AssignmentState
    inspector: str
    rubric_digest: str
    rubric_code: str
    rubric_state: str
    window_from: date
    window_to: date
    round: str
    round_state: str
    round_from: date
    visit_kind: str
    store: str
    features: str
    region_path: str


class KnownSubmission(msgspec.Struct, frozen=True, kw_only=True):
    """The content that was accepted as this attempt, and the receipt it got."""

    account: str
    content_hash: str
    receipt: str


class Situation(msgspec.Struct, frozen=True, kw_only=True):
    """All the database knows about a submission that has just come in."""

    visit: KnownVisit | None
    assignment: KnownAssignment | None
    submission: KnownSubmission | None


class VisitRow(msgspec.Struct, frozen=True, kw_only=True):
    """The row of a visit with the attempt that counts."""

    id: str
    assignment: str
    round: str
    store: str
    inspector: str
    rubric_version: str
    region_path: str
    attempt: int
    content_hash: str
    state: str
    complete: bool
    total: int | None
    ordering: int | None
    lost: int
    outcome: str
    band: str
    rankable: bool
    flags: str
    started_at: datetime
    ended_at: datetime
    sent_at: datetime
    clock_offset_ms: int
    received_at: datetime


class AnswerRow(msgspec.Struct, frozen=True, kw_only=True):
    """One item of an attempt: what was found and what it cost."""

    item: str
    section: str
    verdict: str
    full: int
    lost: int
    severity: str
    body: str


class SectionRow(msgspec.Struct, frozen=True, kw_only=True):
    """One section score of an attempt."""

    section: str
    position: int
    full: int
    applicable: int
    lost: int
    score: int | None


class ScorecardRow(msgspec.Struct, frozen=True, kw_only=True):
    """A card as it is stored: one row per attempt and revision."""

    id: str
    visit: str
    attempt: int
    revision: int
    inputs_digest: str
    body: str
    scored_at: datetime


async def situation(visit: str, attempt: int, assignment: str) -> Situation:
    """Look up visit, attempt and assignment in one go."""
    (row,) = await run(_SITUATION, visit, attempt, assignment)
    return Situation(
        visit=_part(row, "v_", KnownVisit, "assignment"),
        assignment=_part(row, "a_", KnownAssignment, "id"),
        submission=_part(row, "s_", KnownSubmission, "account"),
    )


async def add_visit(row: VisitRow) -> None:
    """Keep the first attempt of a visit. Raises UniqueBroken when the id is taken, in a
    transaction at its commit at the latest.
    """
    await write(_ADD_VISIT, *msgspec.structs.astuple(row))


async def replace_attempt(row: VisitRow) -> bool:
    """Let a returned visit's next attempt count; the rows of the last one make way.
    False when the visit does not wait for this attempt any more.
    """
    values = msgspec.structs.asdict(row)
    changed = await run(
        _NEXT_ATTEMPT, *(values[name] for name in _ATTEMPT_COLUMNS), row.id, row.attempt - 1
    )
    if changed:
        await clear_findings(row.id)
        await write("DELETE FROM visit_photo WHERE visit = ?", row.id)
    return bool(changed)


async def clear_findings(visit: str) -> None:
    """Let what was found and its section scores make way for those of another judgement."""
    for table in ("visit_answer", "visit_section"):
        await write(f"DELETE FROM {table} WHERE visit = ?", visit)


async def add_answers(visit: str, rows: tuple[AnswerRow, ...]) -> None:
    """Keep what was found, item by item."""
    await _add_below(_ADD_ANSWERS, visit, rows)


async def add_sections(visit: str, rows: tuple[SectionRow, ...]) -> None:
    """Keep the section scores."""
    await _add_below(_ADD_SECTIONS, visit, rows)


async def add_scorecard(row: ScorecardRow) -> None:
    """Keep a card. Raises UniqueBroken when the attempt has that revision already."""
    await write(_ADD_SCORECARD, *msgspec.structs.astuple(row))


async def _add_below(
    insert: str, visit: str, rows: tuple[AnswerRow, ...] | tuple[SectionRow, ...]
) -> None:
    """All rows of a visit in one statement."""
    values = [value for row in rows for value in (visit, *msgspec.structs.astuple(row))]
    await write(insert + rows_of_marks(len(rows), len(values) // len(rows)), *values)


Known = TypeVar("Known", KnownVisit, KnownAssignment, KnownSubmission)


def _part(row: Row, prefix: str, shape: type[Known], key: str) -> Known | None:
    """One of the things looked up, or None where the outer join found nothing."""
    if row[prefix + key] is None:
        return None
    return msgspec.convert({name: row[prefix + name] for name in shape.__struct_fields__}, shape)


_SITUATION = (
    "SELECT v.assignment AS v_assignment, v.inspector AS v_inspector, v.attempt AS v_attempt,"
    " v.state AS v_state, a.id AS a_id, a.state AS a_state, a.inspector AS a_inspector,"
    " a.rubric_version AS a_rubric_digest, rv.code AS a_rubric_code, rv.state AS a_rubric_state,"
    " a.window_from AS a_window_from, a.window_to AS a_window_to, a.round AS a_round,"
    " r.state AS a_round_state, r.starts_on AS a_round_from, r.visit_kind AS a_visit_kind,"
    f" a.store AS a_store, s.features AS a_features, {PLACE} AS a_region_path,"
    " su.account AS s_account, su.content_hash AS s_content_hash, su.receipt AS s_receipt"
    " FROM (SELECT 1 AS one) x LEFT JOIN visit v ON v.id = ?"
    " LEFT JOIN submission su ON su.visit = v.id AND su.attempt = ?"
    " LEFT JOIN assignment a ON a.id = ? LEFT JOIN round r ON r.id = a.round"
    f" LEFT JOIN store s ON s.id = a.store{JOIN.format('a.round')}"
    " LEFT JOIN rubric_version rv ON rv.digest = a.rubric_version"
)

_COLUMNS = VisitRow.__struct_fields__
_ADD_VISIT = insertion("visit", VisitRow)

# What does not change with an attempt stays; who reviewed the last one is told by its review. The
# version may: the last attempt may have been judged by another than the phone fills in.
_FIXED = {"id", "assignment", "round", "store", "inspector", "region_path"}
_ATTEMPT_COLUMNS = tuple(name for name in _COLUMNS if name not in _FIXED)
_NEXT_ATTEMPT = (
    f"UPDATE visit SET {', '.join(f'{name} = ?' for name in _ATTEMPT_COLUMNS)},"
    " reviewed_by = NULL, reviewed_at = NULL"
    " WHERE id = ? AND state = 'returned' AND attempt = ? RETURNING id"
)
_ADD_ANSWERS = (
    'INSERT INTO visit_answer (visit, item, section, verdict, "full", lost, severity, body) VALUES '
)
_ADD_SECTIONS = (
    'INSERT INTO visit_section (visit, section, position, "full", applicable, lost, score) VALUES '
)
_ADD_SCORECARD = insertion("visit_scorecard", ScorecardRow)
