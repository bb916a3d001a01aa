"""An issue of the bulletin as HTML: a pure function of its snapshot and of the words on paper."""

from collections.abc import Callable, Mapping

from inspection.documents.notice import WORDS, environment, worder
from inspection.documents.typography import full_width, latin, typeset
from inspection.domain import deadline, points
from inspection.domain.bulletins.bulletin_snapshot import BulletinSnapshot
from inspection.domain.points import Hundredths

PREFIX = "bulletin."


def html(snapshot: BulletinSnapshot, words: Mapping[str, str]) -> str:
    """The whole document: the same text for the same arguments, to the character."""
    chinese = snapshot.language.startswith("zh")
    said = worder(words)
    page = (
        environment()
        .get_template("bulletin.html.j2")
        .render(
            b=snapshot,
            w=lambda key, **facts: said(PREFIX + key, **facts),
            page_of=said("page_of", page="\x1f", pages="\x1f").split("\x1f"),
            cn=full_width if chinese else latin,
            on_day=lambda day: deadline.on_day(day, words),
            at_hour=lambda at: deadline.at_hour(at, words),
            score=_shown(points.total),
            loss=_shown(points.loss),
            plain=_shown(points.plain),
            moved=lambda places: _moved(places, words),
            changed=lambda change, comparable: _changed(change, words, comparable=comparable),
        )
    )
    return typeset(page) if chinese else page


def _shown(word: Callable[[int], str]) -> Callable[[Hundredths | None], str]:
    return lambda value: "—" if value is None else word(value)


def _moved(places: int | None, words: Mapping[str, str]) -> str:
    if places is None:
        return "—"
    if places == 0:
        return words[f"{WORDS}{PREFIX}same"]
    return f"{'↑' if places > 0 else '↓'} {abs(places)}"


def _changed(change: Hundredths | None, words: Mapping[str, str], *, comparable: bool) -> str:
    if change is None:
        return "—"
    unit = "" if comparable else words[f"{WORDS}{PREFIX}points_of_percent"]
    return points.signed(change) + unit
