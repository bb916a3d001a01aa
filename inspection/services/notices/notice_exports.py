"""The staff's notices as a file."""

from collections.abc import Mapping

import msgspec

from inspection.domain.access import Actor
from inspection.domain.listing import LARGEST_PAGE
from inspection.domain.table import Row
from inspection.services.exports import Export, Page, every_page, headings_of, points_lost
from inspection.services.notices.notice_list import staff_notice_list
from inspection.services.notices.notice_list_results import NoticeRow, NoticesAsked
from inspection.services.people.places import STORE_COLUMNS
from inspection.services.tools import Tools
from inspection.wording import Language, catalogue, say

_NOTICE = ("state", "problems", "veto", "deducted", "due", "drafted_at", "issued_at")


def notice_export(tools: Tools, actor: Actor, asked: NoticesAsked, language: Language) -> Export:
    """The staff's notices of a round."""

    async def read(cursor: str) -> Page:
        page = msgspec.structs.replace(asked, cursor=cursor, size=LARGEST_PAGE)
        found = await staff_notice_list(tools, actor, page)
        return (_notice(row, language) for row in found.rows), found.next_cursor

    headings = headings_of(("number", *STORE_COLUMNS, *_NOTICE), language)
    return Export("notice", "notices", say(language, "nav.notices"), headings, every_page(read))


def _notice(notice: NoticeRow, language: Language) -> Row:
    words, state = catalogue(language), notice.state.value
    late = words["notice_tab.overdue"] if notice.clock.overdue else ""
    return (
        notice.number,
        *notice.store.cells(language),
        late or words.get(f"notice_state.{state}", state),
        notice.lines,
        notice.veto_lines,
        points_lost(notice.lost),
        notice.clock.due_at or _in_words(notice, words),
        notice.drafted_at,
        notice.issued_at,
    )


def _in_words(notice: NoticeRow, words: Mapping[str, str]) -> str | None:
    """Why no deadline runs, as the screen says it in its place."""
    if notice.clock.paused:
        return words["line_state.disputed"]
    return words["notices.answered"] if notice.answered else None
