"""A store through its rounds as a table file: a row for each round, and its sections beside."""

from inspection.domain.table import Row, Table
from inspection.services.exports import points, points_lost
from inspection.services.rankings.ranking_results import StoreResults, StoreRound
from inspection.services.rankings.store_repeats import StoreRepeats
from inspection.wording import Language, say

ROUNDS = (
    *("round", "name", "score", "full", "lost", "rank", "ranked", "region_rank"),
    *("visits", "change", "mean", "note"),
)
AGAIN = ("item", "title")
SECTIONS = ("round", "name", "section", "full", "score", "lost")


def store_tables(found: StoreResults, language: Language) -> tuple[Table, Table, Table]:
    """The rounds in the order of the page, the latest first, every section of each, and what was
    lost again and again.
    """
    return (
        Table(
            say(language, "store_page.rounds"),
            _said(ROUNDS, language),
            [_round(each, language) for each in found.rounds],
        ),
        Table(
            say(language, "store_table.sections"),
            _said(SECTIONS, language),
            [row for each in found.rounds for row in _sections(each, language)],
        ),
        _again(found.repeats, language),
    )


def _again(found: StoreRepeats, language: Language) -> Table:
    codes = tuple(each.code for each in found.rounds)
    return Table(
        say(language, "store_page.again"),
        (*_said(AGAIN, language), *codes, say(language, "store_page.again_times")),
        [
            (each.item, each.title.of(language.value), *map(points_lost, each.lost), each.times)
            for each in found.items
        ],
    )


def _said(columns: tuple[str, ...], language: Language) -> tuple[str, ...]:
    return tuple(say(language, f"store_table.{column}") for column in columns)


def _round(row: StoreRound, language: Language) -> Row:
    return (
        row.round.code,
        row.round.name.of(language.value),
        points(row.score),
        points(row.full),
        None if row.score is None else points_lost(row.lost),
        row.rank,
        row.ranked,
        row.region_rank,
        row.visits,
        points(row.change),
        points(row.mean),
        say(language, "ranking_table.vetoed") if row.vetoed else "",
    )


def _sections(row: StoreRound, language: Language) -> list[Row]:
    titles = {column.section: column.title.of(language.value) for column in row.columns}
    return [
        (
            row.round.code,
            row.round.name.of(language.value),
            titles.get(cell.section, cell.section),
            points(cell.full),
            points(cell.score),
            points_lost(cell.lost),
        )
        for cell in row.sections
    ]
