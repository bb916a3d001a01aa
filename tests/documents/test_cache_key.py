"""Two documents share a key only if their bytes are the same."""

import msgspec
import pytest

from inspection.documents import engine
from inspection.documents.cache_key import key
from inspection.documents.notice import Part
from tests.documents.notices import CATALOGUES, a_snapshot

ZH = CATALOGUES["zh-CN"]
RECEIPT = (Part.RECEIPT,)


def test_equal_facts_have_equal_keys():
    assert key(a_snapshot(), ZH, RECEIPT) == key(a_snapshot(), dict(ZH), RECEIPT)
    assert len(key(a_snapshot(), ZH, RECEIPT)) == 64


def test_another_word_of_the_notice_is_another_document():
    other = msgspec.structs.replace(a_snapshot(), cc="")
    assert key(other, ZH, RECEIPT) != key(a_snapshot(), ZH, RECEIPT)


def test_another_part_is_another_document():
    assert key(a_snapshot(), ZH, ()) != key(a_snapshot(), ZH, RECEIPT)


def test_only_the_printed_words_count():
    here = key(a_snapshot(), ZH, RECEIPT)
    assert key(a_snapshot(), {**ZH, "paper.title": "整改通知单"}, RECEIPT) != here
    assert key(a_snapshot(), {**ZH, "review.title": "审核"}, RECEIPT) == here


@pytest.mark.parametrize("part", ["identity", "recipe"])
def test_another_engine_or_template_is_another_document(part, monkeypatch):
    here = key(a_snapshot(), ZH, RECEIPT)
    monkeypatch.setattr(engine, part, lambda: "another")
    assert key(a_snapshot(), ZH, RECEIPT) != here


def test_the_engine_says_every_release_that_lays_out():
    said = engine.identity()
    for name in ("weasyprint 70.0", "pydyf ", "fonttools ", "segno ", "pango 1.", "harfbuzz "):
        assert name in said
    assert "missing" not in said
