"""What a settled line leaves: a call to make a day later, and a case others can learn from."""

from collections.abc import Sequence
from datetime import datetime
from math import ceil

from inspection.domain.rectifications import follow_up
from inspection.domain.rubrics.rubric import Item, Section
from inspection.persistence.rectifications import follow_up_calls, solved_cases
from inspection.persistence.rectifications.follow_up_calls import NewCall
from inspection.persistence.rectifications.rectification_lines import LineRow
from inspection.persistence.rectifications.rectification_replies import ReplyRow
from inspection.persistence.rectifications.solved_cases import CaseRow
from inspection.services.rubrics.rubrics import rubric_of
from inspection.services.tools import Tools

HOUR = 3600
TITLE = 120

_OF_LINE = ("store", "store_kind", "region_path", "item", "section", "problem", "requirement")
_OF_REPLY = ("cause", "measure", "prevention")


async def after_acceptance(
    tools: Tools, row: LineRow, last: ReplyRow, photos: Sequence[str]
) -> None:
    """Write both in the caller's transaction; no case where a side of the pair is missing."""
    at = tools.now()
    call = NewCall(id=tools.random_id(), line=row.id, due_at=follow_up.due_at(at))
    await follow_up_calls.add_call(call)
    before = next(iter(row.before_photos()), None)
    after = next(iter(photos), None)
    place = await _place(row)
    if before and after and place:
        await solved_cases.add_case(_case(tools, (row, last), place, (before, after), at))


async def _place(row: LineRow) -> tuple[Section, Item] | None:
    rubric = await rubric_of(row.rubric_version)
    found = ((section, item) for section in rubric.sections for item in section.items)
    return next((each for each in found if each[1].code == row.item), None)


def _case(
    tools: Tools,
    what: tuple[LineRow, ReplyRow],
    place: tuple[Section, Item],
    pair: tuple[str, str],
    at: datetime,
) -> CaseRow:
    (row, last), (section, item) = what, place
    return CaseRow(
        id=tools.random_id(),
        line=row.id,
        title_zh=item.title.zh[:TITLE],
        title_en=item.title.en[:TITLE],
        section_zh=section.title.zh[:TITLE],
        section_en=section.title.en[:TITLE],
        before_sha256=pair[0],
        after_sha256=pair[1],
        hours_taken=_hours(row.issued_at or at, last.received_at),
        solved_at=at,
        **{name: getattr(row, name) for name in _OF_LINE},
        **{name: getattr(last, name) for name in _OF_REPLY},
    )


def _hours(since: datetime, until: datetime) -> int:
    """The hours it was answered within: begun ones count, and there is always one."""
    return max(1, ceil((until - since).total_seconds() / HOUR))
