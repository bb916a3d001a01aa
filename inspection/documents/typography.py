"""Chinese micro-typography on finished HTML, for what the layout engine does not do by itself."""

import re

from markupsafe import Markup, escape

_CLOSE, _OPEN = "，。、；：！？）》」』】〕”’", "（《「『【〔“‘"
_HAN = r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_BESIDE_HAN = re.compile(f"(?<={_HAN})[,;:?!()]|[,;:?!()](?={_HAN})")
_FULL_WIDTH = str.maketrans(",;:?!()", "，；：？！（）")
_STRAIGHT = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "…": "..."})
_TAGS = re.compile(r"(<[^>]*>)")
_PAIR = re.compile(f"([{_CLOSE}])(?=[{_CLOSE}{_OPEN}])")
_QUOTE_BREAK = re.compile(f"(?<={_HAN})(?=[“‘])|(?<=[”’])(?={_HAN})")
# Shorter texts fit one line; a span in every cell would only slow the layout.
_TAIL = re.compile(f"(?<=[^<>]{{10}})({_HAN}{{2}}[。；！？]?)(?=</(?:p|td|li|figcaption)>|<small)")
_ZERO_WIDTH_SPACE = "\u200b"


def full_width(text: str) -> Markup:
    """People's text, escaped; marks touching Chinese turn full-width, 10:30 and (A1) stay."""
    return escape(_BESIDE_HAN.sub(lambda mark: mark[0].translate(_FULL_WIDTH), text))


def latin(text: str) -> Markup:
    """People's text, escaped, for an English page: the fonts' curly quotes are as wide as a 字."""
    return escape(text.translate(_STRAIGHT))


def typeset(html: str) -> str:
    """Set the text nodes of `<body>`; tags and attributes stay as they are.

    1. The first of two adjacent full-width marks (》、 ”。 ），) shrinks to half width (`halt`).
    2. A line may break beside a curly quote next to Chinese: Pango 1.50 never does, which leaves
       lines four to six characters short. U+200B leaves no trace in extracted text.
    3. No single character stands alone on the last line of a paragraph.
    """
    head, body_tag, body = html.partition("<body>")
    body = _TAIL.sub(r'<span class="nw">\1</span>', body)
    parts = _TAGS.split(body)
    parts[::2] = [_set(text) for text in parts[::2]]
    return head + body_tag + "".join(parts)


def _set(text: str) -> str:
    return _PAIR.sub(r'<span class="half">\1</span>', _QUOTE_BREAK.sub(_ZERO_WIDTH_SPACE, text))
