"""What was measured of rankings, and the tables it makes."""

from collections.abc import Callable, Sequence

import msgspec

from bench.databases import WORDS, Database
from bench.figures import median, number, table, times, within
from bench.history import Province
from bench.sizes import Sizes
from inspection.services.ranking_results import PAGE

FEW_ROUNDS = 2
GOAL_ROWS, GOAL_VIEW = 10.0, 60.0
GROWTH = 1.5
"""A page after twenty rounds may cost so many times what it cost after two; more is growth."""

LOOKS = {
    "first": "first page",
    "middle": "page in the middle",
    "branch": "first page of one branch",
}
VIEWS = ("regions beside each other", "items that cost most", "one store, all its rounds")


class Taken(msgspec.Struct):
    """CPU milliseconds of every turn, by what was done."""

    by_name: dict[str, list[float]] = msgspec.field(default_factory=dict)

    def add(self, name: str, milliseconds: float) -> None:
        """One turn."""
        self.by_name.setdefault(name, []).append(milliseconds)

    def of(self, name: str) -> float:
        """The median of all turns."""
        return median(self.by_name[name])


class Ranked(msgspec.Struct):
    """One database with its province, how its CPU is counted, and what was measured on it."""

    database: Database
    province: Province
    cpu: Callable[[], float]
    taken: Taken = msgspec.field(default_factory=Taken)


def pages_shown(ranked: Ranked, sizes: Sizes) -> str:
    """Pages, the export and the views beside hand-written SQL."""
    taken = ranked.taken
    rows = [_page_row(taken, place, words) for place, words in LOOKS.items()]
    ours, theirs = taken.of("export"), taken.of("export: windows")
    against = (number(theirs), times(ours, theirs), "")
    rows.append(("all stores as a file", number(ours), "", "", "", *against))
    rows += [
        (name, number(taken.of(name)), "", "", within(taken.of(name), GOAL_VIEW), "", "", "")
        for name in VIEWS
    ]
    web = number(taken.of("web page"))
    rows.append(("the web page over HTTP, with views", web, "", "", "", "", "", ""))
    title = (
        f"Rankings on {WORDS[ranked.database.engine]}: {sizes.ranked_stores:,} stores "
        f"x {sizes.rounds} rounds"
    )
    note = (
        f"Pages of {PAGE} rows with place overall and in the region, movement and gap, and above "
        "them figures counted over the whole round, which the SQL does not have. The rows were "
        f"compared and are the same. Median of {sizes.ranking_turns} turns."
    )
    return table(title, COLUMNS, rows, note)


COLUMNS = (
    *("CPU ms", "page", "its figures", "its rows", "goal"),
    *("SQL with windows", "page of SQL", "bare rows, no places"),
)


def _page_row(taken: Taken, place: str, words: str) -> tuple[str, ...]:
    page, figures = taken.of(f"{place}: page"), taken.of(f"{place}: figures")
    windows, alone = taken.of(f"{place}: windows"), taken.of(f"{place}: rows")
    return (
        *(words, number(page), number(figures), number(max(0.0, page - figures))),
        within(page - figures, GOAL_ROWS),
        *(number(windows), times(page, windows), number(alone)),
    )


def growth_shown(few: Sequence[Ranked], many: Sequence[Ranked], sizes: Sizes) -> str:
    """The same pages after two rounds and after all of them."""
    rows = []
    for short, long in zip(few, many, strict=True):
        for place, words in LOOKS.items():
            before, after = (each.taken.of(f"{place}: page") for each in (short, long))
            grown = (times(after, before), within(after / before, GROWTH))
            what = f"{WORDS[long.database.engine]}, {words}"
            rows.append((what, number(before), number(after), *grown))
    columns = ("CPU ms", f"{FEW_ROUNDS} rounds", f"{sizes.rounds} rounds", "growth", "goal")
    return table("Rankings as history grows", columns, rows)
