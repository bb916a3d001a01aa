"""Refusals about content that was refused after it arrived whole, and of settling it."""

from inspection.domain.refusals.refusal import Refusal, Why


class ParkedTooMany(Refusal):
    """The sender has `most` parked uploads nobody settled yet; this one was not kept."""

    code = "parked.too_many"
    why = Why.TOO_MANY


class ParkedSettled(Refusal):
    """Somebody settled the content before, in another way."""

    code = "parked.settled_before"


class ParkedNoteMissing(Refusal):
    """Settling needs a note that says why."""

    code = "parked.note_missing"
    why = Why.INVALID


class ParkedUnacceptable(Refusal):
    """The content was refused for a reason an administrator cannot take back."""

    code = "parked.unacceptable"


class ParkedRefusedStill(Refusal):
    """Accepting was tried and something else keeps the content out: see `faults`."""

    code = "parked.refused_still"
