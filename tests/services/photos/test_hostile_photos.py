"""Files made to hurt: bombs, files that are two things, too little memory."""

import io
import json
import struct
import zlib

import pytest
from PIL import Image

from inspection.services.photos.photo_cleaning import Copies, Unusable, make_copies
from inspection.services.photos.photo_pixels import Unusable as NotClean
from inspection.services.photos.photo_pixels import clean, main
from tests.services.photos.made_pictures import (
    CANARY,
    PIXEL_MARKERS,
    markers_of,
    picture,
    saved,
    segment,
)
from tests.submissions import a_photo


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png_claiming(width, height, *chunks):
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IDAT", zlib.compress(b"\x00" * 10_000))
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + b"".join(chunks) + body + chunk(b"IEND", b"")
    )


def jpeg_claiming(width, height):
    content = a_photo()
    frame = content.index(b"\xff\xc0")
    return content[: frame + 5] + struct.pack(">HH", height, width) + content[frame + 9 :]


def png_with_bomb(kind):
    """Two hundred megabytes of nothing in two hundred kilobytes."""
    return png_claiming(9, 9, chunk(kind, b"a\x00\x00" + zlib.compress(b"\x00" * 200_000_000)))


def webp_of(width, height):
    return saved(Image.new("L", (width, height)), "WEBP", quality=1, method=0)


TOO_MANY, BROKEN, COSTLY = "photo.too_many_pixels", "photo.broken", "photo.too_costly"
HOSTILE = {
    "png of 10 gigapixels": (lambda: png_claiming(100_000, 100_000), {TOO_MANY}),
    "png just over the limit": (lambda: png_claiming(7072, 7072), {TOO_MANY}),
    "png without its pixels": (lambda: png_claiming(7000, 7000), {BROKEN}),
    "png of no size": (lambda: png_claiming(0, 10), {BROKEN}),
    "png with a text bomb": (lambda: png_with_bomb(b"zTXt"), {BROKEN}),
    "png with a profile bomb": (lambda: png_with_bomb(b"iCCP"), {BROKEN}),
    "jpeg of 4 gigapixels": (lambda: jpeg_claiming(65_535, 65_535), {TOO_MANY}),
    "webp that wants a gigabyte": (lambda: webp_of(16_383, 3_500), {TOO_MANY, COSTLY, BROKEN}),
    "jpeg cut in half": (lambda: a_photo(size=(640, 480))[:900], {BROKEN}),
    "png cut in half": (lambda: a_photo(size=(640, 480), kind="PNG")[:400], {BROKEN}),
    "webp cut in half": (lambda: a_photo(size=(640, 480), kind="WEBP")[:60], {BROKEN}),
    "only a head": (lambda: b"\xff\xd8\xff\xe0", {BROKEN}),
    "zeros after a head": (lambda: b"\xff\xd8\xff" + b"\x00" * 5000, {BROKEN}),
    "gif": (lambda: saved(picture(), "GIF"), {BROKEN}),
    "tiff": (lambda: saved(picture(), "TIFF"), {BROKEN}),
    "bmp": (lambda: saved(picture(), "BMP"), {BROKEN}),
    "ico": (lambda: saved(picture(), "ICO"), {BROKEN}),
    "jpeg 2000": (lambda: saved(picture(), "JPEG2000"), {BROKEN}),
    "pdf": (lambda: saved(picture(), "PDF"), {BROKEN}),
    "eps": (lambda: b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(x) run", {BROKEN}),
    "svg": (lambda: b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", {BROKEN}),
    "page": (lambda: b"<!DOCTYPE html><script>alert(1)</script>", {BROKEN}),
    "xbm": (lambda: b"#define x_width 9\n#define x_height 9\nchar x_bits[] = {0};", {BROKEN}),
    "zip": (lambda: b"PK\x03\x04" + b"\x00" * 100, {BROKEN}),
    "nothing": (lambda: b"", {BROKEN}),
    "heic": (lambda: b"\x00\x00\x00\x18ftypheic" + b"\x00" * 500, {BROKEN}),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_and_hurts_nobody(name):
    made, reasons = HOSTILE[name]
    outcome = make_copies(made())
    assert isinstance(outcome, Unusable), outcome
    assert outcome.reason in reasons


def moving(kind):
    return saved(picture(), kind, save_all=True, append_images=[picture().rotate(180)] * 40)


POLYGLOTS = {
    "jpeg and zip": lambda: a_photo() + b"PK\x03\x04" + CANARY,
    "jpeg and page": lambda: a_photo()[:2] + segment(0xFE, b"<script>") + a_photo()[2:],
    "jpeg and pdf": lambda: a_photo() + b"%PDF-1.7\n" + CANARY,
    "jpeg that claims more than it has": lambda: jpeg_claiming(700, 700),
    "png and page": lambda: a_photo(kind="PNG") + b"<html><script>" + CANARY,
    "webp and zip": lambda: a_photo(kind="WEBP") + b"PK\x03\x04" + CANARY,
    "moving png": lambda: moving("PNG"),
    "moving webp": lambda: moving("WEBP"),
    "two jpegs in one": lambda: moving("MPO"),
    "progressive jpeg": lambda: saved(picture(), "JPEG", progressive=True),
}


@pytest.mark.parametrize("name", POLYGLOTS)
def test_a_file_that_is_two_things_becomes_one_picture(name):
    copies = make_copies(POLYGLOTS[name]())
    assert isinstance(copies, Copies)
    for copy in (copies.evidence, copies.print, copies.thumb):
        assert markers_of(copy) == PIXEL_MARKERS
        assert b"script" not in copy
        assert CANARY not in copy


def test_the_largest_photo_we_take_fits_the_limits():
    copies = make_copies(saved(Image.new("RGB", (7000, 7000), "gray"), "JPEG"))
    assert isinstance(copies, Copies)
    assert (copies.width, copies.height) == (7000, 7000)


@pytest.mark.parametrize(
    ("content", "reason"), [(png_claiming(9000, 9000), TOO_MANY), (b"", BROKEN)]
)
def test_the_script_says_what_came_of_a_photo(content, reason):
    written = io.BytesIO()
    main(io.BytesIO(content), written)
    assert json.loads(written.getvalue()) == {"refused": reason}
    with pytest.raises(NotClean, match=reason):
        clean(content)


def test_the_script_writes_sizes_and_then_the_copies():
    written = io.BytesIO()
    main(io.BytesIO(a_photo()), written)
    line, _, rest = written.getvalue().partition(b"\n")
    head = json.loads(line)
    assert (head["width"], head["height"]) == (64, 48)
    assert sum(head["sizes"]) == len(rest)


def test_too_little_memory_is_told_from_a_broken_file(monkeypatch):
    def hungry(*_args, **_named):
        raise MemoryError

    monkeypatch.setattr(Image, "open", hungry)
    with pytest.raises(NotClean, match=COSTLY):
        clean(a_photo())
