"""A scorecard and its gaps as a table file."""

from inspection.domain.points import Hundredths
from inspection.domain.rankings.benchmark import Compared
from inspection.domain.table import Row, Table
from inspection.services.exports import points, points_lost
from inspection.services.rankings.scorecard_results import ScorecardPage
from inspection.wording import Language, say

COLUMNS = ("section", "full", "score", "lost", "theirs", "gap")


def scorecard_tables(page: ScorecardPage, language: Language) -> tuple[Table, Table]:
    """The gaps in the order of the page, and the card in the shape of the customer-club table."""
    headings = tuple(say(language, f"scorecard_table.{column}") for column in COLUMNS)
    titles = {column.section: column.title.of(language) for column in page.columns}
    lost = {cell.section: cell.lost for cell in page.card.sections}
    rows = [
        *(_gap(titles[line.section], line, lost.get(line.section)) for line in page.gaps),
        _gap(say(language, "result.sum"), page.whole, page.card.lost),
    ]
    return (
        Table(say(language, "scorecard.gaps"), headings, rows),
        Table(say(language, "result.table"), _heads(page, language), _card(page, language)),
    )


def _gap(title: str, line: Compared, lost: Hundredths | None) -> Row:
    return (
        title,
        points(line.full),
        points(line.ours),
        points_lost(lost),
        points(line.theirs),
        points(line.gap),
    )


def _heads(page: ScorecardPage, language: Language) -> tuple[str, ...]:
    sections = (column.title.of(language) for column in page.columns)
    return ("", *sections, say(language, "result.sum"))


def _card(page: ScorecardPage, language: Language) -> list[Row]:
    card = page.card
    cells = card.sections
    full = (*(cell.full for cell in cells), card.full)
    score = (*(cell.score for cell in cells), card.score)
    lost = (*(cell.lost for cell in cells), card.lost)
    return [
        (say(language, "result.full"), *map(points, full)),
        (say(language, "result.got"), *map(points, score)),
        (say(language, "result.lost"), *map(points_lost, lost)),
    ]
