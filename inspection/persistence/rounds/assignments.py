"""Assignments as their inspector sees them, and their moves."""

from datetime import date

import msgspec

from inspection.domain.rounds.assignment import AssignmentState
from inspection.persistence.reviews.reviews import LAST_RETURN, TOLD
from inspection.persistence.rounds.round_places import JOIN, PLACE
from inspection.persistence.statements import run


class Outing(msgspec.Struct, frozen=True, kw_only=True):
    """Where an inspector goes, as a phone needs it: the round, the store, the rubric version."""

    window_from: date
    window_to: date
    round_code: str
    round_zh: str
    round_en: str
    store_code: str
    store_name: str
    store_kind: str
    region_zh: str
    region_en: str
    address: str
    features: str
    latitude_e6: int | None
    longitude_e6: int | None
    rubric_digest: str
    rubric_code: str
    rubric_zh: str
    rubric_en: str
    rubric_number: int


class AssignmentRow(Outing, frozen=True, kw_only=True):
    """One assignment with the return it waits for, if any."""

    id: str
    state: AssignmentState
    cover: str
    visit_kind: str
    round_from: date
    store: str
    returned_visit: str | None
    returned_attempt: int | None
    return_reason: str | None


async def list_assignments(inspector: str) -> tuple[AssignmentRow, ...]:
    """Everything the inspector still has in open rounds, most urgent first; also what was cancelled
    meanwhile where a draft was begun: nobody loses the way to what they have written.
    """
    rows = await run(_LIST, inspector)
    return msgspec.convert(rows, tuple[AssignmentRow, ...])


async def move_assignment(
    assignment: str, before: AssignmentState, after: AssignmentState, place: str = ""
) -> bool:
    """Change the state, unless somebody else did meanwhile, or moved the store from the `place`
    its round counted it at: then False and nothing changed.
    """
    there = f" AND EXISTS (SELECT 1 FROM store s{_PLACED} WHERE s.id = a.store AND {PLACE} = ?)"
    rows = await run(
        "UPDATE assignment AS a SET state = ? WHERE a.id = ? AND a.state = ?"
        f"{there if place else ''} RETURNING id",
        after.value,
        assignment,
        before.value,
        *((place,) if place else ()),
    )
    return bool(rows)


_PLACED = JOIN.format("a.round")

_REGION = (
    "CASE WHEN p.level IS NULL OR p.level = 'province' THEN g.name_{0}"
    " ELSE p.name_{0} || ' ' || g.name_{0} END AS region_{0}"
)

OUTING = (
    "r.code AS round_code, r.name_zh AS round_zh, r.name_en AS round_en, s.code AS store_code,"
    f" s.name AS store_name, s.kind AS store_kind, {_REGION.format('zh')}, {_REGION.format('en')},"
    " s.address, s.features, s.latitude_e6, s.longitude_e6, rv.digest AS rubric_digest,"
    " rv.code AS rubric_code, rv.title_zh AS rubric_zh, rv.title_en AS rubric_en,"
    " rv.number AS rubric_number"
)
"""The columns of an `Outing` but its days: round `r`, store `s`, rubric version `rv`; where the
store is in words, from its region `g` and that one's parent `p`.
"""

_LIST = (
    "SELECT a.id, a.state, a.window_from, a.window_to, a.cover, r.visit_kind,"
    f" r.starts_on AS round_from, s.id AS store, {OUTING},"
    f" v.id AS returned_visit, v.attempt AS returned_attempt, {TOLD} AS return_reason"
    " FROM assignment a JOIN round r ON r.id = a.round JOIN store s ON s.id = a.store"
    " JOIN region g ON g.id = s.region LEFT JOIN region p ON p.id = g.parent"
    " JOIN rubric_version rv ON rv.digest = a.rubric_version"
    " LEFT JOIN visit v ON v.assignment = a.id AND v.state = 'returned'"
    f" LEFT JOIN review w ON w.id = {LAST_RETURN}"
    " WHERE a.inspector = ? AND r.state = 'open' AND (a.state <> 'cancelled' OR EXISTS"
    " (SELECT 1 FROM draft d JOIN draft_copy c ON c.visit_id = d.visit_id"
    " WHERE d.account = a.inspector AND d.assignment = a.id AND c.discarded_at IS NULL))"
    " ORDER BY a.window_to, s.code, a.id"
)
