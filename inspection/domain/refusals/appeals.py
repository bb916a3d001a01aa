"""Refusals about appeals of stores against single losses, and what they attach."""

from inspection.domain.refusals.refusal import Refusal, Why


class AppealNotDelivered(Refusal):
    """The notice has not reached the store yet: the time to appeal has not begun."""

    code = "appeal.not_delivered"


class AppealWindowClosed(Refusal):
    """The time to appeal ended at `closed`."""

    code = "appeal.window_closed"


class AppealTaken(Refusal):
    """There is an appeal about this loss already, open or decided."""

    code = "appeal.taken"


class AppealTextMissing(Refusal):
    """An appeal says what is wrong."""

    code = "appeal.text_missing"
    why = Why.INVALID


class AppealReasonMissing(Refusal):
    """Nothing is decided without a written reason."""

    code = "appeal.reason_missing"
    why = Why.INVALID


class AppealPartUnfit(Refusal):
    """Upheld in part means another finding that costs less than this one, and more than nothing."""

    code = "appeal.part_unfit"
    why = Why.INVALID


class AppealNothingLost(Refusal):
    """The line costs nothing, or not any more."""

    code = "appeal.nothing_lost"


class AppealOpinionAwaited(Refusal):
    """The region has until `due` to give its opinion."""

    code = "appeal.opinion_awaited"


class AppealOwnWork(Refusal):
    """Whoever inspected, reviewed, corrected, signed or advised does not decide."""

    code = "appeal.own_work"


class AppealChanged(Refusal):
    """Somebody else did something to the appeal meanwhile."""

    code = "appeal.changed"


class AppealRoundLocked(Refusal):
    """The results of the locked round `round` stay as they are until it is opened again."""

    code = "appeal.round_locked"


class AppealConflict(Refusal):
    """Another content was sent under the same name before."""

    code = "appeal.conflict"


class AttachmentRefused(Refusal):
    """A file that is not taken; the fault names the `reason`."""

    code = "attachment.refused"
    why = Why.INVALID


class AttachmentMissing(Refusal):
    """An appeal names a file that did not arrive."""

    code = "attachment.missing"
    why = Why.INVALID


class AttachmentsTooMany(Refusal):
    """There is room for `most` files."""

    code = "attachment.too_many"
    why = Why.INVALID
