"""/rubrics: found, read, compared, withdrawn; and rubrics that come as files."""

import pytest

from inspection.domain.rubrics.rubric_reader import read
from inspection.domain.rubrics.rubric_sheet_reading import read_sheets
from inspection.domain.rubrics.rubric_writer import document_of, write
from inspection.services.rubrics.rubric_drafts import keep_draft, start_draft
from inspection.services.rubrics.rubric_files import workbook_of
from inspection.spreadsheets.reading import read_book
from inspection.wording import Language, say
from tests.cast import CHEN, GUO, LI, SUN, WANG
from tests.domain.sheets import KC
from tests.makers import SCORECARDS, an_account
from tests.rubric_drafting import NEW, TIAN
from tests.web.html_page import HtmlPage


@pytest.mark.parametrize("path", ["/rubrics", "/rubrics/KC", "/rubric-drafts"])
async def test_inspectors_and_stores_have_no_business_here(signed_in, club, path):
    for person in (LI, CHEN):
        assert (await (await signed_in(person)).get(path)).status_code == 403


@pytest.mark.parametrize("language", Language)
async def test_the_list_leads_to_each_rubric(signed_in, draft, language):
    page = HtmlPage(await (await signed_in(SUN)).get(f"/rubrics?lang={language.value}"))
    assert "/rubrics/KC" in page.links()
    assert "/rubrics/KH" in page.links()
    assert "/rubric-drafts?q=KC" in page.links()
    assert KC.title.of(language.value) in page.text
    assert say(language, "rubric_state.published") in page.text


async def test_a_search_without_a_find_says_so(signed_in, club):
    page = HtmlPage(await (await signed_in(WANG)).get("/rubrics?q=nothing&lang=en"))
    assert say(Language.EN, "list.none") in page.text
    assert say(Language.EN, "rubrics.new") not in page.text


async def test_a_version_is_read_whole_and_goes_home_as_a_file(signed_in, club):
    wang = await signed_in(WANG)
    page = HtmlPage(await wang.get(f"/rubrics/versions/{club}?lang=en"))
    for item in KC.items():
        assert item.code in page.text
        assert item.title.en in page.text
    assert say(Language.EN, "rubrics.withdraw") not in page.text
    file = await wang.get(f"/rubrics/versions/{club}/scorecard.toml")
    assert file.headers["content-disposition"] == 'attachment; filename="KC-v1.toml"'
    assert read(file.content).rubric == KC
    book = await wang.get(f"/rubrics/versions/{club}/scorecard.xlsx")
    assert book.headers["content-disposition"] == 'attachment; filename="KC-v1.xlsx"'
    assert read_sheets(read_book(book.content, "KC.xlsx")).document == document_of(KC)
    assert (await wang.get(f"/rubrics/versions/{'0' * 64}")).status_code == 404
    assert (await wang.get("/rubrics/ZZ")).status_code == 404


async def test_a_new_rubric_has_nothing_to_be_compared_with(signed_in, tools, club):
    draft = await start_draft(tools, GUO.actor, NEW)
    page = HtmlPage(await (await signed_in(GUO)).get(f"/rubric-drafts/{draft}/approval"))
    assert say(Language.EN, "rubrics.first_version") in page.text


