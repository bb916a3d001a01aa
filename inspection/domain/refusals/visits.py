"""Refusals of visits and photos on their way in."""

from inspection.domain.refusals.refusal import Refusal, Why
from inspection.domain.refusals.requests import BodyRefused


class VisitConflict(Refusal):
    """The same attempt arrived with other content; both are kept."""

    code = "visit.conflict"


class VisitIncomplete(Refusal):
    """A decision needs every photo of the manifest; `missing` counts those not here yet."""

    code = "visit.incomplete"


class AnswersRefused(Refusal):
    """The answers do not fit the rubric; `faults` name each one. The content is parked."""

    code = "visit.answers_refused"
    why = Why.INVALID


class VisitUnreadable(BodyRefused):
    """A visit that does not have the documented form; `faults` say where. The content is parked."""

    code = "visit.unreadable"


class RubricWithdrawn(Refusal):
    """The pinned rubric version was withdrawn; the content is parked for an administrator."""

    code = "visit.rubric_withdrawn"


class AssignmentRefused(Refusal):
    """No such assignment, or none of the sender's; the content is parked."""

    code = "visit.assignment_refused"
    why = Why.INVALID


class AssignmentCancelled(Refusal):
    """The assignment was cancelled meanwhile; the content is parked for an administrator."""

    code = "visit.assignment_cancelled"


class AssignmentTaken(Refusal):
    """Another visit was sent for the assignment before; the content is parked."""

    code = "visit.assignment_taken"


class AttemptRefused(Refusal):
    """The visit does not wait for this attempt: `attempt`, `state`; the content is parked."""

    code = "visit.attempt_refused"


class RoundLocked(Refusal):
    """The round was locked meanwhile; the content is parked for an administrator."""

    code = "visit.round_locked"


class RubricMismatch(Refusal):
    """The answers follow another rubric version than the assignment; the content is parked."""

    code = "visit.rubric_mismatch"
    why = Why.INVALID


class UploadsTooMany(Refusal):
    """The sender began `most` photos without finishing them."""

    code = "photo.too_many"
    why = Why.TOO_MANY


class OffsetMismatch(Refusal):
    """The upload continues at `offset`, not where this piece begins."""

    code = "photo.offset_mismatch"


class PhotoRefused(Refusal):
    """The bytes are not a photo we can take (format, size, pixels): `reason`."""

    code = "photo.refused"
    why = Why.INVALID
