"""Refusals about proposals of who goes where in a round."""

from inspection.domain.refusals.refusal import Refusal, Why


class PlanRefused(Refusal):
    """What was chosen cannot be planned; the faults say where."""

    code = "plan.refused"
    why = Why.INVALID


class PlanChanged(Refusal):
    """Somebody changed the plan after the page was made."""

    code = "plan.changed"


class PlanNotReady(Refusal):
    """The plan is being made, or is over: nothing in it can be changed."""

    code = "plan.not_ready"


class PlanRoundClosed(Refusal):
    """The round is not open, or its days are over: nobody can be sent."""

    code = "plan.round_closed"


class PlanOutdated(Refusal):
    """`count` visits break a rule by now, by what changed since they were planned."""

    code = "plan.outdated"


class PlanEmpty(Refusal):
    """No visit in it has an inspector."""

    code = "plan.empty"
