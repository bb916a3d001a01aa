"""Refusals about the bulletin."""

from inspection.domain.refusals.refusal import Refusal, Why


class BulletinChanged(Refusal):
    """Somebody changed the draft after the page was opened; nothing was kept."""

    code = "bulletin.changed"


class BulletinPeriodRefused(Refusal):
    """The week has not begun yet, or the round is not there."""

    code = "bulletin.period_refused"
    why = Why.INVALID


class BulletinTextTooLong(Refusal):
    """What was typed is longer than `limit` characters."""

    code = "bulletin.text_too_long"
    why = Why.INVALID


class BulletinWithoutSections(Refusal):
    """Every section is left out."""

    code = "bulletin.without_sections"
    why = Why.INVALID


class BulletinCaseGone(Refusal):
    """The case is not in the library, or no longer."""

    code = "bulletin.case_gone"
    why = Why.INVALID


class BulletinBenchmarkGone(Refusal):
    """The benchmark is neither a way of choosing one nor a unit of the issue, or no longer."""

    code = "bulletin.benchmark_gone"
    why = Why.INVALID


class BulletinNotReady(Refusal):
    """The PDF is still being laid out; `bulletin` names it, `seconds` says when to ask again."""

    code = "bulletin.not_printed_yet"
