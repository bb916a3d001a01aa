"""Pictures made for tests, honest and otherwise."""

import io
import struct

from PIL import Image

CANARY = b"CANARY-13800138000"
PIXEL_MARKERS = [0xD8, 0xE0, 0xDB, 0xDB, 0xC0, 0xC4, 0xC4, 0xC4, 0xC4, 0xDA]


def picture(size=(64, 48), mode="RGB"):
    """Red above, blue below, a green corner top left: no two turns of it look alike."""
    drawn = Image.new("RGB", size, "red")
    drawn.paste("blue", (0, size[1] // 2, size[0], size[1]))
    drawn.paste("green", (0, 0, size[0] // 4, size[1] // 4))
    return drawn.convert(mode)


def saved(image, kind, **save):
    written = io.BytesIO()
    image.save(written, kind, **save)
    return written.getvalue()


def segment(marker, body):
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body


def markers_of(jpeg):
    """Every marker up to the pixels, by a reader of our own."""
    found, at = [jpeg[1]], 2
    while jpeg[at + 1] != 0xDA:
        found.append(jpeg[at + 1])
        at += 2 + struct.unpack(">H", jpeg[at + 2 : at + 4])[0]
    return [*found, jpeg[at + 1]]
