"""Drawn stand-ins for evidence, every one a little different, kept as the cleaner keeps photos."""

import hashlib
import io
from datetime import datetime
from functools import cache
from random import Random

import msgspec
from PIL import Image, ImageEnhance

from inspection.cli.demo.words import HERE
from inspection.persistence.photos import photo_rows
from inspection.persistence.photos.photo_rows import CleanCopies
from inspection.services.photos.photo_pixels import clean
from inspection.services.tools import Tools


class DemoPhoto(msgspec.Struct, frozen=True):
    """A photo as a manifest lists it."""

    sha256: str
    size: int
    width: int
    height: int


class _Print(msgspec.Struct, frozen=True):
    photo: DemoPhoto
    content: bytes


def take(random: Random, picture: str) -> _Print:
    """Photograph a scene: a slightly other frame and light each time."""
    scene = _scene(picture)
    width, height = scene.size
    cut = random.randint(2, 28)
    frame = scene.crop((cut, random.randint(0, cut), width - random.randint(0, cut), height - cut))
    lit = ImageEnhance.Brightness(frame).enhance(random.uniform(0.86, 1.1))
    file = io.BytesIO()
    lit.save(file, "JPEG", quality=80)
    content = file.getvalue()
    digest = hashlib.sha256(content).hexdigest()
    return _Print(DemoPhoto(digest, len(content), lit.width, lit.height), content)


async def keep(tools: Tools, taken: _Print, account: str, at: datetime) -> None:
    """Store a photo and its clean copies, as sending and cleaning it would."""
    photo = taken.photo
    await tools.photos.sealed.put(photo.sha256, taken.content)
    (width, height), copies = clean(taken.content)
    digests = [hashlib.sha256(copy).hexdigest() for copy in copies]
    for digest, copy in zip(digests, copies, strict=True):
        await tools.photos.put(digest, copy)
    await photo_rows.note_arrival(photo.sha256, account, photo.size, at)
    evidence, print_, thumb = digests
    await photo_rows.note_clean(
        photo.sha256,
        CleanCopies(
            width=width,
            height=height,
            evidence_sha256=evidence,
            print_sha256=print_,
            thumb_sha256=thumb,
        ),
    )


@cache
def _scene(picture: str) -> Image.Image:
    with Image.open(HERE / "pictures" / f"{picture}.jpg") as image:
        return image.convert("RGB").resize((640, 480))
