"""What anybody with the code on paper may learn, and whether a PDF they hold is the one issued."""

import hashlib
from datetime import date
from enum import StrEnum

import msgspec

from inspection.domain.deadline import SHANGHAI
from inspection.domain.notices.notice_state import NoticeState
from inspection.domain.refusals import NotFound
from inspection.persistence.notices import notices
from inspection.persistence.notices.notices import NoticeRow
from inspection.services.notices.notice_letters import said_in
from inspection.services.notices.public_looks import draw_look
from inspection.services.tools import Tools


class Standing(StrEnum):
    """Whether a notice is in force."""

    VALID = "valid"
    VOID = "void"
    SUPERSEDED = "superseded"


class Match(StrEnum):
    """What a PDF somebody holds is."""

    SAME = "same"
    SAME_VOID = "same_void"
    OTHER = "other"


class VerifiedNotice(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What anybody with the code on paper may learn, and nothing else. `sha256` is empty while
    the PDF is laid out, `replaced_by` the number of the notice that stands in for it.
    """

    number: str
    issuer: str
    issued_on: date
    check: str
    standing: Standing
    replaced_by: str
    sha256: str


async def verify_notice(token: str) -> VerifiedNotice:
    """The notice of a code. Raises NotFound."""
    row = await _found(token)
    said = said_in(row)
    return VerifiedNotice(
        number=said.number,
        issuer=said.issuer,
        issued_on=said.issued_at.astimezone(SHANGHAI).date(),
        check=said.check,
        standing=_STANDINGS.get(row.state, Standing.VALID),
        replaced_by=row.replaced_by_number or "",
        sha256=row.pdf_sha256 or "",
    )


async def check_pdf(tools: Tools, token: str, address: str, content: bytes) -> Match:
    """Whether these are the bytes of the notice; they are kept nowhere. Raises NotFound,
    LinkReadTooOften.
    """
    await draw_look(tools, "verify", address)
    row = await _found(token)
    sha256 = hashlib.sha256(content).hexdigest()
    if content and sha256 == row.pdf_sha256:
        return Match.SAME
    return Match.SAME_VOID if content and sha256 == row.void_sha256 else Match.OTHER


_STANDINGS = {
    NoticeState.VOID: Standing.VOID,
    NoticeState.SUPERSEDED: Standing.SUPERSEDED,
}


async def _found(token: str) -> NoticeRow:
    row = await notices.find_by_token(token)
    if row is None or row.number is None:
        raise NotFound(noun="notice")
    return row
