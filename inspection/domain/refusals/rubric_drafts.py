"""Refusals about drafts of rubrics and the versions made of them."""

from inspection.domain.refusals.refusal import Refusal, Why


class RubricDraftChanged(Refusal):
    """Somebody kept another wording of the draft after the page was opened: `name` at `at`."""

    code = "rubric_draft.changed"


class RubricDraftFaulty(Refusal):
    """The draft cannot be submitted: it has `count` faults."""

    code = "rubric_draft.faulty"
    why = Why.INVALID


class RubricDraftUnchanged(Refusal):
    """The draft says what version `number` of `rubric` says already."""

    code = "rubric_draft.unchanged"


class RubricDraftBehind(Refusal):
    """The draft was begun from a version that is no longer the latest: `number` is."""

    code = "rubric_draft.behind"


class RubricOwnDraft(Refusal):
    """Nobody decides about a draft they wrote in."""

    code = "rubric_draft.own"
    why = Why.FORBIDDEN


class RubricVetoReasonMissing(Refusal):
    """A veto needs its reason."""

    code = "rubric_draft.reason_missing"
    why = Why.INVALID


class RubricCodeTaken(Refusal):
    """A rubric with this code is published already: begin from its version."""

    code = "rubric_draft.code_taken"


class RubricStartRefused(Refusal):
    """A new rubric needs a code, a title and a kind of store; the faults say where."""

    code = "rubric_draft.start_refused"
    why = Why.INVALID


class RubricWithdrawReasonMissing(Refusal):
    """Withdrawing a version needs its reason."""

    code = "rubric.withdraw_reason_missing"
    why = Why.INVALID


class RubricWithdrawnAlready(Refusal):
    """The version was withdrawn before."""

    code = "rubric.withdrawn_already"


class RubricFileRefused(Refusal):
    """The file holds no rubric that could be written on; `faults` name each place."""

    code = "rubric_sheet.refused"
    why = Why.INVALID
