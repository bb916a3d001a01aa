"""Nothing but pixels leaves the cleaner, whatever goes in."""

import io

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from inspection.services.photos.photo_cleaning import Copies, make_copies
from inspection.services.photos.photo_pixels import COPIES, clean
from tests.services.photos.made_pictures import (
    CANARY,
    PIXEL_MARKERS,
    markers_of,
    picture,
    saved,
    segment,
)
from tests.submissions import a_photo


def exif_with(orientation=1):
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010E] = CANARY.decode()
    exif[0x010F] = CANARY.decode()
    exif.get_ifd(0x8825).update({1: "N", 2: (36.0, 3.0, 1.0), 29: CANARY.decode()})
    exif.get_ifd(0x8769).update({0x927C: CANARY * 3, 0x9286: CANARY})
    return exif.tobytes()


def icc():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return profile + CANARY


def jpeg_full_of_secrets():
    plain = saved(
        picture(),
        "JPEG",
        exif=exif_with(),
        xmp=b"<x:xmpmeta>" + CANARY + b"</x:xmpmeta>",
        icc_profile=icc(),
        comment=CANARY,
    )
    parts = segment(0xED, b"Photoshop 3.0\x00" + CANARY) + segment(0xEE, b"Adobe" + CANARY)
    parts += segment(0xE5, CANARY) + segment(0xFE, CANARY)
    return plain[:2] + parts + plain[2:] + CANARY + b"PK\x03\x04" + CANARY


def png_full_of_secrets():
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", CANARY.decode())
    text.add_text("Author", CANARY.decode() * 50, zip=True)
    text.add_itxt("XML:com.adobe.xmp", CANARY.decode())
    text.add(b"prVt", CANARY)
    return saved(picture(), "PNG", pnginfo=text, exif=exif_with(), icc_profile=icc()) + CANARY


def webp_full_of_secrets():
    secrets = {"exif": exif_with(), "xmp": b"<x>" + CANARY + b"</x>", "icc_profile": icc()}
    return saved(picture(), "WEBP", **secrets) + CANARY


@pytest.mark.parametrize(
    "secret", [jpeg_full_of_secrets, png_full_of_secrets, webp_full_of_secrets]
)
def test_no_secret_of_the_file_reaches_a_copy(secret):
    content = secret()
    assert CANARY in content
    copies = make_copies(content)
    assert isinstance(copies, Copies)
    for copy in (copies.evidence, copies.print, copies.thumb):
        assert CANARY not in copy
        assert b"Exif" not in copy
        assert markers_of(copy) == PIXEL_MARKERS
        assert copy.index(b"\xff\xd9") == len(copy) - 2
        with Image.open(io.BytesIO(copy)) as opened:
            assert set(opened.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


@pytest.mark.parametrize(
    ("size", "sides"),
    [((4032, 3024), (1280, 960, 320)), ((3024, 4032), (1280, 960, 320)), ((100, 50), (100,) * 3)],
)
def test_copies_have_the_sides_their_use_needs(size, sides):
    (width, height), copies = clean(saved(Image.new("RGB", size), "JPEG"))
    assert (width, height) == size
    for copy, side in zip(copies, sides, strict=True):
        with Image.open(io.BytesIO(copy)) as opened:
            assert max(opened.size) == side
            assert abs(opened.width / opened.height - width / height) < 0.02
    assert [name for name, *_ in COPIES] == ["evidence", "print", "thumb"]


UNTURNED = {
    1: [],
    2: [Image.Transpose.FLIP_LEFT_RIGHT],
    3: [Image.Transpose.ROTATE_180],
    4: [Image.Transpose.FLIP_TOP_BOTTOM],
    5: [Image.Transpose.TRANSPOSE],
    6: [Image.Transpose.ROTATE_90],
    7: [Image.Transpose.TRANSVERSE],
    8: [Image.Transpose.ROTATE_270],
}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", UNTURNED)
def test_a_picture_stands_upright_however_the_phone_was_held(orientation, kind):
    turned = picture()
    for turn in UNTURNED[orientation]:
        turned = turned.transpose(turn)
    (width, height), copies = clean(saved(turned, kind, exif=exif_with(orientation)))
    assert (width, height) == (64, 48)
    with Image.open(io.BytesIO(copies[0])) as upright:
        assert upright.size == (64, 48)
        corner, right, below = (upright.getpixel(at) for at in ((4, 4), (60, 4), (32, 40)))
    assert corner[1] > 90 > corner[0]
    assert right[0] > 200
    assert below[2] > 200


def test_broken_metadata_does_not_spoil_a_picture():
    content = a_photo()
    torn = content[:2] + segment(0xE1, b"Exif\x00\x00MM\x00\x2a\xff\xff\xff\xff" * 3) + content[2:]
    size, _ = clean(torn)
    assert size == (64, 48)
    odd = PngImagePlugin.PngInfo()
    odd.add_text("Raw profile type exif", "\nexif\n      4\nno hexadecimal")
    size, _ = clean(saved(picture(), "PNG", pnginfo=odd))
    assert size == (64, 48)


@pytest.mark.parametrize("mode", ["L", "LA", "P", "RGBA", "1", "I;16"])
def test_every_sort_of_png_becomes_a_colour_picture(mode):
    drawn = picture(mode="L").convert(mode) if mode == "I;16" else picture(mode=mode)
    _, copies = clean(saved(drawn, "PNG"))
    with Image.open(io.BytesIO(copies[0])) as opened:
        assert opened.mode == "RGB"


@pytest.mark.parametrize("mode", ["L", "CMYK"])
def test_every_sort_of_jpeg_becomes_a_colour_picture(mode):
    _, copies = clean(saved(picture(mode=mode), "JPEG"))
    with Image.open(io.BytesIO(copies[0])) as opened:
        assert opened.mode == "RGB"


def test_transparency_becomes_white_paper():
    glass = Image.new("RGBA", (64, 48), (0, 0, 0, 0))
    _, copies = clean(saved(glass, "PNG"))
    with Image.open(io.BytesIO(copies[0])) as opened:
        assert min(opened.getpixel((32, 24))) > 250


def test_sixteen_bits_of_grey_keep_their_shade():
    grey = Image.new("I;16", (64, 48), 0x8000)
    _, copies = clean(saved(grey, "PNG"))
    with Image.open(io.BytesIO(copies[0])) as opened:
        assert abs(opened.getpixel((32, 24))[0] - 128) <= 2
