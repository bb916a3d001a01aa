"""Refusals about single items of a visit under review, and about returning it."""

from inspection.domain.refusals.refusal import Refusal, Why


class ReviewChanged(Refusal):
    """Somebody marked or corrected the item after the page was opened; nothing was kept."""

    code = "review.changed"


class QuestionsOpen(Refusal):
    """The inspector is to be asked about `questions` items: nothing is approved meanwhile."""

    code = "review.questions_open"


class QuestionMissing(Refusal):
    """The inspector is to be asked, and nothing was written to ask."""

    code = "review.question_missing"
    why = Why.INVALID


class ReturnHoursRefused(Refusal):
    """The time to answer a return is from one hour to `most`, not `hours`."""

    code = "review.return_hours_refused"
    why = Why.INVALID
