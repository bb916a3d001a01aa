"""Refusals about planning a round."""

from inspection.domain.refusals.refusal import Refusal, Why


class RoundExists(Refusal):
    """A round has this code already: `round`."""

    code = "round.exists"


class RoundRefused(Refusal):
    """The round cannot be opened as it was described; the faults say where."""

    code = "round.refused"
    why = Why.INVALID


class RubricMissing(Refusal):
    """No rubric is published, so no visit could be scored."""

    code = "round.rubric_missing"
