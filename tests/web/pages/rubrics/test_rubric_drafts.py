"""/rubric-drafts: begun, read, decided by a second person, published."""

import tomllib

from inspection.domain.rubrics.rubric_sheet_reading import read_sheets
from inspection.domain.rubrics.rubric_writer import document_of
from inspection.services.rubrics.rubric_drafts import keep_draft, start_draft
from inspection.spreadsheets.reading import read_book
from inspection.wording import Language, say
from tests.cast import GUO, SUN
from tests.domain.sheets import KC, MINI
from tests.rubric_drafting import a_draft
from tests.web.html_page import HtmlPage

REASON = "KC-F-01 缺一档扣分"


async def submitted(guo, draft):
    answer = await guo.submit(f"/rubric-drafts/{draft}/submissions", {"seen": "1"})
    assert answer.status_code == 303, answer.text


async def test_a_draft_is_begun_from_a_version_or_from_nothing(signed_in, club):
    guo = await signed_in(GUO)
    answer = await guo.submit("/rubric-drafts", {"digest": club})
    assert answer.status_code == 303
    page = HtmlPage(await guo.get(answer.headers["location"]))
    assert say(Language.EN, "said.rubric_draft_started") in page.text
    new = {"code": "XY", "title_zh": "新评分表", "title_en": "New", "store_kind": "storefront"}
    answer = await guo.submit("/rubric-drafts", new)
    assert answer.status_code == 303
    page = HtmlPage(await guo.get(answer.headers["location"]))
    assert say(Language.EN, "rubrics.no_sections") in page.text
    assert say(Language.EN, "rubrics.n_faults", n=2) in page.text


async def test_what_was_typed_for_a_new_rubric_is_not_lost(signed_in, club):
    guo = await signed_in(GUO)
    typed = {"code": "KC", "title_zh": "又一张", "title_en": "Again", "store_kind": "storefront"}
    answer = await guo.submit("/rubric-drafts", typed)
    assert answer.status_code == 409
    (form,) = [f for f in HtmlPage(answer).forms if f.action == "/rubric-drafts"]
    assert {**dict(form.fields), "csrf_token": ""} == {**typed, "csrf_token": ""}
    assert (await guo.submit("/rubric-drafts", {"code": "k"})).status_code == 422
    assert (await guo.get("/rubric-drafts/new")).status_code == 200


async def test_drafts_are_listed_and_read(signed_in, draft):
    sun = await signed_in(SUN)
    assert f"/rubric-drafts/{draft}" in HtmlPage(await sun.get("/rubric-drafts")).links()
    assert (
        say(Language.ZH, "rubrics.no_drafts")
        in HtmlPage(await sun.get("/rubric-drafts?state=submitted")).text
    )
    page = HtmlPage(await sun.get(f"/rubric-drafts/{draft}"))
    assert KC.title.zh in page.text
    file = await sun.get(f"/rubric-drafts/{draft}/scorecard.toml")
    assert tomllib.loads(file.text) == {**document_of(KC), "edition": "2027"}
    book = await sun.get(f"/rubric-drafts/{draft}/scorecard.xlsx")
    assert read_sheets(read_book(book.content, "x.xlsx")).document["edition"] == "2027"


async def test_a_draft_with_anything_in_it_can_be_read(signed_in, tools, club):
    guo = await signed_in(GUO)
    draft = await start_draft(tools, GUO.actor, club)
    odd = {
        "code": 5,
        "title": "x",
        "bands": [3],
        "sections": [
            "x",
            {"title": {"zh": "甲"}, "items": [{"rule": 7, "hours": "x"}, {"full": "a"}, 9]},
            {"items": {}, "over_allocated": True},
        ],
    }
    await keep_draft(tools, GUO.actor, draft, odd, 0)
    for path in (f"/rubric-drafts/{draft}", f"/rubric-drafts/{draft}/approval", "/rubric-drafts"):
        assert (await guo.get(path)).status_code == 200
    measured = {**document_of(MINI), "code": "KC"}
    await keep_draft(tools, GUO.actor, draft, measured, 1)
    assert "> 13" in HtmlPage(await guo.get(f"/rubric-drafts/{draft}?lang=zh-CN")).text


async def test_who_wrote_a_draft_is_offered_no_decision(signed_in, draft):
    guo = await signed_in(GUO)
    await submitted(guo, draft)
    page = HtmlPage(await guo.get(f"/rubric-drafts/{draft}/approval"))
    assert say(Language.EN, "rubrics.second_person") in page.text
    assert not [form for form in page.forms if form.action.endswith("/decisions")]
    own = {"decision": "approve", "seen": "1", "reason": ""}
    assert (await guo.submit(f"/rubric-drafts/{draft}/decisions", own)).status_code == 403


