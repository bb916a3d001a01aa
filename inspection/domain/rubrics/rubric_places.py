"""Where each value of a TOML text stands, so that a fault can name its line.

The standard parser forgets lines. This scanner runs only on texts that parser has accepted, so it
need not judge, only walk: headers, keys, arrays and inline tables, recording the line of each.
"""

import re
import tomllib
from bisect import bisect_right

Path = tuple[str | int, ...]
Places = dict[Path, int]

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_KEY = re.compile(r"""[A-Za-z0-9_-]+|"(?:[^"\\]|\\.)*"|'[^']*'""")
_STRING = re.compile(
    r'"""(?:\\.|[^\\])*?"""(?!")'
    r"|'''.*?'''(?!')"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'",
    re.DOTALL,
)
_SCALAR = re.compile(r"[^,\]}\n#]+")


def places(text: str) -> Places:
    """The line of every table, key and array element of a valid TOML text, counted from 1."""
    return _Scanner(text).walk()


def line_of(found: Places, path: Path) -> int:
    """The line of a path, or of the nearest thing around it: a missing key has no line."""
    while path and path not in found:
        path = path[:-1]
    return found.get(path, 1)


def shown(path: Path) -> str:
    """A path as people read it: sections[2].items[4].full."""
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return "".join(parts).removeprefix(".")


class _Scanner:
    """One walk over one text; `here` is the next character, `table` the header in force."""

    def __init__(self, text: str) -> None:
        # The parser reads CRLF as one line end; so does the count below, by its LF.
        self.text = text
        self.here = 0
        self.table: Path = ()
        self.last: dict[Path, int] = {}
        self.found: Places = {}
        self.ends = [index for index, character in enumerate(text) if character == "\n"]

    def walk(self) -> Places:
        self._skip(_BLANK)
        while self.here < len(self.text):
            if self._next("[["):
                self._header(array=True)
            elif self._next("["):
                self._header(array=False)
            else:
                self._pair(self.table)
            self._skip(_BLANK)
        return self.found

    def _header(self, *, array: bool) -> None:
        line = self._line()
        self.here += 2 if array else 1
        *above, name = self._key()
        self.here += 2 if array else 1
        path: Path = ()
        for part in above:
            path = self._newest((*path, part))
            self.found.setdefault(path, line)
        path = (*path, name)
        if array:
            self.last[path] = self.last.get(path, -1) + 1
            self.found.setdefault(path, line)
            path = (*path, self.last[path])
        self.table = path
        self.found.setdefault(path, line)

    def _newest(self, path: Path) -> Path:
        return (*path, self.last[path]) if path in self.last else path

    def _pair(self, table: Path) -> None:
        line = self._line()
        path = table
        for part in self._key():
            path = (*path, part)
            self.found.setdefault(path, line)
        self.here += 1
        self._skip(_SPACE)
        self._value(path)

    def _key(self) -> list[str]:
        parts: list[str] = []
        while True:
            self._skip(_SPACE)
            parts.append(_bare(self._take(_KEY)))
            self._skip(_SPACE)
            if not self._next("."):
                return parts
            self.here += 1

    def _value(self, path: Path) -> None:
        if self._next("["):
            self._array(path)
        elif self._next("{"):
            self._inline(path)
        elif self._next('"') or self._next("'"):
            self._take(_STRING)
        else:
            self._take(_SCALAR)

    def _array(self, path: Path) -> None:
        index = 0
        self._open()
        while not self._next("]"):
            self.found[(*path, index)] = self._line()
            self._value((*path, index))
            index += 1
            self._comma()
        self.here += 1

    def _inline(self, path: Path) -> None:
        self._open()
        while not self._next("}"):
            self._pair(path)
            self._comma()
        self.here += 1

    def _open(self) -> None:
        self.here += 1
        self._skip(_BLANK)

    def _comma(self) -> None:
        self._skip(_BLANK)
        if self._next(","):
            self._open()

    def _next(self, mark: str) -> bool:
        return self.text.startswith(mark, self.here)

    def _skip(self, pattern: re.Pattern[str]) -> None:
        self._take(pattern)

    def _take(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.text, self.here)
        if match is None:
            msg = f"not the TOML the parser accepted, at character {self.here}"
            raise ValueError(msg)
        self.here = match.end()
        return match[0]

    def _line(self) -> int:
        return bisect_right(self.ends, self.here - 1) + 1


def _bare(key: str) -> str:
    if key[0] not in "\"'":
        return key
    return str(tomllib.loads(f"key = {key}")["key"])
