"""The bulletin on its pages: begun, written, contested, published, read."""

import pytest

from inspection.persistence.rectifications import solved_cases
from inspection.services.bulletins.bulletin_prints import (
    keep_bulletin,
    note_bulletin_fault,
)
from inspection.services.printing import PRINT_FAILED
from tests.cast import ANNING, CHEN, GUO, QINZHOU, ROUND, SUN, WANG
from tests.rankable import Result, published
from tests.reporting import a_bulletin, a_case, a_published, row_of, write
from tests.submissions import sha256_of
from tests.web.html_page import HtmlPage

ZH = {"accept-language": "zh-CN"}


@pytest.fixture
async def draft(app, tools):
    await published(tools, *(Result(store=f"X-{n}", total=9000 - 100 * n) for n in range(7)))
    return await a_bulletin(tools, WANG)


def start_form(page):
    """The form that begins an issue; the other one searches."""
    return next(
        form for form in page.forms if form.method == "post" and form.action == "/bulletins"
    )


def sheet(page):
    """The text of the issue itself."""
    return page.one("article").text


async def test_an_issue_is_begun_from_the_list(signed_in, app):
    wang = await signed_in(WANG)
    page = HtmlPage(await wang.get("/bulletins", headers=ZH))
    assert "还没有服务质量报" in page.text
    assert start_form(page).named("kind") == ["week", "round"]
    answer = await wang.submit("/bulletins", {"kind": "round", "round": ROUND, "day": ""})
    path, _, said = answer.headers["location"].partition("?")
    assert said == "said=bulletin_started"
    page = HtmlPage(await wang.get("/bulletins?lang=en"))
    assert path in page.links()
    assert "Draft" in page.text


@pytest.mark.parametrize("day", ["2027-01-04", "x"])
async def test_a_week_that_cannot_be_is_refused_with_what_was_typed(signed_in, app, day):
    wang = await signed_in(WANG)
    page = HtmlPage(await wang.submit("/bulletins", {"kind": "week", "day": day}))
    assert page.status == 422
    assert start_form(page).named("day") == [day]


async def test_a_draft_is_written_and_published(signed_in, draft):
    wang, path = await signed_in(WANG), f"/bulletins/{draft}"
    page = HtmlPage(await wang.get(path, headers=ZH))
    assert "编号发布时确定" in sheet(page)
    assert "草稿预览" in page.text
    fields = {"preface": "盯紧超时项。", "closing": "下周出分。", "hide_worst": "yes", "seen": "1"}
    answer = await wang.submit(f"{path}/revisions", fields)
    assert answer.headers["location"] == f"{path}?said=bulletin_saved"
    page = HtmlPage(await wang.get(path, headers=ZH))
    assert page.form(f"{path}/revisions").named("hide_worst") == ["yes"]
    assert "盯紧超时项。" in sheet(page)
    answer = await wang.submit(f"{path}/publications", {"seen": "2", "confirm": "yes"})
    assert answer.headers["location"] == f"{path}?said=bulletin_published"
    sun = await signed_in(SUN)
    page = HtmlPage(await sun.get(f"{path}?lang=en"))
    for words in ("第 1 期", "甘移服整报〔2026〕1号", "审计链", "下周出分。", "前五名"):
        assert words in sheet(page)
    assert "The bulletin is a Chinese document." in page.text
    assert page.one("article")["lang"] == "zh-CN"


async def test_a_draft_is_discarded_by_who_has_seen_it_as_it_is(signed_in, draft, tools):
    wang, path = await signed_in(WANG), f"/bulletins/{draft}"
    await write(tools, draft, GUO, preface="别人写的")
    page = HtmlPage(await wang.submit(f"{path}/discards", {"seen": "1", "confirm": "yes"}))
    assert page.status == 409
    assert page.form(f"{path}/discards").named("seen") == ["2"]
    assert (await wang.submit(f"{path}/discards", {"seen": "2"})).status_code == 422
    answer = await wang.submit(f"{path}/discards", {"seen": "2", "confirm": "yes"})
    assert answer.headers["location"] == "/bulletins?said=bulletin_discarded"
    assert "草稿已作废" in HtmlPage(await wang.get(answer.headers["location"], headers=ZH)).text
    assert (await wang.get(path)).status_code == 404
    gone = await wang.submit(f"{path}/discards", {"seen": "3", "confirm": "yes"})
    assert gone.status_code == 404


