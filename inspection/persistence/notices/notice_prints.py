"""Where the printed notice is, or why there is none."""

from inspection.persistence.statements import run


async def note_printed(notice: str, sha256: str, pages: int) -> bool:
    """Keep where the PDF is. False when it was printed before: those bytes stay."""
    rows = await run(
        "UPDATE notice SET pdf_sha256 = ?, pdf_pages = ?, pdf_fault = ''"
        " WHERE id = ? AND pdf_sha256 IS NULL RETURNING id",
        sha256,
        pages,
        notice,
    )
    return bool(rows)


async def note_print_fault(notice: str, fault: str) -> None:
    """Keep why the PDF could not be made."""
    await run(
        "UPDATE notice SET pdf_fault = ? WHERE id = ? AND pdf_sha256 IS NULL", fault[:240], notice
    )


async def note_unprinted(notice: str, characters: str) -> None:
    """Keep which characters the PDF shows as empty boxes."""
    await run(
        "UPDATE notice SET unprinted = ? WHERE id = ? AND pdf_sha256 IS NULL",
        characters[:240],
        notice,
    )


async def note_void_printed(notice: str, sha256: str) -> None:
    """Keep where the edition marked void is."""
    await run(
        "UPDATE notice SET void_sha256 = ? WHERE id = ? AND void_sha256 IS NULL", sha256, notice
    )
