"""Refusals about judging visits by another version of their rubric."""

from inspection.domain.refusals.refusal import Refusal, Why


class RescoreRefused(Refusal):
    """The round and the versions named cannot be re-scored; the faults say where."""

    code = "rescore.refused"
    why = Why.INVALID


class RescoreReasonMissing(Refusal):
    """Scores are not changed without a written reason."""

    code = "rescore.reason_missing"
    why = Why.INVALID


class RescoreOutdated(Refusal):
    """The dry run on the page is older than `days` days, or is not the one kept now."""

    code = "rescore.outdated"


class RescoreRunning(Refusal):
    """Another re-score of the same round is being written."""

    code = "rescore.running"


class RescoreRoundLocked(Refusal):
    """The round `round` was locked since; its results stay as they are."""

    code = "rescore.round_locked"
