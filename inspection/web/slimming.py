"""Scripts and styles as they travel: without comments, indentation and empty lines.

Source is written for people and sent as it is; only what a browser skips anyway stays at home.
"""

import re
from collections.abc import Iterator

_TEMPLATE = re.compile(r"(?:[^`\\$]|\\.|\$(?!\{))*(?:`|\$\{)", re.DOTALL)
_TOKEN = re.compile(
    r"""(?P<space>\s+)
    |(?P<note>//[^\n]*|/\*.*?\*/)
    |(?P<text>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')
    |(?P<run>[^\s"'`/{}]+(?:[ ][^\s"'`/{}]+)*)
    |(?P<sign>.)""",
    re.DOTALL | re.VERBOSE,
)
_LAST_WORD = re.compile(r"[\w$]*$")
_PATTERN = re.compile(r"/(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/\w*")
_STYLE = re.compile(r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|/\*.*?\*/|\s+""", re.DOTALL)

_BEFORE_PATTERN = frozenset(
    ("return", "typeof", "case", "in", "of", "delete", "void", "throw", "else", "do", "await")
)
_AFTER_VALUE = frozenset(")]}")
_LICENCE = re.compile(r"/\*(?:!|.*@license)", re.DOTALL)


def slim_script(source: str) -> str:
    """The same script token by token; licence notes stay."""
    return "".join(_joined(_pieces(source))).lstrip()


def slim_style(source: str) -> str:
    """The same style sheet; strings stay as they are, every other gap is one blank."""
    return _STYLE.sub(lambda found: found[1] or " ", source).strip() + "\n"


def _joined(pieces: Iterator[str]) -> Iterator[str]:
    """Gaps that touch are one: a line break if any of them had one, as semicolons depend on it."""
    gap = ""
    for piece in pieces:
        if not piece.isspace():
            yield gap + piece
            gap = ""
        elif piece == "\n" or not gap:
            gap = piece
    yield gap


def _pieces(source: str) -> Iterator[str]:
    """What is kept, in order; a gap is a blank or a line break."""
    place, previous, depths = 0, "", [0]
    while place < len(source):
        found = _next(source, place, previous)
        place, piece = found.end(), found[0]
        if found.lastgroup in ("space", "note") and not _LICENCE.match(piece):
            yield "\n" if "\n" in piece else " "
            continue
        previous = piece
        if piece == "`" or (piece == "}" and depths[-1] == 0 and len(depths) > 1):
            if piece == "}":
                depths.pop()
            rest = _TEMPLATE.match(source, place)
            end = rest.end() if rest else len(source)
            piece, place = piece + source[place:end], end
            if piece.endswith("${"):
                depths.append(0)
                previous = "{"
        else:
            depths[-1] += {"{": 1, "}": -1}.get(piece, 0)
        yield piece


def _last_word(piece: str) -> str:
    found = _LAST_WORD.search(piece)
    return found[0] if found else ""


def _next(source: str, place: int, previous: str) -> re.Match[str]:
    """The next token; a slash begins a pattern where no value came before."""
    if source[place] == "/" and source[place + 1 : place + 2] not in ("/", "*"):
        value = previous[-1:] in _AFTER_VALUE or re.match(r"[\w$\"'`]", previous[-1:])
        pattern = _PATTERN.match(source, place)
        if pattern and (not value or _last_word(previous) in _BEFORE_PATTERN):
            return pattern
    found = _TOKEN.match(source, place)
    if found is None:  # pragma: no cover - the last branch takes any sign
        raise ValueError(source[place])
    return found
