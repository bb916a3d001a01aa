"""The libraries and files a document is made of: are they here, and which ones are they."""

import ctypes
import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

import msgspec

from inspection.documents import typefaces

_LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    # Without it a notice takes two to six times as long, and WeasyPrint says so in a warning only.
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
APT = "apt-get install -y " + " ".join(_LIBRARIES.values())
_ROOM = Path(__file__).parent


class Problem(msgspec.Struct, frozen=True, kw_only=True):
    """Something that keeps the press from working; `code` has a sentence, filled with the rest."""

    code: str
    name: str
    remedy: str


def ready() -> tuple[Problem, ...]:
    """Everything missing for printing, with the line that installs it; empty when all is well."""
    libraries = (
        Problem(code="press.library_missing", name=name, remedy=APT)
        for name in _LIBRARIES
        if _load(name) is None
    )
    fonts = (
        Problem(code="press.font_missing", name=name, remedy=str(typefaces.FOLDER))
        for name in typefaces.NAMES
        if not (typefaces.FOLDER / name).is_file()
    )
    return (*libraries, *fonts)


@cache
def identity() -> str:
    """Which engine lays out: a new release may move a line, so it belongs in the cache key."""
    packages = [f"{name} {version(name)}" for name in ("weasyprint", "pydyf", "fonttools", "segno")]
    pango = _version("libpango-1.0.so.0", "pango_version_string")
    harfbuzz = _version("libharfbuzz.so.0", "hb_version_string")
    return ", ".join([*packages, f"pango {pango}", f"harfbuzz {harfbuzz}"])


@cache
def recipe() -> str:
    """SHA-256 over this room's code, templates and stylesheets, and the fonts."""
    total = hashlib.sha256()
    for path in sorted(_ROOM.rglob("*")):
        if path.suffix in {".py", ".j2", ".css"}:
            total.update(path.relative_to(_ROOM).as_posix().encode() + b"\0" + path.read_bytes())
    total.update(typefaces.digest().encode())
    return total.hexdigest()


def _load(name: str) -> ctypes.CDLL | None:
    try:
        return ctypes.CDLL(name)
    except OSError:
        return None


def _version(library: str, function: str) -> str:
    loaded = _load(library)
    if loaded is None:
        return "missing"
    asked = getattr(loaded, function)
    asked.restype = ctypes.c_char_p
    text: bytes = asked()
    return text.decode()
