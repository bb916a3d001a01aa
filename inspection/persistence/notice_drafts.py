"""Drafts of notices that follow another judgement on their visit."""

from inspection.persistence.notices import NoticeLineRow, add_lines
from inspection.persistence.statements import run


async def replace_lines(notice: str, lines: tuple[NoticeLineRow, ...]) -> None:
    """Let a draft have these lines and no others."""
    await run("DELETE FROM notice_line WHERE notice = ?", notice)
    await add_lines(lines)


async def drop_draft(notice: str) -> None:
    """Take away a draft, which was never issued."""
    await run("DELETE FROM notice_line WHERE notice = ?", notice)
    await run("DELETE FROM notice WHERE id = ? AND state = 'draft'", notice)
