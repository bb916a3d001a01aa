"""Regions on the screen: read, filtered, changed, refused, and what was typed kept."""

import pytest

from tests.cast import ANNING, CHEN, CHENGGUAN, CLUB, GUO, LANZHOU, LI, QINZHOU, TIANSHUI, WANG
from tests.web.html_page import HtmlPage, page_of
from tests.web.pages.org.filled_forms import filled

NEW_REGION = {"code": "620103", "name_zh": "七里河区", "name_en": "Qilihe", "parent": LANZHOU}


async def test_the_tree_counts_the_stores_of_each_part(signed_in):
    page = await page_of(await signed_in(GUO), "/regions")
    rows = {row[0]: row[-2:] for row in page.rows()}
    assert rows["Gansu 620000"] == ["4", "0"]
    assert rows["Lanzhou 620100"] == ["3", "0"]
    assert rows["Anning 620105"] == ["1", "0"]


async def test_a_manager_reads_the_own_part_and_changes_nothing(signed_in):
    wang = await signed_in(WANG)
    page = await page_of(wang, "/regions")
    assert [row[0] for row in page.rows()] == ["兰州 620100", "城关区 620102", "安宁区 620105"]
    page = await page_of(wang, f"/regions/{CHENGGUAN}")
    assert [form.action for form in page.forms] == ["/sign-out"]
    assert (await page_of(wang, f"/regions/{QINZHOU}")).status == 404
    page = await page_of(wang, "/stores")
    assert "/new-store" not in page.links()
    assert (await page_of(wang, "/new-store")).status == 403


@pytest.mark.parametrize("path", ["/regions", "/stores"])
async def test_inspectors_and_stores_have_no_lists(signed_in, path):
    for person in (LI, CHEN):
        assert (await page_of(await signed_in(person), path)).status == 403


async def test_the_tree_is_searched_and_keeps_what_is_above(signed_in):
    guo = await signed_in(GUO)
    page = await page_of(guo, "/regions?q=anning")
    assert [row[0] for row in page.rows()] == ["Gansu 620000", "Lanzhou 620100", "Anning 620105"]
    assert "Nothing found" in (await page_of(guo, "/regions?q=nowhere")).text


async def test_a_region_is_created_renamed_moved_closed_and_opened_again(signed_in):
    guo = await signed_in(GUO)
    answer = await guo.submit("/regions", NEW_REGION)
    assert answer.headers["location"] == "/regions/620103?said=org_created"
    here = "/regions/620103"
    for action, changes, said in (
        (f"{here}/names", {"name_zh": "七里河", "name_en": "Qili River"}, "kept"),
        (f"{here}/moves", {"parent": TIANSHUI}, "moved"),
        (f"{here}/closings", {"reason": "撤并"}, "closed"),
        (f"{here}/reopenings", {}, "reopened"),
    ):
        answer = await guo.submit(action, await filled(guo, here, action, **changes))
        assert answer.headers["location"] == f"{here}?said=org_{said}", answer.text
    page = await page_of(guo, here)
    history = page.one("ol", class_="tl").text
    assert "Region moved 郭文" in history
    assert "Below Lanzhou → became Tianshui" in history
    assert "English name Qilihe → became Qili River" in history
    assert "Reason (empty) → became 撤并" in history


async def test_a_refused_region_comes_back_as_it_was_typed(signed_in):
    guo = await signed_in(GUO)
    page = HtmlPage(await guo.submit("/regions", {**NEW_REGION, "code": CHENGGUAN}))
    assert page.status == 422
    form = page.form("/regions")
    assert (form.named("code"), form.named("name_en")) == ([CHENGGUAN], ["Qilihe"])
    assert "Code The code 620102 is taken." in page.text


async def test_closing_a_region_in_use_says_what_to_do(signed_in):
    guo = await signed_in(GUO)
    action = f"/regions/{LANZHOU}/closings"
    fields = await filled(guo, f"/regions/{LANZHOU}", action, reason="撤并")
    page = HtmlPage(await guo.submit(action, fields))
    assert page.status == 409
    assert "3 open stores and 2 open regions still hang below." in page.text


async def test_names_changed_meanwhile_are_shown_beside_what_was_typed(signed_in):
    guo = await signed_in(GUO)
    action = f"/regions/{ANNING}/names"
    first = await filled(guo, f"/regions/{ANNING}", action, name_en="First")
    second = {**first, "name_en": "Second"}
    await guo.submit(action, first)
    page = HtmlPage(await guo.submit(action, second))
    assert page.status == 409
    assert page.form(action).named("name_en") == ["Second"]
    assert page.one("small", class_="now").text == "Kept now: First"
    again = {name: value for name, value in page.form(action).fields if name != "csrf_token"}
    assert (await guo.submit(action, again)).status_code == 303


async def test_a_form_that_is_none_of_ours_is_refused_on_the_page(signed_in):
    guo = await signed_in(GUO)
    page = HtmlPage(await guo.submit(f"/regions/{ANNING}/names", {"name_zh": "x", "more": "y"}))
    assert page.status == 422
    page = HtmlPage(await guo.submit(f"/stores/{CLUB}/record", {"name": "新名", "more": "y"}))
    assert page.status == 422
    assert page.form(f"/stores/{CLUB}/record").named("name") == ["新名"]
