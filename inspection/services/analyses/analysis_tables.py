"""How the tables of analyses are put together: their name and headings in a reader's language."""

from collections.abc import Iterable

from inspection.domain.table import Row, Table
from inspection.wording import Language, say


def analysis_table(
    name: str, headings: Iterable[str], rows: Iterable[Row], language: Language
) -> Table:
    """The table of the analysis `name`, below headings that are words already."""
    return Table(say(language, f"analysis.{name}"), tuple(headings), list(rows))


def headings_of(columns: Iterable[str], language: Language) -> list[str]:
    """What columns are called."""
    return [say(language, f"analysis_table.{column}") for column in columns]
