"""An issue of the bulletin as HTML: a pure function of its snapshot and of the words on paper."""

from collections.abc import Mapping

from inspection.documents.notice import environment, worder
from inspection.documents.typography import full_width, latin, typeset
from inspection.domain.bulletins.bulletin_layout import laid_out
from inspection.domain.bulletins.bulletin_snapshot import BulletinSnapshot
from inspection.domain.bulletins.bulletin_words import written

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
            laid=laid_out(snapshot),
            frame="bulletin/frame.html.j2",
            w=lambda key, **facts: said(PREFIX + key, **facts),
            page_of=said("page_of", page="\x1f", pages="\x1f").split("\x1f"),
            cn=full_width if chinese else latin,
            **written(words),
        )
    )
    return typeset(page) if chinese else page
