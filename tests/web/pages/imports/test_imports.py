"""Imports on the screen: the upload, the preview, writing and undoing, the files."""

import msgspec
import pytest

from inspection.persistence.org import org
from inspection.persistence.statements import run
from inspection.services.imports import import_work
from inspection.web.pages.imports.import_rows import in_two, shown
from inspection.wording import Language
from tests.cast import CHENGGUAN, GUO, HALL, LANZHOU, QINZHOU, SUN, WANG
from tests.importing import BAD, HEAD, NEW, RENAMED, checked, sheet, silent, written
from tests.sheet_texts import text_of
from tests.web.html_page import HtmlPage


def upload(visitor, content, *, name="门店清单.xlsx", noun="store", token=None, **more):
    data = {"csrf_token": visitor.csrf_token if token is None else token, "noun": noun, **more}
    return visitor.http.post("/imports", data=data, files={"file": (name, content)})


@pytest.fixture
async def guo(signed_in, app):
    visitor = await signed_in(GUO)
    await visitor.http.get("/more?lang=zh-CN")
    return visitor


async def test_a_file_is_sent_checked_looked_at_and_written(guo, tools):
    answer = await upload(guo, sheet(NEW, RENAMED, BAD))
    assert answer.status_code == 303
    where = answer.headers["location"]
    waiting = HtmlPage(await guo.get(where))
    assert "正在校验" in waiting.text
    assert waiting.one("section", **{"data-progress": None})
    id = where.rpartition("/")[2]
    await import_work.check_import(tools, id, silent)
    page = HtmlPage(await guo.get(where))
    (row,) = page.rows()
    assert row == [
        "4",
        "某店",
        "门店类型 C4",
        "大卖场",
        "不认识的门店类型“大卖场”",
        "请填“营业厅”或“客户俱乐部”。",
    ]
    changed = HtmlPage(await guo.get(f"{where}?rows=changed"))
    assert "城关盘旋路营业厅" in changed.rows()[0][3]


async def test_what_was_looked_at_is_written_and_taken_back(guo, tools):
    id = await checked(tools, NEW, RENAMED, BAD)
    where = f"/imports/{id}"
    page = HtmlPage(await guo.get(where))
    assert 'name="part" value="right"' in page.source
    wrong = await guo.submit(f"{where}/writings", {"part": "all", "duplicates": "overwrite"})
    assert (wrong.status_code, "还有 1 行有错" in wrong.text) == (409, True)
    answer = await guo.submit(f"{where}/writings", {"part": "right", "duplicates": "overwrite"})
    assert answer.status_code == 303
    assert "正在写入" in HtmlPage(await guo.get(where)).text
    await import_work.write_import(tools, id, silent)
    done = HtmlPage(await guo.get(where))
    assert "已写入" in done.text
    assert (await org.stores_by_code())["N-1"].name == "新街营业厅"
    answer = await guo.submit(f"{where}/undoings", {"part": "whole"})
    assert answer.status_code == 303
    undone = HtmlPage(await guo.get(answer.headers["location"])).text
    assert "没有留下任何数据" in undone
    assert "家，已撤销" in undone
    again = await guo.submit(f"{where}/undoings", {"part": "whole"})
    assert again.status_code == 409
    assert "导入当前状态为“已撤销”，不能撤销" in again.text
    assert "N-1" not in await org.stores_by_code()


async def test_the_list_shows_what_was_sent_and_finds_it(guo, tools):
    assert "还没有导入记录" in HtmlPage(await guo.get("/imports")).text
    await checked(tools, NEW, BAD)
    page = HtmlPage(await guo.get("/imports"))
    (row,) = page.rows()
    assert row[0] == "门店清单.xlsx"
    assert "新增 1 · 更新 0 · 无变化 0 · 有错 1" in row[4]
    assert "没有找到" in HtmlPage(await guo.get("/imports?q=nothing")).text


async def test_an_import_without_faults_writes_all_or_nothing(guo, tools):
    id = await checked(tools, NEW)
    page = HtmlPage(await guo.get(f"/imports/{id}"))
    assert 'name="part" value="all"' in page.source
    assert "没有这样的行" in HtmlPage(await guo.get(f"/imports/{id}?rows=faulty")).text
    assert "没有这样的行" in HtmlPage(await guo.get(f"/imports/{id}?rows=unchanged")).text


async def test_after_a_day_the_page_offers_no_undoing(guo, signed_in, tools, clock):
    id = await written(tools, NEW)
    clock.go_on(hours=25)
    guo = await signed_in(GUO)
    page = HtmlPage(await guo.get(f"/imports/{id}"))
    assert not [form for form in page.forms if form.action.endswith("undoings")]


async def test_many_rows_go_on_where_they_stopped(guo, tools):
    id = await checked(tools, *[(f"P-{n}", f"店{n}", "营业厅", CHENGGUAN) for n in range(51)])
    first = HtmlPage(await guo.get(f"/imports/{id}"))
    assert len(first.rows()) == 50
    (on,) = [link for link in first.links() if "cursor=" in link]
    assert len(HtmlPage(await guo.get(on)).rows()) == 1


