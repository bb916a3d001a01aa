"""What a JPEG file consists of, so that anything but pixels can be found in it."""

import re

# Frame, Huffman tables, quantisation tables, restart interval: a baseline picture needs no more.
_PICTURE = frozenset({0xC0, 0xC4, 0xDB, 0xDD})
_SCAN, _JFIF = 0xDA, 0xE0
# JFIF, version, density and a thumbnail of no pixels.
_BARE_JFIF = re.compile(rb"JFIF\x00.{7}\x00\x00", re.DOTALL)
# In the pixels FF is followed by zero or by the number of a restart; anything else is a marker.
_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7]", re.DOTALL)
_END = b"\xff\xd9"


def foreign_parts(jpeg: bytes) -> tuple[str, ...]:
    """All in a baseline JPEG that is neither pixels nor how to read them; () for a clean one."""
    if not jpeg.startswith(b"\xff\xd8"):
        return ("not a JPEG",)
    found: list[str] = []
    at = 2
    while jpeg[at : at + 1] == b"\xff":
        marker, length = jpeg[at + 1], int.from_bytes(jpeg[at + 2 : at + 4])
        body, at = jpeg[at + 4 : at + 2 + length], at + 2 + length
        if marker == _SCAN:
            return (*found, *_after_pixels(jpeg, at))
        if marker not in _PICTURE and not (marker == _JFIF and _BARE_JFIF.fullmatch(body)):
            found.append(f"segment {marker:02X}")
    return (*found, "no picture")


def _after_pixels(jpeg: bytes, at: int) -> tuple[str, ...]:
    end = _MARKER.search(jpeg, at)
    if end is None or end[0] != _END:
        return ("no end of the picture",)
    return ("bytes after the end",) if end.end() < len(jpeg) else ()
