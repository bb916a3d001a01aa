"""Refusals about rubrics, reviews and notices."""

from inspection.domain.refusals.refusal import Refusal, Why


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


class RubricRefused(Refusal):
    """The file holds no publishable rubric; `faults` name each place."""

    code = "rubric.refused"
    why = Why.INVALID


class DraftChanged(Refusal):
    """Somebody changed the draft after the page was opened; nothing was kept."""

    code = "notice.draft_changed"


class NoticeNotReady(Refusal):
    """The PDF is still being laid out; `notice` names it, `seconds` says when to ask again."""

    code = "notice.not_printed_yet"
