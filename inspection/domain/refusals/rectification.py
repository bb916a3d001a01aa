"""Refusals of the store's side of a notice: replies, extensions, verdicts."""

from inspection.domain.refusals.refusal import Refusal, Why


class ReplyRefused(Refusal):
    """Something is missing in the reply, or a photo does not count: see `faults`."""

    code = "rectification.reply_refused"
    why = Why.INVALID


class VerdictReasonMissing(Refusal):
    """A reply is returned with a reason only."""

    code = "rectification.reason_missing"
    why = Why.INVALID


class PhotoNotReady(Refusal):
    """The photos of the reply are still being cleaned, or none can be shown."""

    code = "rectification.photo_not_ready"
    why = Why.CONFLICT


class LineChanged(Refusal):
    """Somebody replied or decided after the page was opened."""

    code = "rectification.line_changed"


class ExtensionRefused(Refusal):
    """No more time can be asked for: `faults` say why."""

    code = "rectification.extension_refused"


class ExtensionFormRefused(Refusal):
    """The request or the decision lacks something: see `faults`."""

    code = "rectification.extension_form_refused"
    why = Why.INVALID


class HandlerRefused(Refusal):
    """A co-handler needs a name nobody of this line has."""

    code = "rectification.handler_refused"
    why = Why.INVALID


class SettlingIncomplete(Refusal):
    """What becomes of a look's lines has to be said of every one of them, and of no other."""

    code = "rectification.settling_incomplete"
    why = Why.INVALID


class ReinspectionRefused(Refusal):
    """Nobody can be sent to look again as it was said: see `faults`."""

    code = "rectification.reinspection_refused"
    why = Why.INVALID
