"""A store's sections beside the columns they are shown in."""

from collections.abc import Sequence

from inspection.services.rankings.ranking_results import RankingColumn, SectionCell

Beside = list[tuple[RankingColumn, SectionCell | None]]


def beside(columns: Sequence[RankingColumn], cells: Sequence[SectionCell]) -> Beside:
    """Every column with the store's result in it. A visit scored by another version of the rubric
    may lack a section, or have one no column knows.
    """
    found = {cell.section: cell for cell in cells}
    return [(column, found.get(column.section)) for column in columns]


def lost_in(columns: Sequence[RankingColumn], cells: Sequence[SectionCell]) -> Beside:
    """The columns the store lost something in."""
    return [(column, cell) for column, cell in beside(columns, cells) if cell and cell.lost]
