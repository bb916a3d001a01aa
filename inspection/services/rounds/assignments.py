"""What an inspector has to do: assignments with everything the phone needs to work offline."""

from datetime import date

import msgspec

from inspection.domain.access import AccountId, Action, Actor, Place, may
from inspection.domain.refusals import NotAllowed
from inspection.persistence.rounds import assignments, rounds
from inspection.persistence.rounds.assignments import AssignmentRow, Outing
from inspection.persistence.rounds.rounds import RoundProgress
from inspection.services.rubrics.rubrics import known_rubric


class StoreToVisit(msgspec.Struct, frozen=True, kw_only=True):
    """The store of an assignment. Its features switch items of the rubric off."""

    code: str
    name: str
    kind: str
    region_zh: str
    region_en: str
    address: str
    features: tuple[str, ...]
    latitude_e6: int | None
    longitude_e6: int | None


class RoundOfAssignment(msgspec.Struct, frozen=True, kw_only=True):
    """The round an assignment belongs to."""

    code: str
    name_zh: str
    name_en: str


class RubricOfAssignment(msgspec.Struct, frozen=True, kw_only=True):
    """The rubric version an assignment pins."""

    digest: str
    code: str
    title_zh: str
    title_en: str
    number: int
    item_count: int


class ReturnedAttempt(msgspec.Struct, frozen=True, kw_only=True):
    """The attempt a reviewer sent back, and why."""

    visit: str
    attempt: int
    reason: str


class EarlierLoss(msgspec.Struct, frozen=True, kw_only=True):
    """An item that lost marks here in the last locked round, in how many visits."""

    item: str
    count: int


class AssignmentOut(msgspec.Struct, frozen=True, kw_only=True):
    """One visit to be made."""

    id: str
    state: str
    window_from: date
    window_to: date
    cover: str
    visit_kind: str
    round: RoundOfAssignment
    store: StoreToVisit
    rubric: RubricOfAssignment
    returned: ReturnedAttempt | None
    earlier: tuple[EarlierLoss, ...]


class MyAssignments(msgspec.Struct, frozen=True, kw_only=True):
    """Everything an inspector has to do, and how the open rounds stand; `round` is the first of
    `rounds`, for phones that know of one only.
    """

    round: RoundProgress | None
    rounds: tuple[RoundProgress, ...]
    assignments: tuple[AssignmentOut, ...]


_Losses = dict[tuple[date, str, str], list[EarlierLoss]]
"""What was lost before a day, at a store, under a rubric."""


async def my_assignments(actor: Actor) -> MyAssignments:
    """The actor's own assignments, most urgent first."""
    if not may(actor, Action.ASSIGNMENT_READ, Place(inspector=AccountId(actor.account))):
        raise NotAllowed
    rows = await assignments.list_assignments(actor.account)
    lost = await _lost_before(rows)
    progress = await rounds.list_progress(actor.account)
    return MyAssignments(
        round=progress[0] if progress else None,
        rounds=progress,
        assignments=tuple([await _out(row, lost) for row in rows]),
    )


async def _lost_before(rows: tuple[AssignmentRow, ...]) -> _Losses:
    found: _Losses = {}
    for starts_on in sorted({row.round_from for row in rows}):
        stores = sorted({row.store for row in rows if row.round_from == starts_on})
        for lost in await rounds.lost_before(stores, starts_on):
            losses = found.setdefault((starts_on, lost.store, lost.rubric_code), [])
            losses.append(EarlierLoss(item=lost.item, count=lost.count))
    return found


async def _out(row: AssignmentRow, lost: _Losses) -> AssignmentOut:
    return AssignmentOut(
        id=row.id,
        state=row.state.value,
        window_from=row.window_from,
        window_to=row.window_to,
        cover=row.cover,
        visit_kind=row.visit_kind,
        round=round_of(row),
        store=store_of(row),
        rubric=rubric_of(row, len((await known_rubric(row.rubric_digest)).items)),
        returned=_returned(row),
        earlier=tuple(lost.get((row.round_from, row.store, row.rubric_code), ())),
    )


def round_of(row: Outing) -> RoundOfAssignment:
    """The round somebody goes for."""
    return RoundOfAssignment(code=row.round_code, name_zh=row.round_zh, name_en=row.round_en)


def store_of(row: Outing) -> StoreToVisit:
    """The store somebody goes to."""
    return StoreToVisit(
        code=row.store_code,
        name=row.store_name,
        kind=row.store_kind,
        region_zh=row.region_zh,
        region_en=row.region_en,
        address=row.address,
        features=msgspec.json.decode(row.features, type=tuple[str, ...]),
        latitude_e6=row.latitude_e6,
        longitude_e6=row.longitude_e6,
    )


def rubric_of(row: Outing, items: int) -> RubricOfAssignment:
    """What so many items are judged by there."""
    return RubricOfAssignment(
        digest=row.rubric_digest,
        code=row.rubric_code,
        title_zh=row.rubric_zh,
        title_en=row.rubric_en,
        number=row.rubric_number,
        item_count=items,
    )


def _returned(row: AssignmentRow) -> ReturnedAttempt | None:
    if row.returned_visit is None or row.returned_attempt is None:
        return None
    return ReturnedAttempt(
        visit=row.returned_visit, attempt=row.returned_attempt, reason=row.return_reason or ""
    )
