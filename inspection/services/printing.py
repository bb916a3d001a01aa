"""Printed documents: the bytes that were kept, and what is said while there are none."""

import msgspec

from inspection.services.tools import Tools

ASK_AGAIN_SECONDS = 3
"""A document takes a second or two once the press gets to it."""

PRINT_FAILED = "notice.print_failed"
"""Why there is no PDF when the press could not say."""


class KeptFile(msgspec.Struct, frozen=True, kw_only=True):
    """A finished document, the same bytes at every download."""

    content: bytes
    sha256: str
    file_name: str


async def kept_pdf(tools: Tools, sha256: str, name: str) -> KeptFile:
    """The PDF with this digest, under its name without the ending."""
    content = await tools.photos.get(sha256)
    return KeptFile(content=content, sha256=sha256, file_name=f"{name}.pdf")