async def test_data_that_changed_since_is_told(guo, tools):
    id = await checked(tools, RENAMED)
    await guo.submit(f"/imports/{id}/writings", {"part": "all"})
    await written(tools, (HALL, "别人改的名", *RENAMED[2:]))
    await import_work.write_import(tools, id, silent)
    assert "校验之后数据有变化" in HtmlPage(await guo.get(f"/imports/{id}")).text


async def test_an_unreadable_file_says_why(guo, tools):
    id = await checked(tools, content=b"PK\x03\x04")
    assert "工作簿已损坏" in HtmlPage(await guo.get(f"/imports/{id}")).text
    id = await checked(tools, content="门店编码\n1\n".encode())
    assert "第 1 行 缺少列“门店名称”" in HtmlPage(await guo.get(f"/imports/{id}")).text


@pytest.mark.parametrize("format", ["xlsx", "csv"])
async def test_failed_rows_and_templates_come_as_dated_files(guo, tools, format):
    id = await checked(tools, BAD)
    answer = await guo.get(f"/imports/{id}/failed-rows?format={format}")
    assert answer.headers["content-disposition"].endswith(f'failed-store-20261118.{format}"')
    lines = text_of(answer.content, f"a.{format}").lines
    assert lines[1].cells[:4] == BAD
    answer = await guo.get(f"/import-templates/store?format={format}")
    assert text_of(answer.content, f"a.{format}").lines[0].cells[0] == "门店编码 code"


async def test_there_is_no_template_for_anything_else(guo):
    assert (await guo.get("/import-templates/cats")).status_code == 404
    assert (await guo.get("/import-templates/store?format=pdf")).status_code == 422


async def test_a_form_without_a_file_or_a_noun_is_refused_with_its_reason(guo):
    for answer in (await upload(guo, b""), await upload(guo, sheet(NEW), noun="cat")):
        assert answer.status_code == 422
        assert HtmlPage(answer).one("div", role="alert")
    fields = {"csrf_token": guo.csrf_token, "noun": "store"}
    answer = await guo.http.post("/imports", data=fields)
    assert answer.status_code == 415


async def test_an_upload_without_the_token_is_refused(guo):
    for token in ("", "0" * 64):
        assert (await upload(guo, sheet(NEW), token=token)).status_code == 403


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"--x",
        b"--x\r\n\r\n--x--",
        b'--x\r\ncontent-disposition: form-data; name="a"\r\n\r\n\xff\r\n--x--\r\n',
        b"".join(
            b'--x\r\ncontent-disposition: form-data; name="a%d"\r\n\r\n1\r\n' % n for n in range(20)
        ),
    ],
)
async def test_a_broken_upload_is_refused(guo, body):
    headers = {"content-type": "multipart/form-data; boundary=x", "x-csrf-token": guo.csrf_token}
    answer = await guo.http.post("/imports", content=body, headers=headers)
    assert answer.status_code == 422
    no_boundary = {**headers, "content-type": "multipart/form-data"}
    assert (await guo.http.post("/imports", content=body, headers=no_boundary)).status_code == 422


async def test_folders_and_unprintable_names_are_dropped_and_long_fields_left_out(guo, tools):
    for sent, kept in (("C:\\a\\门店.csv", "门店.csv"), ("a/b.csv", "b.csv"), ("\ufffe.csv", "")):
        answer = await upload(guo, ",".join(HEAD).encode(), name=sent, more="x" * 5000)
        id = answer.headers["location"].rpartition("/")[2]
        page = HtmlPage(await guo.get(f"/imports/{id}"))
        assert (kept or "未命名文件") in page.text


async def test_an_upload_too_large_is_refused(guo):
    assert (await upload(guo, b"x" * (8 * 1024 * 1024 + 70_000))).status_code == 413


async def test_another_region_finds_nothing_and_reviewers_have_no_imports(app, signed_in, tools):
    id = await checked(tools, NEW, by=msgspec.structs.replace(GUO, region=QINZHOU))
    guo = await signed_in(GUO)
    assert (await guo.get(f"/imports/{id}")).status_code == 200
    own = await checked(tools, NEW, by=msgspec.structs.replace(GUO, region=LANZHOU))
    assert (await guo.get(f"/imports/{own}")).status_code == 200
    sun = await signed_in(SUN)
    for path in ("/imports", f"/imports/{id}"):
        assert (await sun.get(path)).status_code == 403


@pytest.mark.parametrize(
    ("field", "value", "text"),
    [
        ("name", None, ""),
        ("latitude_e6", 36_061_000, "36.061"),
        ("features", '["a","b"]', "a; b"),
        ("region_path", "/62/6201/", "6201"),
        ("name", "甲", "甲"),
    ],
)
def test_values_are_shown_as_people_read_them(field, value, text):
    assert shown(field, value) == text


def test_a_sentence_without_a_cure_stays_whole():
    assert in_two("Not valid.", Language.EN) == ("Not valid.", "")
    assert in_two("Wrong. Mend it.", Language.EN) == ("Wrong", "Mend it.")


async def test_an_order_that_lapsed_is_told(guo, tools):
    id = await checked(tools, NEW)
    await guo.submit(f"/imports/{id}/writings", {"part": "all"})
    await run("UPDATE sheet_import SET account = ? WHERE id = ?", WANG.account, id)
    await import_work.write_import(tools, id, silent)
    assert "不再有权导入" in HtmlPage(await guo.get(f"/imports/{id}")).said("alert")
