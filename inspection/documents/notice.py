"""The notice as HTML: a pure function of its snapshot and of the words on the form."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path

import jinja2
import msgspec
from markupsafe import Markup, escape

from inspection.documents import qr
from inspection.documents.typography import full_width, latin, typeset
from inspection.domain.notices.notice import NoticeLine, NoticeSnapshot
from inspection.shipped import shipped

TEMPLATES = Path(__file__).parent / "templates"
PAPERS = shipped("papers")
WORDS = "paper."
"""Prefix of the catalogue keys printed here."""

PAIRED = 8
"""Photos shown two to a row beside the findings; further ones go three to a row to an annex."""
PHOTO_LIMIT = 60
_BARE = 9
_IN_CAPTION, _IN_FORM = {True: 34, False: 70}, {True: 28, False: 60}
"""Characters of a problem shown in a caption and in a form, in Chinese or not."""
_MARK, _DUE = Markup('<span class="em">{}</span>'), Markup('<b class="nw">{}</b>')


class Part(StrEnum):
    """Sheets added to the notice itself on demand."""

    RECEIPT = "receipt"
    STUB = "stub"


class Stamp(msgspec.Struct, frozen=True, kw_only=True):
    """What is printed over a notice that counts no more: when it was made void, and why."""

    on: str
    reason: str


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """A photo as the template shows it, with the number of its problem."""

    figure: int
    sha256: str
    no: int
    severity: str
    item: str
    caption: str


def html(
    snapshot: NoticeSnapshot,
    words: Mapping[str, str],
    parts: tuple[Part, ...] = (Part.RECEIPT,),
    stamp: Stamp | None = None,
) -> str:
    """The whole document: the same text for the same arguments, to the character."""
    chinese = snapshot.language.startswith("zh")
    figures = _figures(snapshot, _IN_CAPTION[chinese])
    template = environment().get_template("notice.html.j2")
    page = template.render(
        n=snapshot,
        parts=parts,
        stamp=stamp,
        paired=figures[:PAIRED],
        annexed=figures[PAIRED:PHOTO_LIMIT],
        unprinted=max(0, len(figures) - PHOTO_LIMIT),
        counted=sum(1 for line in snapshot.lines if line.severity != "hint"),
        w=worder(words),
        cn=full_width if chinese else latin,
        mark=_MARK.format,
        due=_DUE.format,
        photos_of=_photos_of,
        gist=_gist,
        in_form=_IN_FORM[chinese],
        verify_qr=qr.svg(snapshot.verify_url, words["paper.qr_verify"]),
        reply_qr=qr.svg(snapshot.reply_url, words["paper.qr_reply"]),
    )
    return typeset(page) if chinese else page


def _figures(snapshot: NoticeSnapshot, limit: int) -> tuple[Figure, ...]:
    return tuple(
        Figure(
            figure=photo.figure,
            sha256=photo.sha256,
            no=line.no,
            severity=line.severity,
            item=line.item,
            caption=photo.caption or _gist(line, limit),
        )
        for line in snapshot.lines
        for photo in line.photos
    )


def worder(words: Mapping[str, str]) -> Callable[..., Markup]:
    """Words of the form by their key, with facts in them, escaped."""

    def worded(key: str, **facts: object) -> Markup:
        # The sentence is escaped first; Markup.format then escapes every fact it is given.
        sentence = Markup(escape(words[WORDS + key]))  # noqa: S704  escaped right here
        return sentence.format(**facts) if facts else sentence

    return worded


def _photos_of(line: NoticeLine) -> str:
    if not line.photos:
        return ""
    first, last = line.photos[0].figure, line.photos[-1].figure
    return str(first) if first == last else f"{first}–{last}"


def _gist(line: NoticeLine, limit: int) -> str:
    """The problem in a few words, for a caption or a form field; a bare verdict names its item."""
    text = line.problem
    if len(text) < _BARE:
        text = f"{line.item_title} · {text}"
    return text if len(text) <= limit else text[: limit - 1].rstrip("，、；： ,;:") + "…"


def compile_templates() -> None:
    """Compile every template now rather than with the first notice."""
    known = environment()
    for name in known.list_templates(extensions=["j2"]):
        known.get_template(name)


@cache
def environment() -> jinja2.Environment:
    """The templates of every document."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader([TEMPLATES, PAPERS]),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        # A deployed template never changes under a running worker.
        auto_reload=False,
    )
