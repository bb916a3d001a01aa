"""The editions of a notice: void, sealed, in place of another."""

import hashlib
import io

import msgspec
import pytest
from PIL import Image
from pypdf import PdfReader

from inspection.documents.notice import Stamp, html
from inspection.documents.printed import Fault, Job, PressFailed
from tests.documents.notices import CATALOGUES, a_snapshot


def test_a_void_edition_has_a_cover_and_the_word_on_every_page(renderer):
    snapshot = a_snapshot()
    plain = renderer.print(Job(snapshot=snapshot, parts=(), photos={}))
    stamp = Stamp(on="2026年11月22日", reason="门店名称有误")
    void = renderer.print(Job(snapshot=snapshot, parts=(), photos={}, stamp=stamp))
    assert void.pages == plain.pages + 1
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(void.pdf)).pages]
    assert "门店名称有误" in pages[0].replace("\n", "")
    assert all("作废" in page for page in pages)
    assert void.missing == ()


def test_a_seal_is_printed_once_and_only_the_one_the_notice_names(renderer):
    image = io.BytesIO()
    Image.new("RGBA", (60, 60), (200, 0, 0, 120)).save(image, format="PNG")
    seal = image.getvalue()
    snapshot = msgspec.structs.replace(a_snapshot(), seal=hashlib.sha256(seal).hexdigest())
    printed = renderer.print(Job(snapshot=snapshot, parts=(), photos={}, seal=seal))
    images = [image for page in PdfReader(io.BytesIO(printed.pdf)).pages for image in page.images]
    assert len({image.name for image in images}) == 1
    with pytest.raises(PressFailed) as failed:
        renderer.print(Job(snapshot=snapshot, parts=(), photos={}, seal=b"another"))
    assert failed.value.code is Fault.SEAL_ALTERED


def test_a_notice_that_stands_in_for_another_says_so_on_paper():
    snapshot = msgspec.structs.replace(a_snapshot(), replaces="甘移服整〔2026〕1号")
    assert "替代" in html(snapshot, CATALOGUES["zh-CN"])
