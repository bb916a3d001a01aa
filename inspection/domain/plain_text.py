"""Text as it may be stored, printed and named: no controls, no overrides of reading direction."""

import re

from inspection.domain.refusals import Refusal, TextUnprintable, Why

# C0 and C1 controls but tab and newline, which become spaces; the bidi controls; the BOM.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"
)
_SPACES = re.compile(r"[ \t\n\u2028\u2029]+")
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""Controls and overrides of reading direction: no name holds one on purpose. Marks that only help
a bidirectional text along are left out when it is printed, but not held against a name.
"""
_HALF = re.compile("[\ud800-\udfff]")


class TextTooLong(Refusal):
    """The text does not fit its place on paper: `field`, `limit`."""

    code = "notice.text_too_long"
    why = Why.INVALID


def plain(text: str, field: str, limit: int) -> str:
    """One line of printable text. Refuses what is too long rather than cut words somebody meant."""
    if half := _HALF.search(text):
        raise TextUnprintable(characters=f"U+{ord(half[0]):04X}")
    line = _SPACES.sub(" ", _UNSEEN.sub("", text)).strip()
    if len(line) > limit:
        raise TextTooLong(field=field, limit=limit)
    return line


def stem_of(text: str, otherwise: str) -> str:
    """The ASCII letters and digits of a code, for the name of a file; `otherwise` without any."""
    return "".join(each for each in text if each.isascii() and each.isalnum()) or otherwise