async def test_a_veto_says_why_and_the_writer_reads_it(signed_in, draft):
    guo, sun = await signed_in(GUO), await signed_in(SUN)
    await submitted(guo, draft)
    page = HtmlPage(await sun.get(f"/rubric-drafts/{draft}/approval"))
    (form,) = [form for form in page.forms if form.action.endswith("/decisions")]
    assert form.named("seen") == ["1"]
    silent = {"decision": "veto", "seen": "1", "reason": " "}
    assert (await sun.submit(form.action, silent)).status_code == 422
    veto = {"decision": "veto", "seen": "1", "reason": REASON}
    assert (await sun.submit(form.action, veto)).status_code == 303
    for path in (f"/rubric-drafts/{draft}", f"/rubric-drafts/{draft}/approval"):
        assert REASON in HtmlPage(await guo.get(path)).text
    assert "100 %" in HtmlPage(await sun.get("/rubrics")).text


async def test_a_draft_somebody_else_approved_is_published(signed_in, draft):
    guo, sun = await signed_in(GUO), await signed_in(SUN)
    await submitted(guo, draft)
    approve = {"decision": "approve", "seen": "1", "reason": ""}
    answer = await sun.submit(f"/rubric-drafts/{draft}/decisions", approve)
    assert answer.status_code == 303
    answer = await guo.submit(f"/rubric-drafts/{draft}/publications", {})
    assert answer.status_code == 303
    page = HtmlPage(await guo.get(answer.headers["location"]))
    assert say(Language.EN, "said.rubric_published") in page.text
    page = HtmlPage(await sun.get("/rubrics/KC"))
    assert "v2" in page.text
    assert say(Language.ZH, "rubrics.approved_by", name=SUN.name) in page.text
    assert (await sun.get(f"/rubric-drafts/{draft}/approval")).status_code == 200


async def test_a_decision_about_what_was_not_seen_keeps_the_reason_typed(signed_in, draft):
    guo, sun = await signed_in(GUO), await signed_in(SUN)
    await submitted(guo, draft)
    stale = {"decision": "veto", "seen": "0", "reason": REASON}
    answer = await sun.submit(f"/rubric-drafts/{draft}/decisions", stale)
    assert answer.status_code == 409
    assert REASON in HtmlPage(answer).text


async def test_steps_that_are_not_possible_are_refused_on_the_page(signed_in, draft):
    guo = await signed_in(GUO)
    for step, fields in (
        ("publications", {}),
        ("recalls", {}),
        ("submissions", {"seen": "0"}),
        ("discards", {"seen": "0"}),
        ("bases", {"seen": "0"}),
    ):
        answer = await guo.submit(f"/rubric-drafts/{draft}/{step}", fields)
        assert answer.status_code == 409, step
        assert HtmlPage(answer).forms


async def test_a_submission_is_taken_back_and_a_draft_thrown_away(signed_in, draft):
    guo = await signed_in(GUO)
    await submitted(guo, draft)
    answer = await guo.submit(f"/rubric-drafts/{draft}/recalls", {})
    assert answer.headers["location"] == f"/rubric-drafts/{draft}?said=rubric_draft_recalled"
    answer = await guo.submit(f"/rubric-drafts/{draft}/discards", {"seen": "1"})
    assert answer.headers["location"] == "/rubric-drafts?said=rubric_draft_discarded"
    page = HtmlPage(await guo.get("/rubric-drafts?state=discarded"))
    assert f"/rubric-drafts/{draft}" in page.links()


async def test_a_draft_behind_the_version_in_force_goes_on_from_it(signed_in, tools, club, draft):
    guo, sun = await signed_in(GUO), await signed_in(SUN)
    other = await a_draft(tools, club, edition="2031")
    await submitted(guo, other)
    approve = {"decision": "approve", "seen": "1", "reason": ""}
    await sun.submit(f"/rubric-drafts/{other}/decisions", approve)
    await guo.submit(f"/rubric-drafts/{other}/publications", {})
    page = HtmlPage(await guo.get(f"/rubric-drafts/{draft}/approval"))
    assert say(Language.EN, "rubrics.behind", n=2) in page.text
    answer = await guo.submit(f"/rubric-drafts/{draft}/bases", {"seen": "1"})
    assert answer.status_code == 303
    page = HtmlPage(await guo.get(f"/rubric-drafts/{draft}/approval"))
    assert say(Language.EN, "rubrics.behind", n=2) not in page.text
