"""Refusals about rounds made on the screen and the visits planned in them."""

from inspection.domain.refusals.refusal import Refusal, Why


class RoundChanged(Refusal):
    """Somebody changed the round after the page was opened; nothing was kept."""

    code = "round.changed"


class RoundOwn(Refusal):
    """Nobody approves or vetoes a round they had a hand in."""

    code = "round.own"
    why = Why.FORBIDDEN


class RoundReasonMissing(Refusal):
    """A veto, an unlocking or a cancelling came without a written reason."""

    code = "round.reason_missing"
    why = Why.INVALID


class AssignmentsUnchanged(Refusal):
    """The chosen visits cannot be changed like this; the faults say which, and nothing was."""

    code = "assignment.unchanged"
    why = Why.INVALID


class ScheduleExists(Refusal):
    """A schedule has this code already: `schedule`."""

    code = "schedule.exists"


class ScheduleRefused(Refusal):
    """The schedule cannot be kept as it was described; the faults say where."""

    code = "schedule.refused"
    why = Why.INVALID


class ScheduleChanged(Refusal):
    """Somebody changed the schedule after the page was opened; nothing was kept."""

    code = "schedule.changed"


class RoundStillOpen(Refusal):
    """Things of the round are still open, and no reason says why it is locked all the same:
    `reviews`, `releases`, `appeals` count them.
    """

    code = "round.still_open"
