"""The finished document: whole pages, real text, small files, nothing that gives anybody away."""

import hashlib
import re

import msgspec
import pytest
import segno

from inspection.documents.notice import Part
from inspection.documents.printed import Fault, Job, PressFailed
from tests.documents.notices import CATALOGUES, a_row, a_snapshot
from tests.documents.paper import (
    RECEIPT,
    embedded_fonts,
    page_of,
    page_texts,
    picture,
    printed,
    reader,
    shared,
)


def test_every_character_of_the_notice_can_be_copied_out(renderer):
    text = "".join(page_texts(shared(renderer, 6)))
    snapshot = a_snapshot(6)
    for said in (
        *(line.standard for line in snapshot.lines),
        *snapshot.demands,
        snapshot.number,
        snapshot.issuer,
        snapshot.cc,
        "甘移服整〔2026〕1号",
        "−10.5",
    ):
        assert re.sub(r"\s+", "", said) in text
    assert "\u200b" not in text


def test_the_fonts_are_the_bundled_ones_cut_down(renderer):
    fonts = embedded_fonts(shared(renderer, 6))
    assert len(fonts) == 4
    assert all(re.match(r"/[A-Z]{6}\+Notice", name) for name in fonts)
    assert all(0 < size < 150_000 for size in fonts.values())


@pytest.mark.parametrize(("n", "n_photos", "limit"), [(6, 0, 135), (12, 0, 140), (8, 8, 750)])
def test_the_file_is_small(renderer, n, n_photos, limit):
    assert len(shared(renderer, n, n_photos).pdf) <= limit * 1024


def test_the_file_is_archival_and_tagged(renderer):
    book = reader(shared(renderer, 1, 1))
    root = book.trailer["/Root"]
    xmp = root["/Metadata"].get_object().get_data().decode()
    assert re.search(r"pdfaid:part(=\"|>)3", xmp)
    assert re.search(r"pdfaid:conformance(=\"|>)A", xmp)
    assert root["/MarkInfo"]["/Marked"] is not False
    assert root["/Lang"] == "zh-CN"
    assert "/StructTreeRoot" in root
    assert "/EmbeddedFiles" not in root.get("/Names", {})
    assert b"/Interpolate true" not in shared(renderer, 1, 1).pdf


def test_metadata_holds_what_the_notice_says_and_its_own_date(renderer):
    info = reader(shared(renderer, 3)).metadata
    assert dict(info) == {
        "/Title": "服务质量整改通知书 甘移服整〔2026〕1号 云汀路客户俱乐部",
        "/Author": "陇原通信有限公司服务质量部",
        "/Subject": "2026年第四季度客户俱乐部暗访 · 云汀路客户俱乐部 · 得分 89.5 · 失分 −10.5",
        "/Keywords": "服务质量整改通知书, GS-LZ-0137, 2026-Q4",
        "/Creator": "Mingcha",
        "/Producer": "WeasyPrint 70.0",
        "/CreationDate": "D:20261119010000Z",
        "/ModDate": "D:20261119010000Z",
    }


def test_the_same_snapshot_gives_the_same_bytes(renderer):
    first, second = (printed(renderer, 3, 2) for _ in range(2))
    assert first.pdf == second.pdf
    assert first.sha256 == second.sha256 == hashlib.sha256(first.pdf).hexdigest()


def modules(document, page: int, box: tuple[int, int, int, int], count: int) -> list[list[int]]:
    """The modules of a printed QR code, read back from the pixels inside a box given in points."""
    dots = picture(document, page, dpi=288).point(lambda grey: 255 * (grey < 128))
    code = dots.crop(tuple(edge * 4 for edge in box))
    code = code.crop(code.getbbox())
    step = code.width / count
    centres = [int((n + 0.5) * step) for n in range(count)]
    return [[int(code.getpixel((x, y)) > 0) for x in centres] for y in centres]


def test_both_codes_read_back_from_the_pixels(renderer):
    document, snapshot = shared(renderer, 3), a_snapshot(3)
    for page, url, box in (
        (1, snapshot.verify_url, (484, 104, 540, 156)),
        (document.pages, snapshot.reply_url, (484, 66, 540, 119)),
    ):
        matrix = [list(row) for row in segno.make_qr(url, error="m").matrix]
        assert modules(document, page, box, len(matrix)) == matrix


