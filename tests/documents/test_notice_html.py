"""The notice as HTML: exact, pure, and deaf to what people type into it."""

import os
import re
from html.parser import HTMLParser

import msgspec
import pytest

from inspection.documents.notice import PAIRED, PHOTO_LIMIT, Part, html
from inspection.wording import Language, catalogue
from tests.documents.notices import CATALOGUES, a_line, a_row, a_snapshot, rows
from tests.domain.notice_matters import a_matter, a_notice
from tests.habits.tree import ROOT

ZH, EN = CATALOGUES["zh-CN"], CATALOGUES["en"]
GOLDEN = ROOT / "tests/golden"
EVERY_PART = (Part.RECEIPT, Part.STUB)

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=http://127.0.0.1/x>',
    "<link rel=attachment href=file:///etc/passwd>",
    "<style>@import url(http://127.0.0.1/x.css)</style>",
    "<svg><image href='file:///etc/passwd'/></svg>",
    "<object data=http://127.0.0.1/></object>",
    "<base href=http://127.0.0.1/>",
    "' onload='x",
    "{{ 7*7 }}{% include '/etc/passwd' %}",
    "{score}{0}{n.__class__}",
    "%s%(x)s${x}",
    "</table></body></html><h1>",
    "<!-- ",
    "]]><![CDATA[",
    "&lt;b&gt;&amp;&#60;",
    "photo:0000",
    "\\\\..\\..\\etc\\passwd",
)


