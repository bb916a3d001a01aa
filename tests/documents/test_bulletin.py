"""The printed bulletin: everything its snapshot says, the same bytes each time, real text."""

import re

import msgspec
import pytest

from inspection.documents.bulletin import html
from inspection.documents.printed import BulletinJob, Fault, PressFailed
from inspection.domain.bulletins.bulletin_layout import only
from inspection.domain.bulletins.bulletin_sections import BulletinSection as S
from tests.documents.bulletins import HASH, a_bulletin_snapshot, a_case, a_part
from tests.documents.notices import CATALOGUES, photos
from tests.documents.paper import page_texts

ZH = CATALOGUES["zh-CN"]


def said(snapshot, words=ZH):
    """The words of the page, tags left out."""
    return re.sub(r"<[^>]+>", "", html(snapshot, words))


def test_an_issue_prints_whole_with_its_case_and_twice_the_same(renderer):
    pictures = photos(2)
    job = BulletinJob(snapshot=a_bulletin_snapshot(case=a_case(*pictures)), photos=pictures)
    document = renderer.print(job)
    assert (document.missing, document.warnings) == ((), ())
    assert renderer.print(job).sha256 == document.sha256
    text = "".join(page_texts(document))
    for words in (
        *("服务质量报", "第47期", "甘移服整报〔2026〕47号", "2026年11月23日"),
        *("一、客户俱乐部记分", "89.5", "−10.5", "达标率59.1%13/22", "否决率4.5%1/22"),
        *("86.4%19/22", "一次整改通过率（开通以来）：94.3%（83/88）", "超时累计"),
        *("投诉累计", "典型案例：手机加油站", "曝光台", "下期安排", "审计链1804号", HASH),
    ):
        assert words.replace(" ", "") in text, words
    assert document.pages <= 5


def test_a_long_table_fills_the_page_and_goes_on_under_its_head(renderer):
    city = a_part().units[0]
    names = [f"第{n}分公司" for n in range(10, 46)]
    units = tuple(msgspec.structs.replace(city, name=name) for name in names)
    wanted = (S.HIGHLIGHTS, S.SCORED, S.UNITS)
    issue = only(a_bulletin_snapshot(rankings=(a_part(units=units),)), wanted)
    pages = page_texts(renderer.print(BulletinJob(snapshot=issue, photos={})))
    assert len(pages) == 2
    standing = [[name for name in names if name in page] for page in pages]
    assert "二、客户俱乐部：各地名次" in pages[0]
    assert all("名次单位平均得分" in page for page in pages)
    assert min(map(len, standing)) > 2
    assert standing[0] + standing[1] == names


def test_a_picture_the_issue_does_not_show_is_refused(renderer):
    snapshot = a_bulletin_snapshot(case=a_case("ab" * 32, "cd" * 32))
    with pytest.raises(PressFailed) as failed:
        renderer.print(BulletinJob(snapshot=snapshot, photos={}))
    assert failed.value.code is Fault.FETCH_DENIED


def test_what_there_is_none_of_is_left_out():
    text = said(
        a_bulletin_snapshot(
            rankings=(a_part(exposed=(), items=(), best=(), worst=(), change=None, average=None),),
            complaints=None,
            closing=(),
            previous_name="",
        )
    )
    for words in ("投诉累计", "典型案例", "曝光台", "下期安排", "前五名", "None"):
        assert words not in text
    assert "上轮无可比数据" in text


def test_a_vetoed_store_says_why_it_stands_last():
    rows = [said(a_bulletin_snapshot()).count(words) for words in ("86.5 否决", "否决")]
    assert rows[0] == 1 < rows[1]


def test_sections_stand_in_the_order_of_the_issue_numbered_as_they_come():
    told = (S.OVERDUE, S.CLOSING, S.HIGHLIGHTS, S.STORES)
    text = said(only(a_bulletin_snapshot(), told))
    titles = ("一、超时累计", "二、下期安排", "三、本期要点", "四、客户俱乐部：前五名")
    places = [text.index(title) for title in titles]
    assert places == sorted(places)
    for words in ("记分", "曝光台", "投诉累计", "各地整改"):
        assert words not in text


def test_gaps_keep_their_sign_and_their_order():
    text = said(a_bulletin_snapshot())
    assert "客户俱乐部：与标杆差距标杆：天水" in text
    rows = re.findall(r"[−+]\d[\d.]*", text[text.index("与标杆差距") :])
    assert rows[:6] == ["−33.14", "−15.47", "−10.3", "−6.71", "−5.95", "+5.29"]


def test_what_cannot_be_compared_in_points_says_so():
    text = said(a_bulletin_snapshot(rankings=(a_part(comparable=False),)))
    assert "+0.7 个百分点" in text
    assert "（不写店名）" in text


def test_typed_words_are_text_and_english_has_words_too():
    snapshot = a_bulletin_snapshot(preface=("<b>粗</b>",), language="en")
    text = html(snapshot, CATALOGUES["en"])
    assert "&lt;b&gt;粗" in text
    assert "Service Quality Bulletin" in text
