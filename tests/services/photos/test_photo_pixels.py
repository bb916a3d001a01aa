"""Nothing but pixels leaves the cleaner, whatever goes in."""

import io
import json
import struct
import zlib

import pytest
from PIL import Image, ImageCms, PngImagePlugin

from inspection.services.photos.photo_cleaning import Copies, Unusable, make_copies
from inspection.services.photos.photo_pixels import COPIES, clean, main
from inspection.services.photos.photo_pixels import Unusable as NotClean
from tests.submissions import a_photo

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


def segment(marker, body):
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body


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


def markers_of(jpeg):
    """Every marker up to the pixels, by a reader of our own."""
    found, at = [jpeg[1]], 2
    while jpeg[at + 1] != 0xDA:
        found.append(jpeg[at + 1])
        at += 2 + struct.unpack(">H", jpeg[at + 2 : at + 4])[0]
    return [*found, jpeg[at + 1]]


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
