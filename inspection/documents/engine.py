"""The libraries and files a document is made of: are they here."""

import ctypes

import msgspec

from inspection.documents import typefaces

_LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    # Without it a notice takes two to six times as long, and WeasyPrint says so in a warning only.
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}
APT = "apt-get install -y " + " ".join(_LIBRARIES.values())


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


def _load(name: str) -> ctypes.CDLL | None:
    try:
        return ctypes.CDLL(name)
    except OSError:
        return None
