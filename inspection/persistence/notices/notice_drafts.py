"""Drafts of notices that follow another judgement on their visit."""

from inspection.persistence.notices.notices import NoticeLineRow, add_lines
from inspection.persistence.statements import run


async def replace_lines(notice: str, lines: tuple[NoticeLineRow, ...]) -> None:
    """Let what has no number yet have these lines and no others. Nobody has checked those."""
    await run("DELETE FROM notice_line WHERE notice = ?", notice)
    await run(
        "UPDATE notice SET state = 'draft', checked_by = NULL, checked_at = NULL WHERE id = ?",
        notice,
    )
    await add_lines(lines)


async def drop_draft(notice: str) -> None:
    """Take away a draft, which was never issued."""
    await run("DELETE FROM notice_line WHERE notice = ?", notice)
    await run("DELETE FROM notice WHERE id = ? AND number IS NULL", notice)


async def note_edited(notice: str, account: str) -> None:
    """Whose words they are from now on."""
    await run("UPDATE notice SET edited_by = ? WHERE id = ?", account, notice)
