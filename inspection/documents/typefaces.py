"""The bundled fonts: where they are, how documents are kept to them, what they cannot print."""

from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

FOLDER = Path(__file__).parent / "fonts"
NAMES = (
    "NoticeSans-Regular.ttf",
    "NoticeSans-Bold.ttf",
    "NoticeSerif-Regular.ttf",
    "NoticeSerif-Black.ttf",
)

_UNPRINTED = frozenset("\n\t\r\u200b")

_CONF = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
</fontconfig>
"""


def write_conf(folder: Path) -> Path:
    """Write a fontconfig file that knows the bundled fonts only, so that no host font leaks in."""
    conf = folder / "fonts.conf"
    conf.write_text(
        _CONF.format(fonts=escape(str(FOLDER)), cache=escape(str(folder / "cache"))),
        encoding="utf-8",
    )
    return conf


@cache
def printable() -> frozenset[int]:
    """Code points every bundled face can print."""
    # A third of a second, paid by those who ask.
    from fontTools.ttLib import TTFont

    faces = []
    for name in NAMES:
        with TTFont(FOLDER / name, lazy=True) as font:
            faces.append(frozenset(font.getBestCmap()))
    return frozenset.intersection(*faces)


def missing(text: str) -> tuple[str, ...]:
    """Characters of a text that would print as empty boxes, each once, in code point order."""
    return tuple(
        character
        for character in sorted(set(text) - _UNPRINTED)
        if ord(character) not in printable()
    )
