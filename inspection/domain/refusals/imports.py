"""Refusals of imports."""

from inspection.domain.refusals.refusal import Refusal, Why


class ImportFaulty(Refusal):
    """Rows are faulty and nobody chose to write only the others: `faulty`."""

    code = "import.faulty"


class ImportNothing(Refusal):
    """No row would change anything."""

    code = "import.nothing"


class ImportUsed(Refusal):
    """Rows have been used or changed since: `count`, and the first of their `codes`."""

    code = "import.used"


class ImportTooOld(Refusal):
    """The time for undoing is over: `hours`."""

    code = "import.too_old"


class UploadMissing(Refusal):
    """No file was chosen."""

    code = "import.no_file"
    why = Why.INVALID
