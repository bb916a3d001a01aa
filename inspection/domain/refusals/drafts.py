"""Refusals of the copies of drafts phones keep here."""

from inspection.domain.refusals.refusal import Refusal, Why


class DraftSubmitted(Refusal):
    """The attempt, or a later one, was received: there is nothing left to draft."""

    code = "draft.submitted"


class DraftRefused(Refusal):
    """No such assignment of the sender's, or another than the draft began with: see `faults`."""

    code = "draft.assignment_refused"
    why = Why.INVALID


class DraftsTooMany(Refusal):
    """The sender has `most` open drafts here; this one was not kept."""

    code = "draft.too_many"
    why = Why.TOO_MANY


class DraftDevicesTooMany(Refusal):
    """Copies of this draft came from `most` devices; this one was not kept."""

    code = "draft.too_many_devices"
    why = Why.TOO_MANY