async def test_what_was_typed_comes_back_beside_what_others_wrote(signed_in, draft, tools):
    wang, path = await signed_in(WANG), f"/bulletins/{draft}"
    await write(tools, draft, GUO, preface="别人写的")
    fields = {"preface": "我写的", "closing": "", "seen": "1"}
    page = HtmlPage(await wang.submit(f"{path}/revisions", fields))
    assert page.status == 409
    assert page.form(f"{path}/revisions").named("preface") == ["我写的"]
    assert "别人写的" in page.one("section", **{"aria-labelledby": "theirs"}).text
    page = HtmlPage(await wang.submit(f"{path}/publications", {"seen": "1", "confirm": "yes"}))
    assert page.status == 409
    assert page.form(f"{path}/revisions").named("preface") == ["别人写的"]
    page = HtmlPage(await wang.submit(f"{path}/publications", {"seen": "2"}))
    assert page.status == 422
    assert (await row_of(draft)).number is None


async def test_an_issue_with_nothing_in_it_reads_whole(signed_in, app, tools):
    row = await a_published(tools, GUO)
    guo = await signed_in(GUO)
    text = sheet(HtmlPage(await guo.get(f"/bulletins/{row.id}")))
    assert "没有超时的整改项" in text
    assert "None" not in text


async def test_the_list_goes_out_as_a_file(signed_in, app, tools):
    await a_published(tools, GUO)
    sun = await signed_in(SUN)
    answer = await sun.get("/bulletins?format=csv&lang=zh-CN")
    assert "甘移服整报〔2026〕1号" in answer.content.decode("utf-8-sig")
    assert "没有找到" in (await sun.get("/bulletins?q=zzz&lang=zh-CN")).text


async def test_store_staff_have_no_bulletin(signed_in, app, tools):
    row = await a_published(tools, GUO)
    chen = await signed_in(CHEN)
    for path in ("/bulletins", f"/bulletins/{row.id}"):
        assert (await chen.get(path)).status_code == 403


async def test_the_pdf_is_there_once_it_is_printed(signed_in, app, tools):
    row = await a_published(tools, GUO)
    guo, path = await signed_in(GUO), f"/bulletins/{row.id}"
    assert "正在排版" in HtmlPage(await guo.get(f"{path}?lang=zh-CN")).text
    assert (await guo.get(f"{path}/bulletin.pdf")).status_code == 409
    await note_bulletin_fault(row.id, PRINT_FAILED)
    page = HtmlPage(await guo.get(path))
    answer = await guo.submit(page.form(f"{path}/prints").action, {"asked": "yes"})
    assert answer.headers["location"] == f"{path}?said=printing"
    pdf = b"%PDF-1.7 issue"
    await keep_bulletin(tools, row.id, pdf, sha256_of(pdf), 3)
    page = HtmlPage(await guo.get(f"{path}?lang=en"))
    assert f"{path}/bulletin.pdf" in page.links()
    assert "3 pages A4" in page.text
    answer = await guo.get(f"{path}/bulletin.pdf")
    assert 'filename="bulletin.pdf"' in answer.headers["content-disposition"]
    assert answer.content == pdf
    assert answer.headers["content-type"] == "application/pdf"


