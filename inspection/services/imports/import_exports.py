"""What was imported as a file."""

from inspection.domain.access import Actor
from inspection.domain.imports.sheet_import import ImportState
from inspection.domain.listing import ListAsked
from inspection.domain.table import Row
from inspection.persistence.imports.sheet_imports import ImportListed
from inspection.services.exports import Export, headings_of, pages_of
from inspection.services.imports.imports import import_list
from inspection.wording import Language, say

_IMPORT = ("file", "imported", "who", "at", "state")
_COUNTS = ("rows_new", "rows_changed", "rows_unchanged", "rows_faulty")
_ENDS = ("written_at", "undone_at")
_UNCOUNTED = frozenset({ImportState.CHECKING, ImportState.REFUSED})


def import_export(actor: Actor, asked: ListAsked, language: Language) -> Export:
    """The imports of the list."""
    pages = pages_of(asked, lambda page: import_list(actor, page), _import, language)
    return Export(
        noun="import",
        name="imports",
        title=say(language, "nav.imports"),
        headings=headings_of((*_IMPORT, *_COUNTS, *_ENDS), language),
        pages=pages,
    )


def _import(row: ImportListed, language: Language) -> Row:
    counts = (row.added, row.changed, row.unchanged, row.faulty)
    return (
        row.file_name,
        say(language, f"import_noun.{row.noun.value}"),
        row.who,
        row.created_at,
        say(language, f"import_state.{row.state.value}"),
        *((None,) * len(counts) if row.state in _UNCOUNTED else counts),
        row.written_at,
        row.undone_at,
    )
