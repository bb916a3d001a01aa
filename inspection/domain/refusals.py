"""Every expected failure, by name and stable code. Clients and tests use the code; people read the
sentence the catalogues hold under the same key."""

from enum import Enum, auto
from typing import ClassVar


class Why(Enum):
    """What sort of no it is; the web room turns it into a status, the command line into an exit code."""

    UNKNOWN_CALLER = auto()
    FORBIDDEN = auto()
    MISSING = auto()
    CONFLICT = auto()
    INVALID = auto()
    TOO_LARGE = auto()
    TOO_MANY = auto()
    TOO_SLOW = auto()
    MEDIA_TYPE = auto()
    METHOD = auto()
    BUSY = auto()


class Refusal(Exception):
    """An expected no. `facts` fill the sentence's placeholders; `faults` list places in a body."""

    code: ClassVar[str]
    why: ClassVar[Why] = Why.CONFLICT

    def __init__(self, *, faults: "tuple[Fault, ...]" = (), **facts: object) -> None:
        super().__init__(self.code)
        self.facts = facts
        self.faults = faults


class Fault:
    """One place in a body that is wrong: JSON pointer, stable code, facts for its sentence."""

    __slots__ = ("code", "facts", "pointer")

    def __init__(self, pointer: str, code: str, **facts: object) -> None:
        self.pointer = pointer
        self.code = code
        self.facts = facts

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Fault) and (self.pointer, self.code, self.facts) == (
            other.pointer,
            other.code,
            other.facts,
        )

    def __hash__(self) -> int:
        return hash((self.pointer, self.code))

    def __repr__(self) -> str:
        return f"Fault({self.pointer!r}, {self.code!r}, {self.facts!r})"


class NotSignedIn(Refusal):
    """Nobody is signed in, or the session ended."""

    code = "session.missing"
    why = Why.UNKNOWN_CALLER


class SignInRefused(Refusal):
    """Unknown sign-in name or wrong password; which of the two is not said."""

    code = "session.refused"
    why = Why.UNKNOWN_CALLER


class SignInTooOften(Refusal):
    """Too many attempts; `seconds` says how long to wait."""

    code = "session.too_many"
    why = Why.TOO_MANY


class AccountExists(Refusal):
    """Somebody signs in with this name already: `sign_in`."""

    code = "account.exists"


class AccountIncomplete(Refusal):
    """The role needs a place the account was not given: `role`, `place`."""

    code = "account.place_missing"
    why = Why.INVALID


class PasswordRefused(Refusal):
    """The password is shorter than `least` or longer than `most` characters."""

    code = "account.password_refused"
    why = Why.INVALID


class NotAllowed(Refusal):
    """The caller's role does not include the action."""

    code = "access.forbidden"
    why = Why.FORBIDDEN


class NotFound(Refusal):
    """No such thing, or none the caller may know of. `noun` names it."""

    code = "missing"
    why = Why.MISSING


class ForgeryRefused(Refusal):
    """A state-changing request without this session's token, or from another site."""

    code = "request.forged"
    why = Why.FORBIDDEN


class BodyRefused(Refusal):
    """The body does not have the documented form; `faults` say where."""

    code = "request.invalid"
    why = Why.INVALID


class CursorRefused(Refusal):
    """The address of a page of a list is damaged."""

    code = "request.cursor_refused"
    why = Why.INVALID


class BodyTooLarge(Refusal):
    """The body is larger than `limit` bytes."""

    code = "request.too_large"
    why = Why.TOO_LARGE


class BodyTooSlow(Refusal):
    """The body did not arrive within the time a request has."""

    code = "request.too_slow"
    why = Why.TOO_SLOW


class RequestCutOff(Refusal):
    """The connection ended before the body was whole; nothing was done."""

    code = "request.cut_off"
    why = Why.INVALID


class RequestMalformed(Refusal):
    """The request line or its headers cannot be read."""

    code = "request.malformed"
    why = Why.INVALID


class MediaTypeRefused(Refusal):
    """The body is not of the type the route reads: `wanted`."""

    code = "request.media_type"
    why = Why.MEDIA_TYPE


class MethodRefused(Refusal):
    """The address exists but does not do this."""

    code = "request.method"
    why = Why.METHOD


class StoreBusy(Refusal):
    """The database cannot take the write now; trying again later is safe."""

    code = "store.busy"
    why = Why.BUSY


class MoveRefused(Refusal):
    """The thing is not in a state that allows the move: `noun`, `state`, `move`."""

    code = "state.move_refused"


class ReasonMissing(Refusal):
    """A decision that needs a written reason came without one."""

    code = "review.reason_missing"
    why = Why.INVALID


class ReviewOutdated(Refusal):
    """The decision was about attempt `shown`, meanwhile attempt `current` arrived."""

    code = "review.outdated"


class ReviewOwnVisit(Refusal):
    """Nobody decides about a visit of their own."""

    code = "review.own_visit"
    why = Why.FORBIDDEN


class CardUnpublishable(Refusal):
    """Nothing on the card was applicable, so there is no score to publish."""

    code = "review.card_unpublishable"


class VisitConflict(Refusal):
    """The same attempt arrived with other content; both are kept."""

    code = "visit.conflict"


class VisitIncomplete(Refusal):
    """A decision needs every photo of the manifest; `missing` counts those not here yet."""

    code = "visit.incomplete"


class AnswersRefused(Refusal):
    """The answers do not fit the rubric; `faults` name each one. The content is parked, not lost."""

    code = "visit.answers_refused"
    why = Why.INVALID


class RubricRefused(Refusal):
    """The file holds no publishable rubric; `faults` name each place."""

    code = "rubric.refused"
    why = Why.INVALID


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
    """The answers were given by another rubric version than the assignment's; the content is parked."""

    code = "visit.rubric_mismatch"
    why = Why.INVALID


class ParkedTooMany(Refusal):
    """The sender has `most` parked uploads nobody settled yet; this one was not kept."""

    code = "parked.too_many"
    why = Why.TOO_MANY


class UploadsTooMany(Refusal):
    """The sender began `most` photos without finishing them."""

    code = "photo.too_many"
    why = Why.TOO_MANY


class HashMismatch(Refusal):
    """The bytes received are not the bytes announced; send them again."""

    code = "content.hash_mismatch"
    why = Why.INVALID


class OffsetMismatch(Refusal):
    """The upload continues at `offset`, not where this piece begins."""

    code = "photo.offset_mismatch"


class PhotoRefused(Refusal):
    """The bytes are not a photo we can take (format, size, pixels): `reason`."""

    code = "photo.refused"
    why = Why.INVALID


class DiskFull(Refusal):
    """There is no room to keep what was sent; nothing was accepted."""

    code = "store.disk_full"
    why = Why.BUSY


class NoticeNotReady(Refusal):
    """The PDF is still being laid out; `notice` names it, `seconds` says when to ask again."""

    code = "notice.not_printed_yet"


class TextUnprintable(Refusal):
    """A text holds characters that cannot be stored or printed: `characters`."""

    code = "text.unprintable"
    why = Why.INVALID
