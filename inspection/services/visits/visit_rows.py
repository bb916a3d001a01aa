"""The rows an accepted attempt leaves, built from its body and its scorecard."""

import msgspec

from inspection.domain.scoring.scorecard import Scorecard
from inspection.domain.visits.visit import Receipt, VisitBody, VisitState, manifest_hash, receipt_no
from inspection.domain.visits.visit_flags import corrected, raised
from inspection.persistence.photos.visit_photos import VisitPhotoRow
from inspection.persistence.visits.visits import KnownAssignment, VisitRow
from inspection.services.rubrics.rubrics import KnownRubric
from inspection.services.tools import Tools
from inspection.services.visit_admission import Arrival
from inspection.services.visits.card_keeping import JudgedCard

_ENCODER = msgspec.json.Encoder()


class Accepted(msgspec.Struct, frozen=True, kw_only=True):
    """An attempt that passed every check, with the judgement on it."""

    arrival: Arrival
    body: VisitBody
    assignment: KnownAssignment
    rubric: KnownRubric
    card: Scorecard


def receipt_of(arrival: Arrival, body: VisitBody) -> bytes:
    """The receipt, encoded this once."""
    receipt = Receipt(
        visit=arrival.visit,
        attempt=arrival.attempt,
        content_hash=arrival.content_hash,
        manifest_hash=manifest_hash(body.photos),
        received_at=arrival.at,
        receipt_no=receipt_no(arrival.at, arrival.visit, arrival.attempt, arrival.content_hash),
    )
    return _ENCODER.encode(receipt)


def visit_row(accepted: Accepted, *, complete: bool, flags: tuple[str, ...]) -> VisitRow:
    """The visit with this attempt as the one that counts. `flags` come on top of the card's."""
    arrival, body, card = accepted.arrival, accepted.body, accepted.card
    assignment, offset = accepted.assignment, accepted.body.clock_offset_ms
    window = (assignment.window_from, assignment.window_to)
    return VisitRow(
        id=arrival.visit,
        assignment=assignment.id,
        round=assignment.round,
        store=assignment.store,
        inspector=assignment.inspector,
        rubric_version=assignment.rubric_digest,
        region_path=assignment.region_path,
        attempt=arrival.attempt,
        content_hash=arrival.content_hash,
        state=VisitState.SUBMITTED.value,
        complete=complete,
        total=card.total,
        ordering=None if card.ordering == card.total else card.ordering,
        lost=card.lost or 0,
        outcome=card.outcome,
        band=card.band or "",
        rankable=card.rankable,
        flags=_text((*card.flags, *raised(body, *window), *flags)),
        started_at=corrected(body.started_at, offset),
        ended_at=corrected(body.ended_at, offset),
        sent_at=corrected(body.sent_at, offset),
        clock_offset_ms=offset,
        received_at=arrival.at,
    )


def judged_card(accepted: Accepted) -> JudgedCard:
    """The judgement on the attempt, ready to be kept."""
    return JudgedCard(
        visit=accepted.arrival.visit,
        attempt=accepted.arrival.attempt,
        rubric=accepted.rubric,
        card=accepted.card,
        answers=accepted.body.answers,
    )


def manifest_rows(tools: Tools, accepted: Accepted) -> tuple[VisitPhotoRow, ...]:
    """One row per line of the manifest. Their ids say nothing: a store may see them one day."""
    offset = accepted.body.clock_offset_ms
    return tuple(
        VisitPhotoRow(
            id=tools.random_id(),
            visit=accepted.arrival.visit,
            item=photo.item,
            position=photo.position,
            sha256=photo.sha256,
            origin=photo.origin,
            taken_at=corrected(photo.taken_at, offset) if photo.taken_at else None,
            marked_from=photo.marked_from,
        )
        for photo in accepted.body.photos
    )


def _text(value: object) -> str:
    return _ENCODER.encode(value).decode()
