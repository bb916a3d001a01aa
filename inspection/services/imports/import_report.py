"""What loading a sheet came to."""

import msgspec

from inspection.domain.access import Actor
from inspection.domain.refusals import Fault
from inspection.persistence.audit import audit
from inspection.services.tools import Tools


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


async def note_import(tools: Tools, by: Actor | None, noun: str, report: ImportReport) -> None:
    """Record in the log what was loaded, within the transaction that loaded it."""
    await audit.append(
        at=tools.now(),
        actor=by.account if by else "",
        action=f"{noun}.import",
        noun=noun,
        noun_id="",
        body={"added": report.added, "updated": report.updated, "unchanged": report.unchanged},
    )