class Outline(HTMLParser):
    """Tags and attribute names of a page, without its words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.text: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append(f"{tag} {sorted(name for name, _ in attrs)}")
        self.addresses += [value for name, value in attrs if name in {"src", "href", "data"}]

    def handle_data(self, data):
        self.text.append(data)


def text_of(page: str) -> str:
    return "".join(Outline(page).text)


def without_typesetting(tags: list[str]) -> list[str]:
    return [tag for tag in tags if tag != "span ['class']"]


@pytest.mark.parametrize("language", Language)
def test_the_golden_notice_is_exact(language):
    snapshot = a_notice(
        a_matter(language, photographed=("KC-V-06", "KC-F-01", "KC-F-03")), language=language
    )
    page = html(snapshot, catalogue(language), EVERY_PART)
    golden = GOLDEN / f"notice.{language.value}.html"
    if os.environ.get("REGOLD"):
        golden.write_text(page, encoding="utf-8")
    assert page == golden.read_text(encoding="utf-8")


def test_the_same_snapshot_gives_the_same_text():
    assert html(a_snapshot(), ZH) == html(a_snapshot(), ZH)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_what_people_type_stays_text(hostile):
    calm, line = a_snapshot(1), a_line(1, problem="甲", requirement="乙", responsible="丙")
    changed = {
        "store": msgspec.structs.replace(calm.store, name=hostile, unit=hostile),
        "lines": (a_line(1, problem=hostile, requirement=hostile, responsible=hostile),),
        "demands": (hostile,),
        "issuer": hostile,
        "cc": hostile,
    }
    tame = msgspec.structs.replace(calm, lines=(line,), demands=("丁",), issuer="戊", cc="己")
    wild = msgspec.structs.replace(calm, **changed)
    expected, got = (Outline(html(s, ZH, EVERY_PART)) for s in (tame, wild))
    assert without_typesetting(got.tags) == without_typesetting(expected.tags)
    assert got.addresses == expected.addresses == []


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_is_still_readable(hostile):
    page = html(a_snapshot(1, language="en", cc=hostile), EN)
    assert hostile in text_of(page)


@pytest.mark.parametrize("n", [5, 7, 12])
def test_any_number_of_sections_has_its_rows(n):
    sections = tuple(a_row(f"项目{no}", 1000, 900) for no in range(n))
    page = html(a_snapshot(sections=sections), ZH)
    assert page.count("得分率") == 1
    assert [f"<td>项目{no}</td>" in page for no in range(n)] == [True] * n


def test_a_section_that_does_not_apply_has_a_dash_and_no_bar():
    sections = (*rows()[:4], a_row("跨区服务", 1000, None))
    page = html(a_snapshot(sections=sections, notes=(ZH["paper.score.section_off"],)), ZH)
    row = re.search(r"<tr><td>跨区服务</td>.*?</tr>", page)[0]
    assert row.count("—") == 2
    assert "<div>" not in row
    assert "“—”表示该项不适用" in page.replace("\u200b", "")


def test_a_veto_is_said_in_words():
    page = html(a_snapshot(outcome="否决 · 不合格"), ZH)
    assert '<p class="outcome">否决 · 不合格</p>' in page


def test_the_raw_score_shows_only_where_it_differs():
    assert "原始得分" not in html(a_snapshot(), ZH)
    assert "原始得分</dt><dd>92.0" in html(a_snapshot(score="59.0", raw="92.0"), ZH)


def test_a_notice_without_findings_is_whole():
    page = html(a_snapshot(0), ZH, EVERY_PART)
    assert "本次检查未发现需要整改的问题。" in text_of(page)
    assert 'class="findings"' not in page
    assert "三、工作要求" in page


def test_hints_are_grey_and_not_counted():
    hint = a_line(2, severity="hint", lost="0.0", lost_hundredths=0, severity_word="提示")
    page = html(a_snapshot(lines=(a_line(1), hint)), ZH)
    assert "共发现问题 1 项" in page
    assert '<span class="no hint">2</span>' in page
    assert "灰色序号为提示项" in page


def test_headings_are_numbered_through_whatever_is_left_out():
    with_photos = html(a_snapshot(2, shas=["a" * 64]), ZH)
    assert "三、现场照片" in with_photos
    assert "四、工作要求" in with_photos
    assert "三、工作要求" in html(a_snapshot(2), ZH)


@pytest.mark.parametrize(
    ("taken", "paired", "annexed", "left"),
    [(1, 1, 0, 0), (8, 8, 0, 0), (9, 8, 1, 0), (60, 8, 52, 0), (64, 8, 52, 4)],
)
def test_photos_go_in_pairs_then_to_an_annex_then_online(taken, paired, annexed, left):
    page = html(a_snapshot(4, shas=[f"{n:064x}" for n in range(taken)]), ZH)
    assert page.count("<figure>") == paired + annexed == min(taken, PHOTO_LIMIT)
    assert ('class="annex"' in page) == (taken > PAIRED)
    assert (f"另有 {left} 张照片" in page) == (left > 0)


def test_photos_are_named_by_digest_and_captioned_by_problem_and_item():
    page = html(a_snapshot(1, shas=["ab" * 32]), ZH)
    figure = re.search(r"<figure>.*?</figure>", page)[0]
    assert f'src="photo:{"ab" * 32}"' in figure
    assert ">1</span>" in figure
    assert "KC-V-06 · 存证 abababababab" in figure


def test_receipt_and_counterfoil_are_added_on_demand():
    assert "整改回执</h1>" in html(a_snapshot(), ZH)
    bare = html(a_snapshot(), ZH, ())
    assert "整改回执</h1>" not in bare
    assert "存根</h1>" not in bare
    assert "存根</h1>" in html(a_snapshot(), ZH, (Part.STUB,))


def test_a_preview_says_that_the_number_comes_later():
    assert ZH["paper.number_pending"] in html(a_snapshot(number=""), ZH)


def test_english_pages_have_no_wide_quotes_and_no_chinese_words():
    store = msgspec.structs.replace(a_snapshot(language="en").store, name="“Old Town” hall…")
    page = html(a_snapshot(language="en", number="SQ 2026-1", store=store), EN, EVERY_PART)
    text = "".join(Outline(page.partition("<body>")[2]).text)
    assert "“" not in html(a_snapshot(1, language="en", cc="“A”"), EN).partition("<body>")[2]
    assert re.findall(r"[\u4e00-\u9fff]", text) == []
