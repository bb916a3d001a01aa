"""Stores of a ranking as they are printed: a store that says the same is not written out again."""

from functools import lru_cache
from typing import Literal

import msgspec
from markupsafe import Markup

from inspection.services.rankings.ranking_results import RankedStore, RankingColumn
from inspection.web.pages.rendering import fragment
from inspection.wording import Language

View = Literal["lost", "score"]

MOST_KEPT = 1000
"""Stores kept of one list: what is shown before is thrown away together, and rarely."""


class PrintedStore(msgspec.Struct, frozen=True):
    """A store as a line of the table, and as a card for a narrow screen."""

    line: Markup
    card: Markup


class Printer:
    """Prints the stores of lists with the same columns, in one language and one view."""

    def __init__(
        self,
        language: Language,
        view: View,
        columns: tuple[RankingColumn, ...],
        *,
        comparable: bool,
    ) -> None:
        self._language = language
        self._said = {"view": view, "columns": columns, "comparable": comparable}
        self._printed: dict[RankedStore, PrintedStore] = {}

    def printed(self, rows: tuple[RankedStore, ...]) -> list[PrintedStore]:
        """The stores in their order."""
        if len(self._printed) > MOST_KEPT:
            self._printed.clear()
        return [self._printed.get(row) or self._print(row) for row in rows]

    def _print(self, row: RankedStore) -> PrintedStore:
        said = {**self._said, "row": row}
        line = fragment(self._language, "_ranking_line.html", said)
        found = PrintedStore(line, fragment(self._language, "_ranking_card.html", said))
        self._printed[row] = found
        return found


@lru_cache(maxsize=24)
def printer(
    language: Language, view: View, columns: tuple[RankingColumn, ...], *, comparable: bool
) -> Printer:
    """The printer of such lists, with what it printed before."""
    return Printer(language, view, columns, comparable=comparable)
