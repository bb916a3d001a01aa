"""Receiving what came of a look at a store: on the way visits come, by the same promises."""

import msgspec

from inspection.domain.rectifications import reinspection
from inspection.domain.rectifications.reinspection import ReinspectionMove, ReinspectionState
from inspection.domain.refusals import (
    AnswersRefused,
    AssignmentCancelled,
    AssignmentRefused,
    AssignmentTaken,
    AttemptRefused,
    Fault,
    NotFound,
    RubricMismatch,
    VisitConflict,
    VisitUnreadable,
)
from inspection.domain.scoring import answer_checks
from inspection.domain.visits import visit_checks
from inspection.domain.visits.visit import VisitBody
from inspection.persistence.audit import audit
from inspection.persistence.engine import tx
from inspection.persistence.photos import photo_rows
from inspection.persistence.rectifications import (
    rectification_lines,
    reinspection_sendings,
    reinspections,
)
from inspection.persistence.rectifications.reinspection_sendings import (
    AskedFor,
    SendingRow,
    SentPhotoRow,
)
from inspection.services.overtaking import Overtaken
from inspection.services.rubrics.rubrics import known_rubric
from inspection.services.visit_admission import Arrival, Received
from inspection.services.visits.visit_rows import receipt_of


class Brought(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a look, checked, and the receipt it earns. The look is as it really stands."""

    look: AskedFor
    arrival: Arrival
    body: VisitBody
    receipt: bytes


async def answer(arrival: Arrival, body: VisitBody | VisitUnreadable) -> Received | None:
    """The receipt for what came of a look, once; None when it is about no look of the sender's.
    Raises what keeps it out, Overtaken or UniqueBroken.
    """
    if (known := await reinspection_sendings.find_sending(arrival.visit)) is not None:
        return Received(_again(known, arrival), is_new=False)
    if isinstance(body, VisitUnreadable) or (asked := await _own(arrival, body)) is None:
        return None
    _check_turn(asked, arrival, body)
    await _check_answers(asked, arrival, body)
    brought = _brought(asked, arrival, body)
    async with tx():
        await write(brought)
    return Received(brought.receipt, is_new=True)


async def reinstated(arrival: Arrival, body: VisitBody) -> Brought | None:
    """The same judged as if the look had not been called off, and not yet written; None when it was
    received since. Raises what keeps it out still.
    """
    if (asked := await _own(arrival, body)) is None:
        raise AssignmentRefused
    # Asked once, after the look was read: between two questions another may have accepted it.
    if (known := await reinspection_sendings.sending_of(asked.id)) is not None:
        if known.id != arrival.visit:
            raise AssignmentTaken
        _again(known, arrival)
        return None
    open_still = msgspec.structs.replace(asked, state=ReinspectionState.OPEN)
    _check_turn(open_still, arrival, body)
    await _check_answers(asked, arrival, body)
    return _brought(asked, arrival, body)


async def write(brought: Brought) -> None:
    """Keep it, in a transaction that is open already. Raises Overtaken or UniqueBroken when another
    was faster.
    """
    asked, arrival = brought.look, brought.arrival
    called_off = asked.state is ReinspectionState.CANCELLED
    wanted = ReinspectionMove.REINSTATE if called_off else ReinspectionMove.SUBMIT
    after = reinspection.move(asked.state, wanted)
    photos = [photo.sha256 for photo in brought.body.photos]
    # Photos first, as everywhere that one is named.
    if photos:
        await photo_rows.announce(photos, arrival.actor.account, arrival.at)
    if not await reinspections.move_reinspection(asked.id, asked.state, after):
        raise Overtaken
    if called_off:
        await reinspections.forget_end(asked.id)
    await reinspection_sendings.add_sending(_row(brought), _photos(brought))
    await audit.append(
        at=arrival.at,
        actor=arrival.actor.account,
        action="reinspection.submit",
        noun="reinspection",
        noun_id=asked.id,
        body={
            "state": [asked.state.value, after.value],
            "content_hash": arrival.content_hash,
            "photos": len(photos),
        },
    )


async def _own(arrival: Arrival, body: VisitBody) -> AskedFor | None:
    asked = await reinspection_sendings.asked_for(body.assignment)
    return asked if asked is not None and asked.inspector == arrival.actor.account else None


def _brought(asked: AskedFor, arrival: Arrival, body: VisitBody) -> Brought:
    return Brought(look=asked, arrival=arrival, body=body, receipt=receipt_of(arrival, body))


def _again(known: SendingRow, arrival: Arrival) -> bytes:
    if known.account != arrival.actor.account:
        raise NotFound(noun="visit")
    if arrival.attempt != 1:
        raise AttemptRefused(attempt=arrival.attempt, state=ReinspectionState.SUBMITTED.value)
    if known.content_hash != arrival.content_hash:
        raise VisitConflict
    return known.receipt.encode()


def _check_turn(asked: AskedFor, arrival: Arrival, body: VisitBody) -> None:
    if asked.state is ReinspectionState.CANCELLED:
        raise AssignmentCancelled
    if arrival.attempt != 1:
        raise AttemptRefused(attempt=arrival.attempt, state="missing")
    if asked.state is not ReinspectionState.OPEN:
        raise AssignmentTaken
    if body.rubric_digest != asked.rubric_version:
        raise RubricMismatch(faults=(Fault("/rubric_digest", "visit.rubric_differs"),))


async def _check_answers(asked: AskedFor, arrival: Arrival, body: VisitBody) -> None:
    known = await known_rubric(asked.rubric_version)
    part = reinspection.part_of(known.rubric, await _items(asked))
    features = frozenset(msgspec.json.decode(asked.features, type=list[str]))
    faults = (
        *visit_checks.faults(body, arrival.visit, arrival.attempt),
        # The store knows that somebody looks again: nothing stands in for a photo.
        *answer_checks.faults(part, body.findings(), features, "required"),
    )
    if faults:
        raise AnswersRefused(faults=faults)


async def _items(asked: AskedFor) -> frozenset[str]:
    rows = await rectification_lines.lines_looked_at(asked.id)
    return frozenset(item for row in rows for item in row.items())


def _row(brought: Brought) -> SendingRow:
    arrival = brought.arrival
    return SendingRow(
        id=arrival.visit,
        reinspection=brought.look.id,
        content_hash=arrival.content_hash,
        body=arrival.content.decode(),
        receipt=brought.receipt.decode(),
        account=arrival.actor.account,
        received_at=arrival.at,
    )


def _photos(brought: Brought) -> list[SentPhotoRow]:
    return [
        SentPhotoRow(
            reinspection=brought.look.id,
            item=photo.item,
            position=photo.position,
            sha256=photo.sha256,
        )
        for photo in brought.body.photos
    ]
