"""Makes the image of a seal anew, so that nothing but its pixels is kept. Runs as a script, in a
process of its own like the cleaner of photos: image on standard input, PNG on standard output, and
nothing at all when it is no image.
"""

import io
import sys
import warnings
from typing import BinaryIO

from PIL import Image, PngImagePlugin  # noqa: F401  makes it known to `open`

MOST_PIXELS = 4_000_000
SIDE = 600
"""Pixels a seal is printed with: 40 mm at 380 dpi."""


def main(source: BinaryIO, target: BinaryIO) -> None:
    """Read one image, write what is left of it."""
    pixels = _pixels(source.read())
    if pixels is None:
        return
    pixels.thumbnail((SIDE, SIDE))
    fresh = Image.new("RGBA", pixels.size)
    fresh.paste(pixels)
    fresh.save(target, format="PNG", optimize=True)


def _pixels(image: bytes) -> Image.Image | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found: Image.Image = Image.open(io.BytesIO(image), formats=("PNG",))
            if found.width * found.height > MOST_PIXELS:
                return None
            return found.convert("RGBA")
    except Exception:  # noqa: BLE001  a decoder fed with hostile bytes may raise anything
        return None


if __name__ == "__main__":  # pragma: no cover - only ever true in the process apart
    main(sys.stdin.buffer, sys.stdout.buffer)
