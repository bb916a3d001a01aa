"""The numbered opinion on a request for more time, for its store and for the staff above it."""

import msgspec

from inspection.domain.access import Action, Actor, Place, Role, may
from inspection.domain.refusals import NotFound
from inspection.persistence import jobs
from inspection.persistence.rectifications import line_extensions, opinion_prints
from inspection.services.rectifications.extensions import told_extension
from inspection.services.rectifications.opinion_prints import print_key
from inspection.services.rectifications.rectification_access import reached_line
from inspection.services.rectifications.rectification_replies import said_in
from inspection.services.rectifications.rectification_results import ToldExtension


class ExtensionPaper(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the opinion says. `back` is where its line is followed by this reader."""

    number: str
    issuer: str
    store: str
    notice_number: str
    line: int
    title: str
    extension: ToldExtension
    back: str
    pdf: bool
    """Whether it is printed."""
    failed: bool
    """Whether that was given up."""
    can_print: bool


async def line_asked_for(actor: Actor, extension: str) -> str:
    """The line a request is about, for the staff above it. Raises NotFound."""
    found = await line_extensions.find_extension(extension)
    row = await reached_line(actor, Action.RECTIFICATION_READ, found.line if found else "")
    return row.id


async def extension_paper(actor: Actor, extension: str) -> ExtensionPaper:
    """The opinion. Raises NotFound, also while there is none."""
    found = await line_extensions.find_extension(extension)
    store = actor.role is Role.STORE_STAFF
    action = Action.RECTIFICATION_REPLY if store else Action.RECTIFICATION_READ
    row = await reached_line(actor, action, found.line if found else "")
    if found is None or found.number is None:
        raise NotFound(noun="extension")
    said = said_in(row)
    printed = await opinion_prints.find_print(found.id)
    failed = await jobs.is_dead(print_key(found.id))
    line = next(each for each in said.lines if each.no == row.number)
    back = f"/notices/{row.notice}/lines/{row.number}" if store else f"/rectifications/{row.id}"
    return ExtensionPaper(
        number=found.number,
        issuer=said.issuer,
        store=said.store.name,
        notice_number=said.number,
        line=row.number,
        title=line.item_title,
        extension=told_extension(found),
        back=back,
        pdf=printed is not None and printed.pdf_sha256 is not None,
        failed=failed,
        can_print=failed and may(actor, Action.NOTICE_SIGN, Place(region_path=row.region_path)),
    )
