"""Two people and one draft: nobody's words replace another's unseen, and none are lost silently."""

import json

import pytest

from inspection.domain.notices.notice_letter import NAME
from inspection.persistence.statements import run
from inspection.services.rubrics import rubrics
from tests.cast import SUN, WANG
from tests.receiving import rows_of
from tests.reviewing import a_draft
from tests.web.html_page import HtmlPage
from tests.web.pages.notices.notice_forms import draft_form, send

THEIRS, OURS = "孙蕾改过的问题", "王志强打的字"


async def stored_problems():
    return {row["problem"] for row in await rows_of("notice_line")}


@pytest.mark.parametrize("action", ["lines", "submissions"])
async def test_words_from_an_older_page_replace_nothing(signed_in, draft, action):
    wang, sun = await signed_in(WANG), await signed_in(SUN)
    old = await draft_form(wang, draft)
    assert (await send(sun, await draft_form(sun, draft), problem=THEIRS)).status_code == 303
    page = HtmlPage(await send(wang, old, action, requirement=OURS))
    assert page.status == 409
    assert "被别人改过" in page.said("alert")
    form = page.form(f"/notices/{draft}/lines")
    assert form.named("problem") == [THEIRS, THEIRS]
    assert OURS not in form.named("requirement")
    apart = page.one("section", **{"aria-labelledby": "unsaved"}).text
    assert "未保存" in apart
    assert OURS in apart
    assert await stored_problems() == {THEIRS}
    assert (await rows_of("notice"))[0]["state"] == "draft"


async def test_the_page_of_a_conflict_can_be_handed_in_as_it_stands(signed_in, draft):
    wang, sun = await signed_in(WANG), await signed_in(SUN)
    old = await draft_form(wang, draft)
    await send(sun, await draft_form(sun, draft), problem=THEIRS)
    page = HtmlPage(await send(wang, old, "submissions"))
    assert page.status == 409
    answer = await send(wang, page.form(f"/notices/{draft}/lines"), "submissions")
    assert answer.status_code == 303
    assert await stored_problems() == {THEIRS}
    assert (await rows_of("notice"))[0]["state"] == "pending_signoff"


async def test_saving_the_same_words_twice_is_no_conflict(signed_in, draft):
    wang = await signed_in(WANG)
    form = await draft_form(wang, draft)
    for _ in range(2):
        assert (await send(wang, form, problem=OURS)).status_code == 303


async def test_a_wrong_draft_from_an_older_page_stays_old(signed_in, draft):
    wang, sun = await signed_in(WANG), await signed_in(SUN)
    old = await draft_form(wang, draft)
    await send(sun, await draft_form(sun, draft), problem=THEIRS)
    wrong = HtmlPage(await send(wang, old, problem=" "))
    assert wrong.status == 422
    again = await send(wang, wrong.form(f"/notices/{draft}/lines"), problem=OURS)
    assert again.status_code == 409
    assert await stored_problems() == {THEIRS}


@pytest.mark.parametrize("action", ["lines", "submissions"])
async def test_a_notice_handed_in_shows_its_own_words_and_the_typed_ones_apart(
    signed_in, draft, action
):
    wang = await signed_in(WANG)
    form = await draft_form(wang, draft)
    await send(wang, form, "submissions")
    page = HtmlPage(await send(wang, form, action, problem=OURS, hours="360"))
    assert page.status == 409
    assert "待签发" in page.text
    apart = page.one("section", **{"aria-labelledby": "unsaved"}).text
    assert apart.count(OURS) == 2
    assert page.text.count(OURS) == 2
    assert "360 小时内" in apart
    assert page.text.count("360 小时内") == 2
    assert OURS not in await stored_problems()


async def test_a_line_may_keep_and_return_to_the_hours_of_its_rubric(
    signed_in, app, tools, monkeypatch
):
    monkeypatch.setattr(rubrics, "_known", {})
    await run("UPDATE rubric_version SET body = replace(body, '\"hours\":24,', '\"hours\":36,')")
    draft = await a_draft(tools, losses=("KC-E-01",))
    # The card names what it was scored by, which is no version of the database any more.
    ((card, version),) = [
        (json.loads(row["body"])["rubric_digest"], row["rubric_version"])
        for row in await run(
            "SELECT c.body, v.rubric_version FROM visit_scorecard c JOIN visit v ON v.id = c.visit"
        )
    ]
    await run("UPDATE visit_scorecard SET body = replace(body, ?, ?)", card, version)
    wang = await signed_in(WANG)
    for hours in ("36", "48", "36"):
        form = await draft_form(wang, draft)
        assert (await send(wang, form, hours=hours)).status_code == 303
        assert (await draft_form(wang, draft)).named("hours") == [hours]
    page = HtmlPage(await wang.get(f"/notices/{draft}"))
    (chooser,) = [tag for tag in page.all("select") if tag["name"] == "hours"]
    offered = [tag["value"] for tag in page.inside(chooser, "option")]
    assert offered == ["12", "24", "36", "48", "72", "168", "360"]
    assert page.one("input", name="responsible")["maxlength"] == str(NAME)
