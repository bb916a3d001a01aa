"""Degrees as people write them, kept as whole millionths."""

import re

LATITUDE, LONGITUDE = 90, 180
"""The largest number of degrees of each."""

_DEGREES = re.compile(r"(-?)([0-9]{1,3})(?:\.([0-9]{1,6}))?", re.ASCII)
_MILLION = 1_000_000


def degrees_e6(text: str, most: int) -> int | None:
    """Read "36.061"; None for what is no number of degrees up to `most`."""
    form = _DEGREES.fullmatch(text)
    if form is None:
        return None
    sign, whole, part = form.groups()
    size = int(whole) * _MILLION + int(((part or "") + "000000")[:6])
    return None if size > most * _MILLION else (-size if sign else size)


def degrees_text(e6: int | None) -> str:
    """The same written: "36.061"; empty for none."""
    if e6 is None:
        return ""
    whole, part = divmod(abs(e6), _MILLION)
    text = f"{whole}.{part:06}".rstrip("0").rstrip(".")
    return f"-{text}" if e6 < 0 else text
