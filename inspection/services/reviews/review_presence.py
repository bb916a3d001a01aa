"""What only reviewers see of a visit's making: when its inspector came and left, and remarks."""

from inspection.domain.visits.presence import Spot, graded
from inspection.domain.visits.visit import Presence, VisitBody
from inspection.domain.visits.visit_flags import corrected
from inspection.persistence.reviews.reviews import ReviewedVisit
from inspection.services.reviews.review_results import Making, PresenceLine, RemarkLine

NOTHING_KNOWN = Making(check_in=None, check_out=None, remarks=())


def making_of(found: ReviewedVisit, body: VisitBody | None) -> Making:
    """Read it off the document the phone sent."""
    if body is None:
        return NOTHING_KNOWN
    check_in = _line(body.check_in or _from_older_app(body), found)
    check_out = _line(body.check_out, found)
    return Making(
        check_in=check_in,
        check_out=check_out,
        remarks=tuple(
            RemarkLine(corrected(remark.at, body.clock_offset_ms), remark.text)
            for remark in sorted(body.remarks, key=lambda remark: remark.at)
        ),
    )


def _from_older_app(body: VisitBody) -> Presence | None:
    """Apps before check-in sent where they were when the visit was begun."""
    return Presence(at=body.started_at, place=body.place) if body.place else None


def _line(presence: Presence | None, found: ReviewedVisit) -> PresenceLine | None:
    if presence is None:
        return None
    seen = graded(presence.place, _spot(found))
    return PresenceLine(
        at=corrected(presence.at, found.clock_offset_ms),
        grade=seen.grade,
        distance_m=seen.distance_m,
        accuracy_m=seen.accuracy_m,
    )


def _spot(found: ReviewedVisit) -> Spot | None:
    if found.latitude_e6 is None or found.longitude_e6 is None:
        return None
    return Spot(found.latitude_e6, found.longitude_e6)