async def test_two_are_compared_in_a_line_and_in_full(signed_in, tools, club):
    draft = await start_draft(tools, GUO.actor, club)
    document = document_of(KC)
    items = document["sections"][2]["items"]
    items[0]["title"]["zh"] = "手机加油站（充电）可用"
    items[0]["rule"]["options"].append(
        {"code": "cable_missing", "loss": "1.5", "veto": True, "text": {"zh": "缺线", "en": "x"}}
    )
    document["sections"][1]["items"].append(items.pop(3))
    items[1]["full"] = "4"
    document["pass_line"] = "70"
    del document["sections"][0]["items"][0]
    document["sections"][3]["items"][0]["code"] = "KC-M-09"
    document["sections"].insert(0, document["sections"].pop())
    await keep_draft(tools, GUO.actor, draft, document, 0)
    sun = await signed_in(SUN)
    page = HtmlPage(await sun.get(f"/rubric-comparisons?old={club}&new={draft}&lang=zh-CN"))
    for words in (
        "较 v1： 修改 2 项，新增 1 项，删除 2 项，移动 1 项，新增 1 条扣分原因",
        "手机加油站（充电）可用",
        "KC-F → KC-V",
        "2 → 4",
        "合格线 60 → 70",
    ):
        assert words in page.text, words
    assert (await sun.get(f"/rubric-comparisons?old={club}")).status_code == 404
    same = HtmlPage(await sun.get(f"/rubric-comparisons?old={club}&new={club}"))
    assert say(Language.ZH, "rubric_diff.same") in same.text


async def test_a_version_is_withdrawn_for_a_reason(signed_in, club):
    guo, wang = await signed_in(GUO), await signed_in(WANG)
    path = f"/rubrics/versions/{club}/withdrawals"
    assert (await wang.submit(path, {"reason": "x"})).status_code == 403
    assert (await guo.submit(path, {"reason": ""})).status_code == 422
    assert (await guo.submit(path, {"reason": "满分合计有误"})).status_code == 303
    for where in (f"/rubrics/versions/{club}", "/rubrics/KC"):
        assert "满分合计有误" in HtmlPage(await wang.get(where)).text
    answer = await guo.submit(path, {"reason": "再来"})
    assert answer.status_code == 409
    nothing = f"/rubrics/versions/{'0' * 64}/withdrawals"
    assert (await guo.submit(nothing, {"reason": "x"})).status_code == 404


def a_file(visitor, content, name="KC.toml"):
    data = {"csrf_token": visitor.csrf_token}
    return visitor.http.post("/rubric-drafts/files", data=data, files={"file": (name, content)})


async def test_a_file_becomes_a_draft(signed_in, club):
    guo = await signed_in(GUO)
    answer = await a_file(guo, write({**document_of(KC), "edition": "2029"}).encode())
    assert answer.status_code == 303
    page = HtmlPage(await guo.get(answer.headers["location"]))
    assert say(Language.EN, "said.rubric_draft_imported") in page.text
    assert "2029" in page.text


async def test_what_is_to_mend_in_a_file_is_shown_by_its_line(signed_in, club):
    guo = await signed_in(GUO)
    content = (SCORECARDS / "KC.toml").read_bytes().replace(b'full = "3"', b'full = "4"', 1)
    page = HtmlPage(await a_file(guo, content))
    line = 1 + content.splitlines().index(b'full = "20"')
    assert say(Language.EN, "rubric_import.line", n=line) in page.text
    found = {each.partition("?")[0] for each in page.links()}
    (link,) = [each for each in found if each.startswith("/rubric-drafts/0")]
    assert (await guo.get(link)).status_code == 200
    rubric = document_of(KC)
    rubric["sections"][0]["items"][0]["full"] = "4"
    book = await workbook_of(rubric, Language.ZH)
    assert "KC-E" in HtmlPage(await a_file(guo, book, "KC.xlsx")).text


async def test_a_file_that_holds_no_rubric_is_refused_with_the_place(signed_in, tools, club):
    guo = await signed_in(GUO)
    answer = await a_file(guo, b'code = "KC"\nfull = \n')
    assert answer.status_code == 422
    assert say(Language.EN, "rubric_import.line", n=2) in HtmlPage(answer).text
    answer = await a_file(guo, b"")
    assert say(Language.EN, "rubric_import.no_file") in HtmlPage(answer).text
    assert (await a_file(await signed_in(SUN), b"x")).status_code == 403
    await an_account(tools, TIAN)
    assert (await a_file(await signed_in(TIAN), b"x")).status_code == 404
