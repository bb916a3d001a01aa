"""Short notices and long ones, with few photos and many: every page whole, every number right."""

import re

import pytest

from tests.documents.notices import photos
from tests.documents.paper import page_of, page_texts, reader, shared

A4 = (595.28, 841.89)
SHAPES = [(0, 0), (1, 1), (3, 0), (3, 5), (6, 6), (8, 8), (8, 9), (12, 0), (24, 8), (24, 60)]


@pytest.fixture(scope="module", params=SHAPES, ids=lambda s: f"{s[0]} findings, {s[1]} photos")
def shaped(request, renderer):
    n, n_photos = request.param
    return n, n_photos, shared(renderer, n, n_photos)


def test_pages_break_where_a_reader_expects(shaped):
    _, n_photos, document = shaped
    pages = page_texts(document)
    sign_off = page_of(pages, "签发人")
    assert page_of(pages, "我部将组织复查") == sign_off
    assert page_of(pages, "申诉期间该项时限中止计算") == sign_off
    assert page_of(pages, "抄送：") == sign_off
    assert page_of(pages, "一、得分情况") == page_of(pages, "失分合计") == 0
    if n_photos:
        assert page_of(pages, "三、现场照片") == page_of(pages, "存证" + next(iter(photos(1)))[:12])
    annex_pages = len({number for number, page in enumerate(pages) if number > sign_off}) - len(
        [page for page in pages if "整改回执·" in page]
    )
    assert (annex_pages > 0) == (n_photos > 8)
    assert page_of(pages, "对应通知：") == sign_off + annex_pages + 1


def test_the_reply_is_signed_under_the_lines_it_is_about(shaped):
    n, _, document = shaped
    signed = [page for page in page_texts(document) if "门店负责人（签字、盖章）" in page]
    assert [len(re.findall(r"KC-[VFM]-0\d", page)) >= min(n, 3) for page in signed] == [True]


def test_few_findings_leave_room_for_the_first_demands(renderer):
    pages = page_texts(shared(renderer, 1, 0))
    assert page_of(pages, "三、工作要求") == page_of(pages, "限期整改") == 0


def test_no_finding_is_split_over_two_pages(shaped):
    n, _, document = shaped
    tables = [
        page.partition("三、现场照片")[0] for page in page_texts(document) if "发现问题" in page
    ]
    codes = [len(re.findall(r"KC-[VFM]-0\d", table)) for table in tables]
    assert codes == [table.count("标准：") for table in tables]
    assert sum(codes) == n


def test_the_head_of_the_table_repeats_with_its_rows(shaped):
    _, _, document = shaped
    for page in page_texts(document):
        if "标准：" in page:
            assert "发现问题" in page


def test_every_photo_stands_with_its_caption(shaped):
    _, n_photos, document = shaped
    drawn = [
        len(re.findall(rb"/\S+ Do\b", p.get_contents().get_data())) for p in reader(document).pages
    ]
    captions = [page.count("存证") for page in page_texts(document)]
    assert drawn == captions
    assert sum(drawn) == n_photos


def test_pages_are_counted_on_a4(shaped):
    _, _, document = shaped
    pages = page_texts(document)
    assert len(pages) == document.pages == len(reader(document).pages)
    for number, page in enumerate(pages, 1):
        assert f"第{number}页/共{len(pages)}页" in page
    for page in reader(document).pages:
        size = (float(page.mediabox.width), float(page.mediabox.height))
        assert size == pytest.approx(A4, abs=0.1)


def test_nothing_was_warned_about_and_nothing_is_missing(shaped):
    _, _, document = shaped
    assert (document.warnings, document.missing) == ((), ())
