"""Documents people attach: what is taken, by content and size, and the name it is saved under."""

import re

from inspection.domain.photos.photo import FORMAT_UNKNOWN, recognised
from inspection.domain.refusals import Fault, PhotoRefused
from inspection.domain.refusals.appeals import AttachmentRefused

LARGEST = 5 * 1024 * 1024
"""Bytes of one document."""

MOST_FILES = 6
"""Photos and documents one appeal has room for."""

MOST_NAME = 80

EMPTY = "attachment.empty"
TOO_LARGE = "attachment.too_large"
NOT_PDF = "attachment.not_pdf"
NEITHER = "attachment.neither"

PDF = b"%PDF-"
SUFFIX = ".pdf"
NAMELESS = "document"

_TOLD_FIRST = 1024
"""A reader looks this far for the mark of a PDF; ours wants it right at the start."""

# Letters, digits and a few signs: no path, no control, no mark that turns the reading direction.
_ODD = re.compile(r"[^\w \-.()（）【】〔〕、，。]+", re.UNICODE)
_DOTS = re.compile(r"[. ]{2,}")


def check_document(content: bytes) -> None:
    """Raises AttachmentRefused unless the bytes are those of a PDF of a size we take."""
    if not content:
        raise refused(EMPTY)
    if len(content) > LARGEST:
        raise refused(TOO_LARGE, limit=LARGEST // (1024 * 1024))
    # A file may be two things at once. The mark at the very start leaves no room for the other.
    if not content.startswith(PDF) or b"%%EOF" not in content[-_TOLD_FIRST:]:
        raise refused(NOT_PDF)


def check_photo(head: bytes) -> None:
    """Raises PhotoRefused for a photo of a kind we do not take, AttachmentRefused for what is no
    photo at all, by its first bytes.
    """
    try:
        recognised(head)
    except PhotoRefused as no:
        if no.facts["reason"] != FORMAT_UNKNOWN:
            raise
        raise refused(NEITHER) from no


def refused(reason: str, **facts: object) -> AttachmentRefused:
    """A refusal that names its reason, a key of the catalogues, beside the general sentence."""
    return AttachmentRefused(faults=(Fault("/files", reason, **facts),), reason=reason)


def file_name(name: str) -> str:
    """The name as it is kept and offered for saving: no folders, nothing unseen, one suffix."""
    last = name.replace("\\", "/").rpartition("/")[2]
    stem = last[: -len(SUFFIX)] if last.lower().endswith(SUFFIX) else last
    bare = _DOTS.sub(" ", _ODD.sub(" ", stem)).strip(" .-")
    return f"{bare[:MOST_NAME].strip(' .-') or NAMELESS}{SUFFIX}"
