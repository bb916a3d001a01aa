"""Issuing: the number is drawn and the words are frozen, in the caller's transaction."""

from inspection.domain.access import Actor
from inspection.domain.notices.notice import NoticeSnapshot, canonical
from inspection.domain.notices.notice_draft import draft
from inspection.domain.notices.notice_number import PaperKind
from inspection.persistence import jobs
from inspection.persistence.notices import notice_moves
from inspection.persistence.notices.notice_moves import Issue
from inspection.persistence.notices.notices import NoticeLineRow, NoticeRow
from inspection.services.notices.notice_letters import Signing, first_due, letter_of, matter_of
from inspection.services.notices.numbering import draw_number
from inspection.services.tools import Tools
from inspection.services.visits.published_visits import LANGUAGE
from inspection.wording import catalogue

PRINT = "notice.print"
"""Kind of the job that lays out the PDF."""


def print_key(notice: str) -> str:
    """The key of the job that prints a notice."""
    return f"{PRINT}:{notice}"


async def issue(
    tools: Tools,
    actor: Actor,
    row: NoticeRow,
    lines: tuple[NoticeLineRow, ...],
    signing: Signing,
) -> NoticeSnapshot:
    """Give the notice its number, freeze it and have it printed. Belongs into the caller's
    transaction, which logs it.
    """
    matter = await matter_of(tools, row, lines)
    letter = await letter_of(tools, row, signing)
    # Drawn last: from here to the commit nobody else can draw.
    at = tools.now()
    number = await draw_number(signing.body, PaperKind.NOTICE, row.id, row.region_path, at)
    snapshot = draft(matter, letter, number=number, issued_at=at, words=catalogue(LANGUAGE))
    await notice_moves.issue_notice(row.id, _issue(actor, snapshot))
    await jobs.enqueue(kind=PRINT, key=print_key(row.id), payload={"notice": row.id}, at=at)
    return snapshot


def _issue(actor: Actor, snapshot: NoticeSnapshot) -> Issue:
    return Issue(
        number=snapshot.number,
        snapshot=canonical(snapshot).decode(),
        signed_by=actor.account,
        issued_at=snapshot.issued_at,
        first_due_at=first_due(snapshot),
        due=tuple((line.no, line.due_at) for line in snapshot.lines),
    )
