"""What the first bytes of a file say, and what a JPEG consists of."""

import io

import pytest
from PIL import Image

from inspection.domain.photos.jpeg_segments import foreign_parts
from inspection.domain.photos.photo import recognised
from inspection.domain.refusals import PhotoRefused
from tests.submissions import a_photo

CLEAN = a_photo()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_we_take_is_recognised(kind):
    assert recognised(a_photo(kind=kind)[:32]) == kind.lower()


@pytest.mark.parametrize("brand", ["heic", "heix", "mif1", "avif"])
def test_a_heic_photo_is_named_in_the_refusal(brand):
    with pytest.raises(PhotoRefused) as no:
        recognised(b"\x00\x00\x00\x18ftyp" + brand.encode() + b"\x00" * 20)
    assert [fault.code for fault in no.value.faults] == ["photo.heic"]


@pytest.mark.parametrize(
    "head",
    [
        b"",
        b"\xff\xd8",
        b"GIF89a" + b"\x00" * 26,
        b"BM",
        b"%!PS-Adobe",
        b"<svg xmlns",
        b"RIFF\x00\x00\x00\x00WAVE",
        b"\x00\x00\x00\x18ftypmp42",
        b"II*\x00",
        b"%PDF-1.7",
        b"PK\x03\x04",
        b"<!DOCTYPE html>",
    ],
)
def test_anything_else_is_refused(head):
    with pytest.raises(PhotoRefused) as no:
        recognised(head)
    assert [fault.code for fault in no.value.faults] == ["photo.format_unknown"]


def segment(marker, body):
    return b"\xff" + bytes([marker]) + (len(body) + 2).to_bytes(2) + body


def with_segment(marker, body):
    return CLEAN[:2] + segment(marker, body) + CLEAN[2:]


def test_a_fresh_picture_is_only_pixels():
    assert foreign_parts(CLEAN) == ()
    assert foreign_parts(a_photo(size=(640, 480), quality=95)) == ()


@pytest.mark.parametrize(
    ("jpeg", "parts"),
    [
        (with_segment(0xE1, b"Exif\x00\x00II*\x00"), ("segment E1",)),
        (with_segment(0xE2, b"ICC_PROFILE\x00"), ("segment E2",)),
        (with_segment(0xED, b"Photoshop 3.0\x00"), ("segment ED",)),
        (with_segment(0xFE, b"a comment"), ("segment FE",)),
        (with_segment(0xE0, b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x01\x01rgb"), ("segment E0",)),
        (CLEAN + b"trailing", ("bytes after the end",)),
        (CLEAN[:-2], ("no end of the picture",)),
        (CLEAN[:2], ("no picture",)),
        (CLEAN[:2] + b"\x00" + CLEAN[2:], ("no picture",)),
        (b"", ("not a JPEG",)),
        (a_photo(kind="PNG"), ("not a JPEG",)),
    ],
    ids=str,
)
def test_everything_else_in_a_jpeg_is_found(jpeg, parts):
    assert foreign_parts(jpeg) == parts


def test_a_second_scan_is_not_taken_for_pixels():
    written = io.BytesIO()
    Image.new("RGB", (64, 48)).save(written, "JPEG", progressive=True)
    assert "segment C2" in foreign_parts(written.getvalue())
    assert "no end of the picture" in foreign_parts(written.getvalue())
