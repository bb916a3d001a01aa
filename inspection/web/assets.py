"""The files of `static/`, held in memory: compressed once, with a tag per encoding."""

import gzip
import hashlib
import mimetypes
from functools import cache, cached_property
from pathlib import Path

import brotli

from inspection.web.slimming import slim_script, slim_style

STATIC = Path(__file__).resolve().parents[2] / "static"

_SMALL = 300
_LARGE = 200_000
"""Bytes from which the last tenth of compression would keep others waiting for a second or two."""
_SLIMMED = {".js": slim_script, ".css": slim_style}
_AS_WRITTEN = frozenset({"sw.js"})
"""Marks in its comments say where the server fills something in."""

_TEXT = (
    "text/",
    "application/javascript",
    "application/json",
    "application/manifest",
    "application/vnd.mingcha.pack",
    "image/svg",
)
_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".svg": "image/svg+xml",
    ".webmanifest": "application/manifest+json",
    ".pack": "application/vnd.mingcha.pack",
    ".woff2": "font/woff2",
}


class Asset:
    """One file as it is sent: its bytes by encoding, and a tag for each."""

    def __init__(self, name: str, content: bytes) -> None:
        self.content = content
        self.media_type = _media_type(name)
        self.digest = hashlib.sha256(content).hexdigest()[:16]

    @cached_property
    def encoded(self) -> dict[str, bytes]:
        """The bytes by encoding, best first. Compressed at the first question."""
        found = {"": self.content}
        if len(self.content) >= _SMALL and self.media_type.startswith(_TEXT):
            zipped = gzip.compress(self.content, mtime=0)
            best = brotli.compress(self.content, quality=11 if len(self.content) < _LARGE else 9)
            found = {"br": best, "gzip": zipped, **found}
        return found

    def tag(self, encoding: str) -> str:
        """The strong tag of these bytes in this encoding."""
        return f'"{self.digest}-{encoding}"' if encoding else f'"{self.digest}"'


@cache
def read_assets(folder: Path = STATIC) -> dict[str, Asset]:
    """Every file below the folder by its path, but for notes to developers. Read once."""
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {
        name: Asset(name, _content(name, path))
        for path in paths
        if not (name := path.relative_to(folder).as_posix()).endswith((".d.ts", ".md"))
    }


def _content(name: str, path: Path) -> bytes:
    content = path.read_bytes()
    slim = None if name in _AS_WRITTEN else _SLIMMED.get(path.suffix)
    return slim(content.decode()).encode() if slim else content


def _media_type(name: str) -> str:
    suffix = Path(name).suffix
    return _TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
