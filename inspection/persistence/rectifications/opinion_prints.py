"""Opinions on more time as they are printed: what they say, and where the PDF is."""

import msgspec

from inspection.persistence.statements import run


class OpinionPrint(msgspec.Struct, frozen=True, kw_only=True):
    """What is printed of a request's opinion. `paper` is JSON, empty while there is none and for
    those given before opinions were printed.
    """

    line: str
    number: str | None
    paper: str
    pdf_sha256: str | None


async def find_print(extension: str) -> OpinionPrint | None:
    """The opinion on a request."""
    rows = await run(
        "SELECT line, number, paper, pdf_sha256 FROM line_extension WHERE id = ?", extension
    )
    return msgspec.convert(rows[0], OpinionPrint) if rows else None


async def write_paper(extension: str, paper: str) -> None:
    """Keep what it says."""
    await run("UPDATE line_extension SET paper = ? WHERE id = ?", paper, extension)


async def note_printed(extension: str, sha256: str) -> bool:
    """Keep where the PDF is. False when it was printed before: those bytes stay."""
    rows = await run(
        "UPDATE line_extension SET pdf_sha256 = ? WHERE id = ? AND pdf_sha256 IS NULL RETURNING id",
        sha256,
        extension,
    )
    return bool(rows)
