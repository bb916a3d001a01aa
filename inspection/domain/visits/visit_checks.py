"""Which parts of a submission contradict each other, all of them, each with its place."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from inspection.domain.refusals import Fault
from inspection.domain.scoring.answers import PhotoPolicy
from inspection.domain.visits.published_visit import ANNOUNCED
from inspection.domain.visits.visit import VisitBody

EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
LATEST = datetime(2100, 1, 1, tzinfo=UTC)
"""A phone's clock may be years off; beyond these it says nothing, and arithmetic would overflow."""


def faults(body: VisitBody, visit: str, attempt: int) -> tuple[Fault, ...]:
    """Every contradiction within a body and with the address it was sent to, rubric apart."""
    return (
        *_address_faults(body, visit, attempt),
        *_time_faults(body),
        *_manifest_faults(body),
        *_mark_faults(body),
        *_bulk_pass_faults(body),
    )


def _address_faults(body: VisitBody, visit: str, attempt: int) -> Iterator[Fault]:
    """A body must say the same visit and attempt as the address it was sent to."""
    if body.visit != visit:
        yield Fault("/visit", "visit.id_differs", expected=visit)
    if body.attempt != attempt:
        yield Fault("/attempt", "visit.attempt_differs", expected=attempt)


def _time_faults(body: VisitBody) -> Iterator[Fault]:
    """Times nobody can reckon with, as sent or once the clock offset is added."""
    for at, time in _times(body):
        if time is not None and not is_possible(time, body.clock_offset_ms):
            yield Fault(at, "visit.time_impossible")


def _times(body: VisitBody) -> Iterator[tuple[str, datetime | None]]:
    """Every time of the phone's clock a body has, with its place."""
    for field in ("started_at", "ended_at", "sent_at"):
        yield f"/{field}", getattr(body, field)
    for field, presence in (("check_in", body.check_in), ("check_out", body.check_out)):
        yield f"/{field}/at", presence.at if presence else None
    for index, photo in enumerate(body.photos):
        yield f"/photos/{index}/taken_at", photo.taken_at
    for index, answer in enumerate(body.answers):
        yield f"/answers/{index}/observed_at", answer.observed_at
    for index, remark in enumerate(body.remarks):
        yield f"/remarks/{index}/at", remark.at


def _manifest_faults(body: VisitBody) -> Iterator[Fault]:
    """The manifest and the answers name the same photos for the same items, each place once."""
    announced = {(photo.item, photo.sha256) for photo in body.photos}
    named = {(answer.item, photo) for answer in body.answers for photo in answer.photos}
    places: set[tuple[str, int]] = set()
    for index, photo in enumerate(body.photos):
        if (photo.item, photo.position) in places:
            facts = {"item": photo.item, "position": photo.position}
            yield Fault(f"/photos/{index}/position", "visit.photo_place_taken", **facts)
        if (photo.item, photo.sha256) not in named:
            yield Fault(f"/photos/{index}", "visit.photo_unused", item=photo.item)
        places.add((photo.item, photo.position))
    for index, answer in enumerate(body.answers):
        for place, sha256 in enumerate(answer.photos):
            if (answer.item, sha256) not in announced:
                at = f"/answers/{index}/photos/{place}"
                yield Fault(at, "visit.photo_not_announced", item=answer.item)


def _mark_faults(body: VisitBody) -> Iterator[Fault]:
    """A marked-up copy comes with the photo it was made of, which is not a copy itself."""
    originals = {photo.sha256 for photo in body.photos if photo.marked_from is None}
    for index, photo in enumerate(body.photos):
        if photo.marked_from is not None and photo.marked_from not in originals:
            at = f"/photos/{index}/marked_from"
            yield Fault(at, "visit.marked_original_missing", item=photo.item)


def _bulk_pass_faults(body: VisitBody) -> Iterator[Fault]:
    """What was passed in one go is among the answers."""
    answered = {answer.item for answer in body.answers}
    for index, item in enumerate(body.bulk_pass):
        if item not in answered:
            yield Fault(f"/bulk_pass/{index}", "visit.bulk_pass_unanswered", item=item)


def photo_policy(visit_kind: str) -> PhotoPolicy:
    """A covert visit may write a record where a photo would give the inspector away."""
    return "required" if visit_kind in ANNOUNCED else "record_may_replace"


def is_possible(at: datetime, offset_ms: int) -> bool:
    """Whether a phone's time, also once its clock offset is added, can be reckoned with."""
    if not EARLIEST <= at <= LATEST:
        return False
    return EARLIEST <= at + timedelta(milliseconds=offset_ms) <= LATEST
