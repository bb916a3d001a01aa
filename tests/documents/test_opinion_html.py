"""The opinion as HTML: what was decided, in both languages, and nothing of who did."""

from datetime import UTC, datetime

import msgspec
import pytest

from inspection.documents.opinion import html
from inspection.domain.rectifications.opinion import OpinionSnapshot
from inspection.wording import Language, catalogue

OPINION = OpinionSnapshot(
    language="zh-CN",
    issuer="某某公司<省>",
    number="甘移服延〔2026〕3号",
    store="城关旗舰店",
    notice_number="甘移服整〔2026〕7号",
    line=2,
    item_title="地面清洁",
    hours=24,
    reason="配件在途 & 未到",
    opinion="同意",
    asked_on="2026年11月20日",
    due_before="11月21日 18:00",
    due_after="11月22日 18:00",
    decided_on="2026年11月20日",
    decided_at=datetime(2026, 11, 20, 4, tzinfo=UTC),
)
ZH, EN = catalogue(Language.ZH), catalogue(Language.EN)


def test_it_says_what_was_decided():
    page = html(OPINION, ZH)
    assert page == html(OPINION, ZH)
    assert "某某公司&lt;省&gt;" in page
    assert "&amp;" in page
    for words in ("甘移服延", "地面清洁", "11月22日"):
        assert words in page


@pytest.mark.parametrize(("words", "language"), [(ZH, "zh-CN"), (EN, "en")])
def test_a_refusal_leaves_the_deadline(words, language):
    refused = msgspec.structs.replace(OPINION, due_after="", opinion="", language=language)
    page = html(refused, words)
    assert "11月22日" not in page
    assert f'lang="{language}"' in page