def test_characters_that_cannot_print_are_listed(renderer):
    document = printed(renderer, 1, cc="𰻝面馆、𬭎店、甲")
    assert document.missing == ("𰻝",)


def line_ends(page, top: int, bottom: int) -> list[int]:
    """How far each line of text falls short of the right edge of the measure, in half points."""
    band = page.crop((112, top * 2, 1078, bottom * 2)).point(lambda grey: 255 * (grey < 150))
    ends, line = [], []
    for y in range(band.height):
        box = band.crop((0, y, band.width, y + 1)).getbbox()
        if box:
            line.append(box[2])
        elif line:
            ends.append(band.width - max(line))
            line = []
    return ends


def test_lines_of_chinese_end_flush(renderer):
    *full, last = line_ends(picture(shared(renderer, 6), 1, dpi=144), 190, 266)
    assert len(full) >= 3
    # A full-width mark at the end of a line carries half an em of white.
    assert all(short <= 14 for short in full)
    assert last > 100


@pytest.mark.parametrize("sections", [5, 12])
def test_the_score_table_takes_any_number_of_sections(renderer, sections):
    rows = tuple(a_row(f"第{n}项", 1000, None if n == 3 else 900) for n in range(sections))
    pages = page_texts(printed(renderer, 3, sections=rows))
    assert [page_of(pages[:1], f"第{n}项10") for n in range(sections)] == [0] * sections
    assert page_of(pages, "合计100") == 0


def test_every_part_and_language_prints(renderer):
    english = printed(renderer, 6, 5, (Part.RECEIPT, Part.STUB), language="en")
    pages = page_texts(english)
    assert (english.missing, english.warnings) == ((), ())
    assert page_of(pages[:-1], "Drafted byZhou Min") == page_of(pages, "We will inspect again")
    assert f"Page1of{english.pages}" in pages[0]
    assert page_of(pages, "Handed over by, on") == english.pages - 1


def test_an_unknown_language_is_refused(renderer):
    french = msgspec.structs.replace(a_snapshot(1), language="fr")
    with pytest.raises(PressFailed) as failed:
        renderer.print(Job(snapshot=french, parts=RECEIPT, photos={}))
    assert (failed.value.code, failed.value.permanent) == (Fault.LANGUAGE_UNKNOWN, True)


@pytest.mark.parametrize(
    ("name", "photo", "code"),
    [
        ("0" * 64, b"\xff\xd8\xff\xd9", Fault.PHOTO_ALTERED),
        (None, b"<svg><image href='file:///etc/passwd'/></svg>", Fault.PHOTO_NOT_JPEG),
        (None, b"\xff\xd8\xff" + bytes(3 * 1024 * 1024), Fault.PHOTO_TOO_LARGE),
    ],
)
def test_a_photo_that_is_not_what_it_says_is_refused(renderer, name, photo, code):
    name = name or hashlib.sha256(photo).hexdigest()
    job = Job(snapshot=a_snapshot(1, shas=[name]), parts=RECEIPT, photos={name: photo})
    with pytest.raises(PressFailed) as failed:
        renderer.print(job)
    assert (failed.value.code, failed.value.permanent) == (code, True)


def test_a_photo_that_was_not_handed_in_is_refused(renderer):
    job = Job(snapshot=a_snapshot(1, shas=["ab" * 32]), parts=RECEIPT, photos={})
    with pytest.raises(PressFailed) as failed:
        renderer.print(job)
    assert (failed.value.code, failed.value.detail) == (Fault.FETCH_DENIED, "photo:" + "ab" * 32)


def test_a_document_without_end_is_refused(renderer, monkeypatch):
    monkeypatch.setattr("inspection.documents.rendering.PAGES", 2)
    with pytest.raises(PressFailed) as failed:
        printed(renderer, 3)
    assert (failed.value.code, failed.value.permanent) == (Fault.TOO_MANY_PAGES, True)


def test_the_words_of_both_languages_can_all_be_printed(renderer):
    from inspection.documents.typefaces import missing

    for words in CATALOGUES.values():
        assert missing("".join(w for key, w in words.items() if key.startswith("paper."))) == ()
