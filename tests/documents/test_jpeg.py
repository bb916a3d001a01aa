"""A JPEG on its way into a document keeps its pixels and loses everything else."""

import io
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from inspection.documents.jpeg import NotJpeg, bare
from tests.documents.notices import jpeg

CANARY = b"CANARY-2026-11-18T14:05-Li-Ming"


def encoded(**options) -> bytes:
    out = io.BytesIO()
    Image.open(io.BytesIO(jpeg(1))).save(out, "JPEG", quality=72, **options)
    return out.getvalue()


def pixels(photo: bytes) -> bytes:
    return Image.open(io.BytesIO(photo)).tobytes()


def exif() -> Image.Exif:
    tags = Image.Exif()
    tags[0x010F] = CANARY.decode()
    tags[0x0112] = 6
    return tags


STUFFED = {
    "exif": lambda: encoded(exif=exif()),
    "icc": lambda: encoded(icc_profile=CANARY * 10),
    "comment": lambda: encoded(comment=CANARY),
    "xmp": lambda: encoded(xmp=CANARY),
    "tail": lambda: encoded() + CANARY,
    "thumbnail in JFIF": lambda: jfif_with(CANARY),
}


def jfif_with(payload: bytes) -> bytes:
    plain = encoded()
    length = int.from_bytes(plain[4:6], "big")
    segment = plain[6 : 4 + length] + payload
    return plain[:4] + (len(segment) + 2).to_bytes(2, "big") + segment + plain[4 + length :]


@pytest.mark.parametrize("where", STUFFED)
def test_what_was_written_beside_the_pixels_is_gone(where):
    photo = STUFFED[where]()
    assert CANARY in photo
    stripped = bare(photo)
    assert CANARY not in stripped
    assert pixels(stripped) == pixels(photo)


@pytest.mark.parametrize(
    "options", [{}, {"progressive": True}, {"restart_marker_blocks": 8}, {"subsampling": 0}]
)
def test_every_way_of_coding_keeps_its_pixels(options):
    photo = encoded(**options)
    assert pixels(bare(photo)) == pixels(photo)


def test_a_clean_copy_passes_unchanged():
    assert bare(bare(encoded())) == bare(encoded())


def test_grey_and_four_colour_pictures_keep_their_meaning():
    for mode in ("L", "CMYK"):
        out = io.BytesIO()
        Image.new(mode, (32, 24), 40 if mode == "L" else (9, 80, 7, 6)).save(out, "JPEG")
        assert pixels(bare(out.getvalue())) == pixels(out.getvalue())


@pytest.mark.parametrize(
    "fake",
    [
        b"",
        b"\xff\xd8\xff",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"\x89PNG\r\n\x1a\n" + bytes(40),
        b"GIF89a" + bytes(40),
        b"\xff\xd8\xff\xe0\x00\x01",
        b"\xff\xd8\xff\xe0\xff\xff" + bytes(20),
        b"\xff\xd8\xff\xff\xff\xff",
    ],
)
def test_anything_else_is_refused(fake):
    with pytest.raises(NotJpeg):
        bare(fake)


@given(st.integers(3, 20_000))
def test_a_truncated_photo_is_refused(length):
    with pytest.raises(NotJpeg):
        bare(jpeg(2)[:length])


@given(st.binary(max_size=200))
def test_no_bytes_hang_or_crash_it(rest):
    with suppress(NotJpeg):
        assert bare(b"\xff\xd8\xff" + rest).endswith(b"\xff\xd9")
