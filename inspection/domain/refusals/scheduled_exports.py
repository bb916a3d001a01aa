"""Refusals about exports that make themselves; those of a run are kept as the reason it failed."""

from inspection.domain.refusals.refusal import Refusal, Why


class ScheduledExportUnfit(Refusal):
    """An export has a name, and is made on a day and at an hour there is."""

    code = "scheduled_export.unfit"
    why = Why.INVALID


class ScheduledExportsTooMany(Refusal):
    """Somebody has `most` of them already."""

    code = "scheduled_export.too_many"


class ExportOwnerGone(Refusal):
    """The account it is made for was disabled meanwhile."""

    code = "scheduled_export.owner_gone"


class ExportOutOfReach(Refusal):
    """Its part of the tree is no longer its owner's, or no more there."""

    code = "scheduled_export.out_of_reach"


class ExportBroken(Refusal):
    """It could not be made, for a reason only the log of the worker knows."""

    code = "scheduled_export.broken"
