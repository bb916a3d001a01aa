"""Makes clean copies of one photo. Runs as a script, in a process of its own with hard limits: the
bytes come from outside, and decoders have had holes. Photo on standard input; on standard output
one line of JSON and then the copies.
"""

import io
import json
import resource
import sys
import warnings
from typing import BinaryIO

# WebP is named to be known to `open`, which would otherwise load all of its forty formats.
from PIL import Image, WebPImagePlugin  # noqa: F401
from PIL.Image import Resampling, Transpose

MEMORY = 512 * 1024 * 1024
CPU_SECONDS = 10
OPEN_FILES = 64
MOST_PIXELS = 50_000_000
"""Largest picture decoded: a file of ten kilobytes can claim far more."""

FORMATS = ("JPEG", "PNG", "WEBP")
COPIES = (("evidence", 1280, 82), ("print", 960, 78), ("thumb", 320, 75))
"""Name, longest side in pixels, JPEG quality; the largest first."""

TOO_MANY_PIXELS = "photo.too_many_pixels"
TOO_COSTLY = "photo.too_costly"
BROKEN = "photo.broken"

VISIBLE_STEP = 3
"""Of 256 greys: less is noise of the encoder."""

FEWEST_STEPS = 10
"""A bare wall looks like every other bare wall."""

_ORIENTATION = 0x0112
_TURNS = {
    2: Transpose.FLIP_LEFT_RIGHT,
    3: Transpose.ROTATE_180,
    4: Transpose.FLIP_TOP_BOTTOM,
    5: Transpose.TRANSPOSE,
    6: Transpose.ROTATE_270,
    7: Transpose.TRANSVERSE,
    8: Transpose.ROTATE_90,
}
_SIDEWAYS = {
    Transpose.TRANSPOSE,
    Transpose.ROTATE_270,
    Transpose.TRANSVERSE,
    Transpose.ROTATE_90,
}


class Unusable(Exception):
    """No clean copy can be made; the reason is a code of the catalogues."""


def limit() -> None:  # pragma: no cover - what it does cannot be undone: tested in a process apart
    """Give this process little memory, little time, and no files to write."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    # A signal that names the reason first, the one nobody survives a little later.
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 5))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))


def main(source: BinaryIO, target: BinaryIO) -> None:
    """Clean what comes in; say what came of it."""
    try:
        (width, height), copies = clean(source.read())
        head: dict[str, object] = {"width": width, "height": height}
        head["likeness"] = likeness_of(Image.open(io.BytesIO(copies[-1])))
        head["sizes"] = [len(copy) for copy in copies]
    except Unusable as fault:
        head, copies = {"refused": str(fault)}, []
    target.write(json.dumps(head).encode() + b"\n" + b"".join(copies))
    target.flush()


def clean(content: bytes) -> tuple[tuple[int, int], list[bytes]]:
    """Size of the picture as it is looked at, and its copies. Raises Unusable."""
    Image.MAX_IMAGE_PIXELS = None  # our own limit is lower and has a sentence
    warnings.simplefilter("ignore")
    try:
        return _cleaned(content)
    except Unusable:
        raise
    except MemoryError:
        raise Unusable(TOO_COSTLY) from None
    except Exception:  # noqa: BLE001  a decoder fed with hostile bytes may raise anything
        raise Unusable(BROKEN) from None


def _cleaned(content: bytes) -> tuple[tuple[int, int], list[bytes]]:
    image: Image.Image = Image.open(io.BytesIO(content), formats=FORMATS)
    width, height = image.size
    if width * height > MOST_PIXELS:
        raise Unusable(TOO_MANY_PIXELS)
    turn = _turn(image)
    longest = COPIES[0][1]
    # JPEG can be decoded at a half, a quarter or an eighth; other formats ignore the request.
    image.draft("RGB", (longest, longest))
    image = _resizable(image)
    image.thumbnail((longest, longest), Resampling.LANCZOS, reducing_gap=2.0)
    image = _opaque(image)
    if turn is not None:
        image = image.transpose(turn)
    # Only these bytes go on: a new picture that has never met the file it came from.
    fresh = Image.frombytes("RGB", image.size, image.tobytes())
    upright = (height, width) if turn in _SIDEWAYS else (width, height)
    return upright, [_encoded(fresh, side, quality) for _, side, quality in COPIES]


def likeness_of(picture: Image.Image) -> str:
    """128 bits in hexadecimal: where in a coarse copy it gets darker to the right, and downwards.
    Sizes, encodings and small cuts change few of them. Empty for what has too little in it.
    """
    grey = picture.convert("L")
    across = grey.resize((9, 8), Resampling.BOX).tobytes()
    down = grey.resize((8, 9), Resampling.BOX).tobytes()
    darker = [across[9 * y + x] - across[9 * y + x + 1] for y in range(8) for x in range(8)]
    darker += [down[8 * y + x] - down[8 * y + x + 8] for y in range(8) for x in range(8)]
    bits = "".join("1" if step >= VISIBLE_STEP else "0" for step in darker)
    return f"{int(bits, 2):032x}" if bits.count("1") >= FEWEST_STEPS else ""


def _turn(image: Image.Image) -> Transpose | None:
    """How the picture must be turned to stand upright."""
    try:
        return _TURNS.get(image.getexif().get(_ORIENTATION, 1))
    except Exception:  # noqa: BLE001  broken metadata does not spoil the picture
        return None


def _resizable(image: Image.Image) -> Image.Image:
    """The picture in a mode that can be made smaller well."""
    if image.mode.startswith("I"):
        # Sixteen bits of grey: the upper eight are what can be seen.
        return image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if image.mode == "P":
        return image.convert("RGBA")
    return image if image.mode in {"RGB", "RGBA", "L", "LA"} else image.convert("RGB")


def _opaque(image: Image.Image) -> Image.Image:
    """The picture without transparency, on white."""
    if not image.mode.endswith("A"):
        return image.convert("RGB")
    paper = Image.new("RGB", image.size, "white")
    paper.paste(image.convert("RGB"), mask=image.getchannel("A"))
    return paper


def _encoded(fresh: Image.Image, longest: int, quality: int) -> bytes:
    copy = fresh.copy()
    copy.thumbnail((longest, longest), Resampling.LANCZOS)
    encoded = io.BytesIO()
    copy.save(encoded, "JPEG", quality=quality, optimize=True, subsampling="4:2:0")
    return encoded.getvalue()


if __name__ == "__main__":  # pragma: no cover - only ever true in the process apart
    limit()
    main(sys.stdin.buffer, sys.stdout.buffer)
