"""An opinion on more time as HTML: a pure function of its snapshot and of the words on paper."""

from collections.abc import Mapping

from inspection.documents.notice import environment, worder
from inspection.documents.typography import full_width, latin, typeset
from inspection.domain.rectifications.opinion import OpinionSnapshot

PREFIX = "opinion."


def html(snapshot: OpinionSnapshot, words: Mapping[str, str]) -> str:
    """The whole document: the same text for the same arguments, to the character."""
    chinese = snapshot.language.startswith("zh")
    said = worder(words)
    page = (
        environment()
        .get_template("opinion.html.j2")
        .render(
            o=snapshot,
            w=lambda key, **facts: said(PREFIX + key, **facts),
            page_of=said("page_of", page="\x1f", pages="\x1f").split("\x1f"),
            cn=full_width if chinese else latin,
        )
    )
    return typeset(page) if chinese else page
