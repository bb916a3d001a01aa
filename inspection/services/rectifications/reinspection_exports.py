"""The looks at stores as a file."""

from inspection.domain.access import Actor
from inspection.domain.listing import ListAsked
from inspection.domain.table import Row
from inspection.services.exports import Export, headings_of, pages_of
from inspection.services.people.places import STORE_COLUMNS
from inspection.services.rectifications.reinspection_list import LookShown, look_list
from inspection.services.tools import Tools
from inspection.wording import Language, say

_COLUMNS = (
    *(*STORE_COLUMNS, "inspector", "look_lines"),
    *("starts_on", "ends_on", "state"),
)


def look_export(
    tools: Tools, actor: Actor, asked: ListAsked, state: str, language: Language
) -> Export:
    """The looks the list shows, inspectors by their pseudonyms."""
    pages = pages_of(asked, lambda page: look_list(tools, actor, page, state), _row, language)
    return Export(
        noun="reinspection",
        name="reinspections",
        title=say(language, "nav.reinspections"),
        headings=headings_of(_COLUMNS, language),
        pages=pages,
    )


def _row(row: LookShown, language: Language) -> Row:
    look = row.look
    state = "late" if row.late else look.state.value
    return (
        *row.store.cells(language),
        look.pseudonym,
        look.lines,
        look.window_from,
        look.window_to,
        say(language, f"reinspection_state.{state}"),
    )
