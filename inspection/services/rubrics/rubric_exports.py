"""The lists of rubrics and of their drafts as files."""

import msgspec

from inspection.domain.access import Actor
from inspection.domain.listing import LARGEST_PAGE, ListAsked
from inspection.domain.rubrics.rubric import Text
from inspection.domain.rubrics.rubric_draft import DraftState
from inspection.domain.table import Row
from inspection.persistence.rubrics.rubric_lists import ListedDraft, ListedRubric
from inspection.services.exports import Export, Page, every_page, headings_of, pages_of
from inspection.services.rubrics.rubric_lists import draft_page, may_see_drafts, rubric_page
from inspection.wording import Language, catalogue, say

_RUBRIC = ("rubric_code", "rubric", "store_kind", "version", "edition", "state", "published_at")
_COUNTS = ("versions", "drafts")
_DRAFT = ("rubric_code", "rubric", "from_version", "state", "author", "changed_by", "changed_at")


def rubric_export(actor: Actor, asked: ListAsked, language: Language) -> Export:
    """The rubrics of the list; how many drafts there are for whoever may see drafts."""
    counts = _COUNTS if may_see_drafts(actor) else _COUNTS[:1]

    async def read(cursor: str) -> Page:
        page = msgspec.structs.replace(asked, cursor=cursor, size=LARGEST_PAGE)
        found = await rubric_page(actor, page)
        rows = ((*_rubric(row, language), *_counted(row)[: len(counts)]) for row in found.rows)
        return rows, found.next_cursor

    return Export(
        noun="rubric",
        name="rubrics",
        title=say(language, "nav.rubrics"),
        headings=headings_of((*_RUBRIC, *counts), language),
        pages=every_page(read),
    )


def draft_export(
    actor: Actor, asked: ListAsked, state: DraftState | None, language: Language
) -> Export:
    """The drafts in a state, or all that are in work."""
    pages = pages_of(asked, lambda page: draft_page(actor, page, state), _draft, language)
    return Export(
        noun="rubric_draft",
        name="rubric-drafts",
        title=say(language, "rubrics.drafts_title"),
        headings=headings_of(_DRAFT, language),
        pages=pages,
    )


def _draft(row: ListedDraft, language: Language) -> Row:
    return (
        row.code,
        Text(row.title_zh, row.title_en).of(language),
        row.base_number,
        say(language, f"rubric_draft_state.{row.state.value}"),
        row.author,
        row.changed_by,
        row.changed_at,
    )


def _rubric(row: ListedRubric, language: Language) -> Row:
    words = catalogue(language)
    return (
        row.code,
        Text(row.title_zh, row.title_en).of(language),
        words.get(f"store_kind.{row.store_kind}", row.store_kind),
        row.number,
        row.edition,
        words.get(f"rubric_state.{row.state}", row.state),
        row.published_at,
    )


def _counted(row: ListedRubric) -> Row:
    return row.versions, row.drafts
