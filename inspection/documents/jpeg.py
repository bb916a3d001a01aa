"""A JPEG cut down to what its pixels need, so that nothing a camera wrote can reach a document."""

_KEPT = frozenset({0xC0, 0xC1, 0xC2, 0xC4, 0xDA, 0xDB, 0xDD, 0xE0, 0xEE})
"""Frame, tables, scans, restart interval, JFIF and Adobe colour marks."""
_STANDALONE = frozenset({0x01, *range(0xD0, 0xD8)})
_SOI, _EOI, _SOS, _APP0 = 0xD8, 0xD9, 0xDA, 0xE0
_JFIF_BARE = 16


class NotJpeg(ValueError):
    """The bytes are not a JPEG from its first marker to its last."""


def bare(photo: bytes) -> bytes:
    """The same picture, bit for bit, without EXIF, XMP, ICC, comments, thumbnails or a tail."""
    if photo[:3] != b"\xff\xd8\xff":
        raise NotJpeg
    kept = bytearray(photo[:2])
    at = 2
    while True:
        marker, start = _marker(photo, at)
        if marker == _EOI:
            return bytes(kept + b"\xff\xd9")
        end = start if marker in _STANDALONE else start + _length(photo, start)
        if marker == _SOS:
            end = _scan_end(photo, end)
        if marker in _KEPT and not (marker == _APP0 and end - start != _JFIF_BARE):
            kept += b"\xff" + bytes([marker]) + photo[start:end]
        at = end


def _marker(photo: bytes, at: int) -> tuple[int, int]:
    """The marker at `at`, past its fill bytes, and where its segment starts."""
    if photo[at : at + 1] != b"\xff":
        raise NotJpeg
    while photo[at : at + 1] == b"\xff":
        at += 1
    if at >= len(photo) or photo[at] in (0x00, _SOI):
        raise NotJpeg
    return photo[at], at + 1


def _length(photo: bytes, start: int) -> int:
    length = int.from_bytes(photo[start : start + 2], "big")
    if length < 2 or start + length > len(photo):
        raise NotJpeg
    return length


def _scan_end(photo: bytes, at: int) -> int:
    """Where entropy-coded data ends: at the next marker that is no restart and no stuffed byte."""
    while True:
        at = photo.find(b"\xff", at)
        if at < 0 or at + 1 >= len(photo):
            raise NotJpeg
        if photo[at + 1] != 0x00 and photo[at + 1] not in _STANDALONE:
            return at
        at += 2
