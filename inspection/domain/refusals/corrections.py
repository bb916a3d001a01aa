"""Refusals about correcting what was found on a visit."""

from inspection.domain.refusals.refusal import Refusal, Why


class CorrectionRefused(Refusal):
    """The corrected answers do not fit the rubric; the faults say where."""

    code = "correction.refused"
    why = Why.INVALID


class CorrectionReasonMissing(Refusal):
    """What was found about `item` is not changed without a written reason."""

    code = "correction.reason_missing"
    why = Why.INVALID


class NothingCorrected(Refusal):
    """The correction says what the visit says already."""

    code = "correction.nothing"
    why = Why.INVALID
