"""Photo files as phones and people produce them, sound and unsound."""

import io
from pathlib import Path
from typing import NamedTuple

from PIL import Image

ORIENTATION = 0x0112
CORNERS = ((220, 30, 30), (30, 160, 30), (30, 30, 220), (230, 200, 30))
"""Red and green above, blue and yellow below, when the photo is upright."""

UPRIGHT = (1800, 1200)

# How the camera held the upright picture, by the orientation it wrote down: what undoes the turn.
_HELD = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def upright(grey: int) -> Image.Image:
    """Four corners of four colours; another grey in the middle is another photo."""
    width, height = UPRIGHT
    picture = Image.new("RGB", UPRIGHT)
    for place, colour in enumerate(CORNERS):
        left, top = (place % 2) * width // 2, (place // 2) * height // 2
        picture.paste(colour, (left, top, left + width // 2, top + height // 2))
    picture.paste(
        (grey,) * 3, (width // 2 - 90, height // 2 - 90, width // 2 + 90, height // 2 + 90)
    )
    return picture


def turned(folder: Path, orientation: int) -> Path:
    """The upright picture as a camera held that way stores it."""
    turn = _HELD[orientation]
    photo = upright(grey=orientation * 25)
    held = photo if turn is None else photo.transpose(turn)
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    path = folder / f"turned-{orientation}.jpg"
    held.save(path, quality=92, exif=exif)
    return path


def picture(size: tuple[int, int] = (900, 600), kind: str = "JPEG", shade: int = 90) -> bytes:
    """A sound picture; another shade is another one."""
    written = io.BytesIO()
    Image.new("RGB", size, (shade * 29 % 256, shade * 83 % 256, 140)).save(written, kind)
    return written.getvalue()


def a_png_claiming(width: int, height: int) -> bytes:
    """A small file whose header promises far more pixels than it has."""
    sound = picture((8, 8), "PNG")
    return sound[:16] + width.to_bytes(4) + height.to_bytes(4) + sound[24:]


class Unsound(NamedTuple):
    """Bytes no photo can be made of, and the words that say so."""

    content: bytes
    words: str


UNSOUND = {
    "empty.jpg": Unsound(b"", "文件是空的"),
    "letter.jpg": Unsound("不是照片".encode(), "不是照片文件"),
    "drawing.svg": Unsound(b'<svg xmlns="http://www.w3.org/2000/svg"/>', "不是照片文件"),
    "moving.gif": Unsound(picture((40, 40), "GIF"), "不是照片文件"),
    "IMG_2.heic": Unsound(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(400), "这是 HEIC 照片"),
    "cut.jpg": Unsound(picture()[:-900], "损坏或不完整"),
    "cut.png": Unsound(picture(kind="PNG")[:-40], "损坏或不完整"),
    "cut.webp": Unsound(picture(kind="WEBP")[:-40], "损坏或不完整"),
    "bomb.png": Unsound(a_png_claiming(30_000, 30_000), "像素太多"),
}
