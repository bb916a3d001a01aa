"""A round's plan as a file: who goes where in which week, and where its visits are."""

import msgspec

from inspection.domain.access import Actor
from inspection.domain.listing import LARGEST_PAGE
from inspection.domain.table import Row
from inspection.services.exports import Export, Page, every_page, headings_of
from inspection.services.people.places import STORE_COLUMNS
from inspection.services.rounds.plan_lines import PlanLine
from inspection.services.rounds.plan_pages import PlanAskedFor, plan_page
from inspection.services.tools import Tools
from inspection.wording import Language, say

_STORE = (*STORE_COLUMNS, "store_kind")
_VISIT = ("inspector_last", "inspector", "day", "week", "state", "remarks")


def plan_export(
    tools: Tools, actor: Actor, code: str, asked: PlanAskedFor, language: Language
) -> Export:
    """The rows of the list, inspectors by their pseudonyms."""

    async def read(cursor: str) -> Page:
        listing = msgspec.structs.replace(asked.listing, cursor=cursor, size=LARGEST_PAGE)
        page = msgspec.structs.replace(asked, listing=listing)
        found = await plan_page(tools, actor, code, page)
        return (_line(row, language) for row in found.lines), found.next_cursor

    return Export(
        noun="plan",
        name=f"plan-{code}",
        title=say(language, "plan.title"),
        headings=headings_of((*_STORE, *_VISIT), language),
        pages=every_page(read),
    )


def _line(row: PlanLine, language: Language) -> Row:
    store = row.store
    return (
        *store.cells(language),
        say(language, f"store_kind.{store.kind}"),
        row.last,
        row.inspector,
        row.day,
        row.week or None,
        say(language, _state(row)),
        _remark(row, language),
    )


def _state(row: PlanLine) -> str:
    if row.state:
        return f"assignment_state.{row.state}"
    if not row.inspector:
        return "plan.unplaced"
    return "plan.by_hand" if row.by_hand else "plan.planned"


def _remark(row: PlanLine, language: Language) -> str:
    if row.warning:
        return say(language, f"plan_warning.{row.warning}")
    return say(language, f"plan_lack.{row.why}") if row.why else ""
