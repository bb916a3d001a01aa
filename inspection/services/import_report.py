"""What loading a sheet came to."""

import msgspec

from inspection.domain.refusals import Fault


class ImportReport(msgspec.Struct, frozen=True, kw_only=True):
    """What an import did, or would do. With faults nothing was written. `losing_features` counts
    the updated stores that lack a feature they had.
    """

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    losing_features: int = 0
    faults: tuple[Fault, ...] = ()
    written: bool = False
