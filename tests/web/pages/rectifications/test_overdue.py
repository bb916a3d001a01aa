"""The page of what is late, its files, and the buttons that urge."""

import re
from datetime import timedelta

import pytest

from inspection.persistence.statements import run
from tests.cast import CHEN, CLUB, GUO, LI, SUN, WANG
from tests.reviewing import an_issued
from tests.submissions import rubric_in
from tests.web.html_page import HtmlPage


@pytest.fixture
async def notice(app, tools, clock):
    issued = await an_issued(tools, "late", GUO, visitor=LI, store=CLUB)
    due = clock.time - timedelta(hours=5)
    await run("UPDATE notice_line SET due_at = ?", due)
    await run("UPDATE notice SET first_due_at = ?", due)
    return issued.id


@pytest.fixture
async def wang(signed_in):
    return await signed_in(WANG)


async def test_only_desks_see_it(signed_in, app):
    for person in (CHEN, LI):
        assert (await (await signed_in(person)).get("/overdue")).status_code == 403


async def test_down_the_tree_to_the_line(wang, notice):
    page = HtmlPage(await wang.get("/overdue?lang=en"))
    assert "Chengguan" in page.source
    page = HtmlPage(await wang.get("/overdue?region=/620000/620100/620102/&lang=en"))
    assert f"store={CLUB}" in page.source
    page = HtmlPage(await wang.get(f"/overdue?region=/620000/620100/620102/&store={CLUB}&lang=en"))
    assert "5 h late" in page.source
    assert re.search(r"K[CH]-[A-Z]-\d\d", page.text)
    assert [form.action for form in page.forms].count(f"/notices/{notice}/urges") == 1


@pytest.mark.parametrize("lang", ["zh-CN", "en"])
async def test_a_line_says_what_its_item_is_in_the_readers_language(wang, notice, lang):
    page = HtmlPage(await wang.get(f"/overdue?store={CLUB}&lang={lang}"))
    (line, *_) = await run("SELECT item FROM notice_line WHERE notice = ?", notice)
    item = rubric_in().item(str(line["item"]))
    assert item is not None
    title = item.title.of(lang)
    assert title in page.text
    answer = await wang.get(f"/overdue?store={CLUB}&lang={lang}&format=csv")
    assert title in answer.text
    await run("UPDATE notice_line SET item = 'OLD-01'")
    assert "OLD-01" in HtmlPage(await wang.get(f"/overdue?store={CLUB}&lang={lang}")).text


async def test_nothing_late_says_so(wang):
    assert "Nothing is late here" in HtmlPage(await wang.get("/overdue?lang=en")).source


async def test_a_reviewer_looks_and_does_not_urge(signed_in, notice):
    sun = await signed_in(SUN)
    page = HtmlPage(await sun.get(f"/overdue?store={CLUB}"))
    assert page.status == 200
    assert f"/notices/{notice}/urges" not in page.source
    answer = await sun.submit(f"/notices/{notice}/urges", {"whom": "store"})
    assert answer.status_code == 403


async def test_urging_once_a_day_from_the_page(wang, notice):
    answer = await wang.submit(f"/notices/{notice}/urges", {"whom": "store"})
    assert answer.headers["location"] == "/notices?state=overdue&said=urged"
    fields = {"whom": "above", "back": "overdue", "store": CLUB}
    answer = await wang.submit(f"/notices/{notice}/urges", fields)
    assert answer.headers["location"] == f"/overdue?store={CLUB}&said=escalated"
    page = HtmlPage(await wang.get(answer.headers["location"] + "&lang=en"))
    assert "Those above the store were told." in page.source
    assert page.source.count("today") >= 2
    again = await wang.submit(f"/notices/{notice}/urges", {"whom": "store"})
    assert again.status_code == 409


@pytest.mark.parametrize("address", ["/overdue", f"/overdue?store={CLUB}"])
async def test_the_rows_go_out_as_a_file(wang, notice, address):
    sign = "&" if "?" in address else "?"
    answer = await wang.get(f"{address}{sign}format=csv&lang=en")
    assert answer.status_code == 200
    assert "5" in answer.text
    assert (await wang.get(f"{address}{sign}format=xlsx")).status_code == 200
