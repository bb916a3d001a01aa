"""The calls a day after lines were verified, as a file without anybody's number."""

from inspection.domain.access import Actor
from inspection.domain.listing import ListAsked
from inspection.domain.table import Row
from inspection.services.exports import Export, headings_of, pages_of
from inspection.services.rectifications.follow_ups import FollowUp, list_of_calls
from inspection.services.tools import Tools
from inspection.wording import Language, say

_COLUMNS = (
    *("number", "line", "store_code", "store", "branch", "item_code", "item", "measure"),
    *("call_due", "state", "called_at", "called_by", "remarks"),
)


def call_export(
    tools: Tools, actor: Actor, asked: ListAsked, state: str, language: Language
) -> Export:
    """The calls the list shows."""
    pages = pages_of(asked, lambda page: list_of_calls(tools, actor, page, state), _row, language)
    return Export(
        noun="follow_up",
        name="follow-ups",
        title=say(language, "nav.follow_ups"),
        headings=headings_of(_COLUMNS, language),
        pages=pages,
    )


def _row(row: FollowUp, language: Language) -> Row:
    call, store = row.call, row.store
    return (
        call.number,
        call.line_number,
        store.code,
        store.name,
        store.branch.of(language),
        call.item,
        row.title.of(language),
        call.measure,
        call.due_at,
        say(language, f"follow_up.state.{call.state.value}"),
        call.called_at,
        call.called_by or "",
        call.note,
    )
