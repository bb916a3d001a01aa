"""What was measured of rankings, and the tables it makes."""

from collections.abc import Sequence

import msgspec

from bench.accounting import Counter
from bench.databases import WORDS, Database
from bench.figures import median, number, table, times, within
from bench.history import Province
from bench.sizes import Sizes
from inspection.services.rankings.ranking_results import PAGE

FEW_ROUNDS = 2
GOAL_PAGE, GOAL_VIEW = 10.0, 60.0
GROWTH = 1.5
"""A page after twenty rounds may cost so many times what it cost after two; more is growth."""

LOOKS = {
    "first": "first page",
    "middle": "page in the middle",
    "branch": "first page of one branch",
}
VIEWS = (
    "ranking with all around it",
    *("regions beside each other", "items that cost most", "one store, all its rounds"),
    *("cities ranked", "counties ranked", "scorecard and gaps of a store", "items lost"),
    *("trend", "spread", "repetitions", "early warning"),
    *("units by sections", "self checks beside visits", "index of methods", "calibration"),
)

WEB = {
    "web page": "the web page over HTTP, with views",
    "known page": "the same when the browser has it: 304",
}


class Taken(msgspec.Struct):
    """CPU milliseconds of every turn, by what was done."""

    by_name: dict[str, list[float]] = msgspec.field(default_factory=dict)

    def add(self, name: str, milliseconds: float) -> None:
        """One turn."""
        self.by_name.setdefault(name, []).append(milliseconds)

    def of(self, name: str) -> float:
        """The median of all turns."""
        return median(self.by_name[name])

    def page(self, place: str) -> float:
        """A page when nothing has changed."""
        return self.of(f"{place}: page")

    def after_change(self, place: str) -> float:
        """A page right after a visit was published, without what publishing costs."""
        spent = self.of(f"{place}: event and page") - self.of(f"{place}: event")
        return max(self.page(place), spent)


class Ranked(msgspec.Struct):
    """One database with its province, how its CPU is counted, and what was measured on it."""

    database: Database
    province: Province
    counters: tuple[Counter, ...]
    taken: Taken = msgspec.field(default_factory=Taken)


def pages_shown(ranked: Ranked, sizes: Sizes) -> str:
    """Pages, the export and the views beside hand-written SQL."""
    taken = ranked.taken
    rows = [_page_row(taken, place, words) for place, words in LOOKS.items()]
    ours, theirs = taken.of("export"), taken.of("export: windows")
    against = (number(theirs), times(ours, theirs), "")
    rows.append(("all stores as a file", number(ours), "", "", *against))
    rows += [
        (name, number(taken.of(name)), "", within(taken.of(name), GOAL_VIEW), "", "", "")
        for name in VIEWS
    ]
    for name, words in WEB.items():
        rows.append((words, number(taken.of(name)), *[""] * (len(COLUMNS) - 2)))
    title = (
        f"Rankings on {WORDS[ranked.database.engine]}: {sizes.ranked_stores:,} stores "
        f"x {sizes.rounds} rounds"
    )
    note = (
        f"Pages of {PAGE} rows with place overall and in the region, movement and gap, and above "
        "them figures counted over the whole round, which the SQL does not have. After a change: "
        "a visit of that list was published before every page, and the goal judges that. The rows "
        f"were compared and are the same. Median of {sizes.ranking_turns} turns."
    )
    return table(title, COLUMNS, rows, note)


COLUMNS = (
    *("CPU ms", "page", "after a change", "goal"),
    *("SQL with windows", "page of SQL", "bare rows, no places"),
)


def _page_row(taken: Taken, place: str, words: str) -> tuple[str, ...]:
    page, after = taken.page(place), taken.after_change(place)
    windows, alone = taken.of(f"{place}: windows"), taken.of(f"{place}: rows")
    return (
        *(words, number(page), number(after), within(after, GOAL_PAGE)),
        *(number(windows), times(after, windows), number(alone)),
    )


def first_shown(many: Sequence[Ranked]) -> str:
    """What each view costs a process that has just started."""
    rows = []
    for name in VIEWS:
        taken = [ranked.taken.of(f"{name}: first look") for ranked in many]
        rows.append((name, *map(number, taken), within(max(taken), GOAL_VIEW)))
    engines = (WORDS[ranked.database.engine] for ranked in many)
    note = (
        "The first question a process is asked: nothing is known yet, and its connections are new. "
        "The goal is that of views."
    )
    return table("First looks", ("CPU ms", *engines, "goal"), rows, note)


def size_shown(small: Sequence[Ranked], many: Sequence[Ranked], sizes: Sizes) -> str:
    """Pages and views of a smaller province and of the whole one."""
    rows = []
    for less, more in zip(small, many, strict=True):
        what = {f"{place}: page": words for place, words in LOOKS.items()}
        for name, words in (what | {name: name for name in VIEWS}).items():
            before, after = (each.taken.of(name) for each in (less, more))
            said = f"{WORDS[more.database.engine]}, {words}"
            rows.append((said, number(before), number(after), times(after, before)))
    stores = (f"{count:,} stores" for count in (sizes.fewer_stores, sizes.ranked_stores))
    columns = ("CPU ms", *stores, "growth")
    return table("Rankings as the province grows", columns, rows)


def growth_shown(few: Sequence[Ranked], many: Sequence[Ranked], sizes: Sizes) -> str:
    """The same pages after two rounds and after all of them, and right after a change."""
    rows = []
    for short, long in zip(few, many, strict=True):
        for place, words in LOOKS.items():
            what = f"{WORDS[long.database.engine]}, {words}"
            rows += [
                _grown(what, short.taken.page(place), long.taken.page(place)),
                _grown(
                    f"{what}, after a change",
                    short.taken.after_change(place),
                    long.taken.after_change(place),
                ),
            ]
    columns = ("CPU ms", f"{FEW_ROUNDS} rounds", f"{sizes.rounds} rounds", "growth", "goal")
    return table("Rankings as history grows", columns, rows)


def _grown(what: str, before: float, after: float) -> tuple[str, ...]:
    grown = (times(after, before), within(after / before, GROWTH))
    return (what, number(before), number(after), *grown)