async def test_receipts_are_shown_to_the_publisher_and_go_out_as_a_file(signed_in, app, tools):
    row = await a_published(tools, GUO)
    guo, sun = await signed_in(GUO), await signed_in(SUN)
    await sun.get(f"/bulletins/{row.id}")
    path = f"/bulletins/{row.id}/readers"
    assert path in HtmlPage(await guo.get(f"/bulletins/{row.id}")).links()
    page = HtmlPage(await guo.get(f"{path}?lang=en"))
    assert "2 / 4" in page.text
    page = HtmlPage(await guo.get(f"{path}?who=unread&lang=en"))
    assert SUN.name not in page.one("table").text
    assert "没有找到" in (await guo.get(f"{path}?q=zzz&lang=zh-CN")).text
    assert SUN.name in (await guo.get(f"{path}?format=csv")).content.decode("utf-8-sig")
    assert (await sun.get(path)).status_code == 403


async def test_a_case_is_chosen_shown_and_refused_when_it_is_gone(signed_in, draft, tools):
    guo, path = await signed_in(GUO), f"/bulletins/{draft}"
    case, line = await a_case(tools)
    fields = {"preface": "一", "closing": "", "seen": "1", "solved_case": case}
    await guo.submit(f"{path}/revisions", fields)
    page = HtmlPage(await guo.get(path, headers=ZH))
    assert "典型案例" in sheet(page)
    for side in ("before", "after"):
        answer = await guo.get(f"{path}/photos/{side}.jpg")
        assert answer.headers["content-type"] == "image/jpeg"
    assert (await guo.get(f"{path}/photos/other.jpg")).status_code == 404
    await solved_cases.remove_case(line)
    gone = fields | {"seen": "2", "preface": "留着"}
    page = HtmlPage(await guo.submit(f"{path}/revisions", gone))
    assert page.status == 422
    assert page.form(f"{path}/revisions").named("preface") == ["留着"]


async def test_sections_are_switched_and_moved_by_buttons(signed_in, draft):
    wang, path = await signed_in(WANG), f"/bulletins/{draft}"
    page = HtmlPage(await wang.get(path, headers=ZH))
    order = page.form(f"{path}/revisions").named("order")
    assert page.form(f"{path}/revisions").named("told") == order
    assert order[:2] == ["highlights", "scored"]
    fields = {"seen": "1", "preface": "一", "order": order, "told": ["scored", "units"]}
    answer = await wang.submit(f"{path}/revisions", {**fields, "move": "up:units"})
    assert answer.headers["location"] == f"{path}?said=bulletin_saved#section-units"
    page = HtmlPage(await wang.get(path, headers=ZH))
    form = page.form(f"{path}/revisions")
    assert form.named("order")[:3] == ["highlights", "units", "scored"]
    assert form.named("told") == ["units", "scored"]
    text = sheet(page)
    assert text.index("各地名次") < text.index("记分")
    assert "超时累计" not in text
    again = {**fields, "seen": "2"}
    page = HtmlPage(await wang.submit(f"{path}/revisions", {**again, "told": []}))
    assert page.status == 422
    assert "至少留一个栏目" in page.text
    assert page.form(f"{path}/revisions").named("told") == []
    assert (await wang.submit(f"{path}/revisions", {**again, "move": "up:x"})).status_code == 422
    kept = {**again, "order": [], "told": [], "preface": "二"}
    assert (await wang.submit(f"{path}/revisions", kept)).status_code == 303
    page = HtmlPage(await wang.get(path, headers=ZH))
    assert page.form(f"{path}/revisions").named("told") == ["units", "scored"]


async def test_the_benchmark_is_chosen_and_a_false_one_comes_back_with_what_was_typed(
    signed_in, draft
):
    wang, path = await signed_in(WANG), f"/bulletins/{draft}"
    fields = {"preface": "留着", "benchmark": ANNING, "seen": "1"}
    assert (await wang.submit(f"{path}/revisions", fields)).status_code == 303
    page = HtmlPage(await wang.get(path, headers=ZH))
    assert page.form(f"{path}/revisions").named("benchmark") == [ANNING]
    fields |= {"benchmark": QINZHOU, "seen": "2", "preface": "还留着"}
    page = HtmlPage(await wang.submit(f"{path}/revisions", fields))
    assert page.status == 422
    assert page.form(f"{path}/revisions").named("benchmark") == []
    assert page.form(f"{path}/revisions").named("preface") == ["还留着"]
