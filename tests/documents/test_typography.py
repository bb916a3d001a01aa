"""Chinese micro-typography touches text, never tags."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspection.documents.typography import full_width, latin, typeset


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("缺货,未登记;待补", "缺货，未登记；待补"),
        ("工号牌(3 人)未戴", "工号牌（3 人）未戴"),
        ("10:30 到店,等 15 分钟", "10:30 到店，等 15 分钟"),
        ("共 3,200 元(A1)", "共 3,200 元（A1)"),
        ("see (A1), then 10:30", "see (A1), then 10:30"),
        ("<b>&", "&lt;b&gt;&amp;"),
    ],
)
def test_marks_that_touch_chinese_turn_full_width(typed, printed):
    assert str(full_width(typed)) == printed


def test_an_english_page_gets_narrow_quotes():
    assert str(latin("“Hall” isn’t…")) == "&#34;Hall&#34; isn&#39;t..."


def body(html: str) -> str:
    return typeset(f"<head>“《</head><body>{html}</body>").partition("<body>")[2][: -len("</body>")]


def test_the_first_of_two_marks_shrinks():
    assert body("》、《") == '<span class="half">》</span><span class="half">、</span>《'


def test_a_line_may_break_outside_curly_quotes_beside_chinese():
    assert body("贴“停”字") == "贴\u200b“停”\u200b字"
    assert body("“a”") == "“a”"


def test_a_paragraph_does_not_end_in_a_lone_character():
    long = "请你单位对照上述问题逐项整改并反馈回执。"
    assert body(f"<p>{long}</p>") == f'<p>{long[:-3]}<span class="nw">回执。</span></p>'


def test_short_cells_are_left_alone():
    assert body("<td>资料摆放</td>") == "<td>资料摆放</td>"


def test_head_and_attributes_are_left_alone():
    page = '<head><title>《甲》、“乙”丙</title></head><body><img alt="《甲》、“乙”丙"></body>'
    assert typeset(page) == page


@given(st.text("甲乙。，、》《“”（） a1", max_size=40))
def test_no_character_is_lost_or_moved(text):
    set_in_type = body(f"<p>{text}</p>")
    for tag in ('<span class="half">', '<span class="nw">', "</span>", "<p>", "</p>", "\u200b"):
        set_in_type = set_in_type.replace(tag, "")
    assert set_in_type == text
