"""The register, voiding and the lines of a draft on their pages."""

import pytest

from inspection.persistence.notices.notices import lines_of
from inspection.persistence.statements import run
from inspection.services.notices.notice_prints import keep_print, keep_void_print
from inspection.services.notices.notices import submit_notice
from tests.cast import CHEN, CLUB, LI, SUN, WANG
from tests.receiving import rows_of
from tests.reviewing import a_draft, an_issued, another_assignment, send_photo
from tests.submissions import a_photo
from tests.web.html_page import HtmlPage
from tests.web.pages.notices.notice_forms import draft_form

ALIKE = ("KC-E-01", "KC-E-02", "KC-M-01")


async def send_with(visitor, form, action, **more):
    """Send the draft as the page holds it, with something more."""
    data: dict[str, list[str]] = {}
    for name, value in form.fields:
        data.setdefault(name, []).append(value)
    return await visitor.http.post(form.action.removesuffix("lines") + action, data=data | more)


@pytest.fixture
async def draft(app, tools):
    return await a_draft(tools, losses=ALIKE)


async def test_chosen_lines_are_merged_and_split_again(signed_in, draft):
    sun = await signed_in(SUN)
    form = await draft_form(sun, draft)
    answer = await send_with(sun, form, "merges", chosen=["1", "2"])
    assert answer.headers["location"] == f"/notices/{draft}?said=notice_merged"
    page = HtmlPage(await sun.get(answer.headers["location"]))
    assert "已合并为一项" in page.said("status")
    assert page.form(f"/notices/{draft}/lines").named("number") == ["1", "2"]
    assert "KC-E-02" in page.text
    form = page.form(f"/notices/{draft}/lines")
    answer = await send_with(sun, form, "splits", line="1")
    page = HtmlPage(await sun.get(answer.headers["location"]))
    assert page.form(f"/notices/{draft}/lines").named("number") == ["1", "2", "3"]


async def test_a_line_is_moved_up_with_what_was_typed(signed_in, draft):
    sun = await signed_in(SUN)
    form = await draft_form(sun, draft)
    fields = [(n, "门前脏乱" if n == "problem" else v) for n, v in form.fields]
    answer = await send_with(sun, form._replace(fields=fields), "rises", line="3")
    assert answer.status_code == 303
    rows = await rows_of("notice_line", "number")
    assert [row["item"] for row in rows] == ["KC-E-01", "KC-M-01", "KC-E-02"]
    assert {row["problem"] for row in rows} == {"门前脏乱"}


async def test_a_photo_is_named_by_its_bytes_wherever_its_line_moves(signed_in, tools):
    """Browsers keep photos for a year by address: what stood at line 1 came back for another line
    that had risen to its place.
    """
    photo = a_photo()
    await send_photo(tools, photo)
    draft = await a_draft(tools, losses=ALIKE, pictures=(photo,))
    (row,) = [line for line in await lines_of(draft) if line.published_photos()]
    named = f".jpg?v={row.published_photos()[0].sha256[:12]}"
    sun = await signed_in(SUN)
    page = HtmlPage(await sun.get(f"/notices/{draft}"))
    assert f"/notices/{draft}/photos/1-1{named}" in page.links()
    await send_with(sun, page.form(f"/notices/{draft}/lines"), "rises", line="2")
    page = HtmlPage(await sun.get(f"/notices/{draft}"))
    moved = f"/notices/{draft}/photos/2-1{named}"
    assert moved in page.links()
    assert page.one("img", src=moved)
    assert (await sun.get(moved)).status_code == 200


async def test_a_draft_that_was_handed_in_is_not_called_a_draft(signed_in, tools, draft):
    await submit_notice(tools, SUN.actor, draft)
    page = HtmlPage(await (await signed_in(WANG)).get(f"/notices/{draft}"))
    assert page.one("title").text.startswith("待签发")
    assert page.one("nav", class_="crumb").text.endswith("待签发")


async def test_lines_that_cannot_be_merged_say_why_and_stay_chosen(signed_in, draft):
    sun = await signed_in(SUN)
    form = await draft_form(sun, draft)
    page = HtmlPage(await send_with(sun, form, "merges", chosen=["1", "3"]))
    assert page.status == 422
    assert "同一大项" in page.said("alert")
    assert page.form(f"/notices/{draft}/lines").named("chosen") == ["1", "3"]


async def test_a_notice_is_voided_with_a_reason_that_is_not_lost(signed_in, app, tools):
    issued = await an_issued(tools)
    await keep_print(tools, issued.id, b"%PDF", "a" * 64, 1)
    wang, chen, sun = await signed_in(WANG), await signed_in(CHEN), await signed_in(SUN)
    path = f"/notices/{issued.id}/voids"
    assert HtmlPage(await sun.get(f"/notices/{issued.id}")).all("form", action=path) == []
    page = HtmlPage(await wang.submit(path, {"void_reason": "长" * 501}))
    assert page.status == 422
    assert page.form(path).named("void_reason") == ["长" * 501]
    answer = await wang.submit(path, {"void_reason": "门店名称有误"})
    page = HtmlPage(await wang.get(answer.headers["location"]))
    assert "已作废，编号保留" in page.said("status")
    assert "门店名称有误" in page.text
    await keep_void_print(tools, issued.id, b"%PDF void", "b" * 64)
    for visitor in (wang, chen):
        page = HtmlPage(await visitor.get(f"/notices/{issued.id}"))
        assert "作废件 PDF" in page.text
        void = await visitor.get(f"/notices/{issued.id}/void.pdf")
        assert (void.content, 'filename="void.pdf"' in str(void.headers)) == (b"%PDF void", True)
        assert (await visitor.get(f"/notices/{issued.id}/notice.pdf")).content == b"%PDF"
    assert page.all("form", action=f"/notices/{issued.id}/acknowledgements") == []


async def test_the_register_lists_every_number_and_proves_that_none_lacks(signed_in, app, tools):
    issued = await an_issued(tools)
    assignment = await another_assignment(tools, LI, CLUB, "second")
    second = await an_issued(tools, "second", assignment=assignment)
    wang = await signed_in(WANG)
    await wang.submit(f"/notices/{second.id}/voids", {"void_reason": "重复"})
    page = HtmlPage(await wang.get("/notice-register?sort=n"))
    assert [row[0] for row in page.rows()] == [issued.number, second.number]
    assert "1 至 2 号连续，没有缺号，没有重号" in page.text
    assert "理由：重复" in page.rows()[1][4]
    answer = await wang.get("/notice-register?format=csv")
    assert issued.number in answer.text
    found = HtmlPage(await wang.get("/notice-register?q=nothing"))
    assert found.rows() == []


async def test_a_register_with_a_gap_names_it(signed_in, app, tools):
    await an_issued(tools)
    await run("UPDATE drawn_number SET n = 3")
    page = HtmlPage(await (await signed_in(WANG)).get("/notice-register"))
    assert "缺 1 个编号：1" in page.said("alert")


async def test_an_empty_register_says_where_numbers_come_from(signed_in, app):
    page = HtmlPage(await (await signed_in(WANG)).get("/notice-register"))
    assert "还没有编号" in page.text
    for person in (CHEN, SUN):
        assert HtmlPage(await (await signed_in(person)).get("/notice-register")).status == 403
