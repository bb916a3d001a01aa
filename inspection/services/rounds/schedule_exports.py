"""Schedules as a file."""

from inspection.domain.access import Actor
from inspection.domain.listing import ListAsked
from inspection.domain.rubrics.rubric import Text
from inspection.domain.table import Row
from inspection.services.exports import Export, headings_of, pages_of
from inspection.services.rounds.round_schedules import ScheduleShown, schedule_list
from inspection.services.tools import Tools
from inspection.wording import Language, say

_SCHEDULE = ("schedule", "round_name", "visit_kind", "region", "rhythm", "next_on", "state")


def schedule_export(tools: Tools, actor: Actor, asked: ListAsked, language: Language) -> Export:
    """The schedules of the list."""
    pages = pages_of(asked, lambda page: schedule_list(tools, actor, page), _schedule, language)
    return Export(
        noun="schedule",
        name="schedules",
        title=say(language, "schedules.title"),
        headings=headings_of(_SCHEDULE, language),
        pages=pages,
    )


def _schedule(shown: ScheduleShown, language: Language) -> Row:
    row = shown.row
    return (
        row.code,
        Text(row.name_zh, row.name_en).of(language),
        say(language, f"paper.did.{row.visit_kind}"),
        Text(shown.region, shown.region_en).of(language),
        say(language, f"recurrence.{row.recurrence}", n=row.every),
        shown.next_on,
        say(language, "schedules.paused" if row.paused else "schedules.running"),
    )
