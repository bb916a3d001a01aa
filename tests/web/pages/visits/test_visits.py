"""The review queue, one visit, and deciding about it."""

import pytest

from inspection.persistence.statements import run
from tests.cast import (
    CHEN,
    CLUB,
    GUO,
    HALL,
    LI,
    SUN,
    TIANSHUI,
    WANG,
    Person,
    Role,
)
from tests.makers import an_account
from tests.receiving import rows_of
from tests.reviewing import a_visit, another_assignment, approve, send_back, send_photo
from tests.submissions import SPOTS, a_line, a_photo, lost, passed, rubric_in, sha256_of
from tests.web.html_page import HtmlPage, query_in

NOBODYS = "00000000-0000-7000-8000-000000009999"
QIN = Person(sign_in="qin", name="秦岭", role=Role.REVIEWER, region=TIANSHUI)
"""A reviewer for Tianshui only."""


@pytest.fixture
async def qin(app, tools, signed_in):
    await an_account(tools, QIN)
    return await signed_in(QIN)


async def decide(visitor, visit, decision, **fields):
    page = HtmlPage(await visitor.get(f"/visits/{visit}"))
    form = page.form(f"/visits/{visit}/reviews")
    return await visitor.http.post(
        form.action, data={**dict(form.fields), "decision": decision, **fields}
    )


async def test_only_reviewers_have_a_queue(signed_in):
    for person in (LI, WANG, CHEN, GUO):
        assert HtmlPage(await (await signed_in(person)).get("/visits")).status == 403


async def test_another_branch_looks_missing(qin, app, tools):
    visit = await a_visit(tools)
    assert HtmlPage(await qin.get(f"/visits/{visit}")).status == 404
    answer = await qin.submit(
        f"/visits/{visit}/reviews", {"attempt": "1", "decision": "approve", "reason": ""}
    )
    assert answer.status_code == 404
    assert "东方红" not in (await qin.get("/visits")).text


async def test_an_inspector_finds_nothing_here_not_even_the_own_visit(signed_in, tools):
    visit = await a_visit(tools)
    assert (await (await signed_in(LI)).get(f"/visits/{visit}")).status_code == 404


@pytest.mark.parametrize("visit", [NOBODYS, "1", "%00", "..%2f..%2fetc"])
async def test_a_visit_nobody_made_is_missing(signed_in, visit):
    sun = await signed_in(SUN)
    assert HtmlPage(await sun.get(f"/visits/{visit}")).status == 404
    fields = {"attempt": "1", "decision": "approve", "reason": ""}
    assert (await sun.submit(f"/visits/{visit}/reviews", fields)).status_code == 404


async def test_a_damaged_queue_address_is_refused(signed_in):
    page = HtmlPage(await (await signed_in(SUN)).get("/visits?cursor=damaged"))
    assert page.status == 422
    assert "请回到列表第一页" in page.text


async def test_an_empty_queue_says_what_will_come(signed_in):
    page = HtmlPage(await (await signed_in(SUN)).get("/visits"))
    assert "没有等待审核的检查" in page.text
    assert page.rows() == []


async def test_the_longest_wait_stands_first(signed_in, tools, clock):
    await a_visit(tools, "early")
    clock.go_on(minutes=50)
    await a_visit(tools, "late", store=HALL, losses=("KH-V-04",))
    clock.go_on(minutes=30)
    rows = HtmlPage(await (await signed_in(SUN)).get("/visits")).rows()
    assert [(row[0].split()[0], row[-1]) for row in rows] == [
        ("城关东方红客户俱乐部", "1 小时 20 分"),
        ("城关盘旋路营业厅", "0 小时 30 分"),
    ]
    assert rows[0][2] == LI.pseudonym


async def test_missing_photos_show_in_the_queue_and_block_approval(signed_in, tools):
    photo = a_photo()
    visit = await a_visit(tools, pictures=(photo,))
    sun = await signed_in(SUN)
    assert "还差 1 张" in HtmlPage(await sun.get("/visits")).rows()[0][6]
    page = HtmlPage(await sun.get(f"/visits/{visit}"))
    button = page.one("button", value="approve")
    assert "disabled" in button.attributes
    assert "还有 1 张照片没有传到" in page.text
    answer = await decide(sun, visit, "approve")
    assert answer.status_code == 409
    assert "还有 1 张照片没有传到" in HtmlPage(answer).said("alert")
    await send_photo(tools, photo)
    assert (await decide(sun, visit, "approve")).status_code == 303


async def test_a_visit_shows_every_loss_with_its_evidence_and_the_score(signed_in, tools):
    photo = a_photo()
    visit = await a_visit(tools, losses=(SPOTS, "KC-M-01"), pictures=(photo,))
    await send_photo(tools, photo)
    sun = await signed_in(SUN)
    page = HtmlPage(await sun.get(f"/visits/{visit}"))
    findings = [tag.text for tag in page.all("article", class_="finding")]
    assert findings[0].startswith("11-18 08:15 · 现场拍摄 KC-E-01 门前地面")
    assert "−1 / 3" in findings[0]
    assert "书面记录" in findings[1]
    assert "计入总分" not in page.text
    shown = page.one("img", width="168")
    assert (await sun.get(shown["src"])).content.startswith(b"\xff\xd8\xff")
    assert "门前地面" in shown["alt"]
    assert page.rows()[0][0] == "环境评价"
    assert LI.pseudonym in page.text
    assert LI.name not in page.source


async def test_hints_stand_together_and_lead_to_the_visit_they_are_about(signed_in, tools):
    photo = a_photo(7)
    line = {"origin": "gallery"}
    first = await a_visit(tools, "first", pictures=(photo,), line=line)
    second = await a_visit(tools, "second", store=HALL, losses=("KH-E-01",), pictures=(photo,))
    sun = await signed_in(SUN)
    page = HtmlPage(await sun.get(f"/visits/{first}?lang=en"))
    hints = page.inside(page.one("ul", class_="flags"), "li")
    assert any("taken from the gallery" in hint.text for hint in hints)
    assert "decide nothing" in page.one("h2", id="hints").text
    assert f"/visits/{second}" in page.links()


async def test_a_marked_copy_is_shown_beside_its_original_and_says_so(signed_in, tools):
    original, copy = a_photo(1), a_photo(2)
    lines = [a_line(SPOTS, 0, original), a_line(SPOTS, 1, copy, marked_from=sha256_of(original))]
    visit = await a_visit(tools, losses=(SPOTS,), pictures=(original, copy), photos=lines)
    for photo in (original, copy):
        await send_photo(tools, photo)
    page = HtmlPage(await (await signed_in(SUN)).get(f"/visits/{visit}"))
    first, second = page.all("img", width="168")
    assert sha256_of(original) in first["src"]
    assert sha256_of(copy) in second["src"]
    assert second["alt"].endswith("（前一张的标注副本）")
    assert [tag.text for tag in page.all("span", class_="photo__s")][1] == "标注副本"


async def test_items_left_out_of_the_score_are_named_with_the_reason(signed_in, tools):
    item = next(item for item in rubric_in().items() if item.na == "allowed")
    answers = [
        {"item": item.code, "verdict": "na", "reason": "当天没有跨区客户"}
        if each.code == item.code
        else passed(each)
        for each in rubric_in().items()
        if not each.feature or each.feature == "vip_desk_required"
    ]
    visit = await a_visit(tools, losses=(), answers=answers)
    page = HtmlPage(await (await signed_in(SUN)).get(f"/visits/{visit}"))
    (aside,) = [tag.text for tag in page.all("section") if tag.get("aria-labelledby") == "aside"]
    assert "当天没有跨区客户 不适用" in aside
    assert "门店未要求配备" in aside


async def test_what_counts_is_said_where_it_is_not_the_sum_of_the_losses(signed_in, tools):
    left_out = "KC-E-06"
    answers = [
        {"item": left_out, "verdict": "na", "reason": "门店没有这一处"}
        if item.code == left_out
        else lost(item)
        if item.code == SPOTS
        else passed(item)
        for item in rubric_in().items()
        if not item.feature or item.feature == "vip_desk_required"
    ]
    visit = await a_visit(tools, losses=(), answers=answers)
    page = HtmlPage(await (await signed_in(SUN)).get(f"/visits/{visit}"))
    assert "1 项，共 −1，计入总分 −1." in page.text


async def test_a_return_without_a_reason_comes_back_with_the_sentence(signed_in, tools):
    visit = await a_visit(tools)
    sun = await signed_in(SUN)
    answer = await decide(sun, visit, "return", reason="  ")
    page = HtmlPage(answer)
    assert page.status == 422
    assert "退回" in page.said("alert")
    assert "aria-invalid" in page.one("textarea").attributes
    assert await rows_of("review") == []


async def test_what_was_typed_is_kept_when_the_decision_is_refused(signed_in, tools):
    visit = await a_visit(tools)
    sun = await signed_in(SUN)
    typed = "照片与门店不符，请重新拍摄。\n另请补充说明。"
    page = HtmlPage(await decide(sun, visit, "return", reason=typed, attempt="2"))
    assert page.status == 409
    assert "第 1 次" in page.said("alert")
    assert page.form(f"/visits/{visit}/reviews").named("reason") == [typed]
    too_long = "请补充。" * 200
    page = HtmlPage(await decide(sun, visit, "return", reason=too_long))
    assert page.status == 422
    assert page.form(f"/visits/{visit}/reviews").named("reason") == [too_long]


@pytest.mark.parametrize(
    "fields",
    [
        {"decision": "burn"},
        {"attempt": "first"},
        {"attempt": "1" * 30},
        {"reason": "\x00"},
        {"total": "10000"},
    ],
    ids=str,
)
async def test_a_form_nobody_gave_out_changes_nothing(signed_in, tools, fields):
    visit = await a_visit(tools)
    sun = await signed_in(SUN)
    sent = {"attempt": "1", "decision": "approve", "reason": "好"} | fields
    page = HtmlPage(await sun.submit(f"/visits/{visit}/reviews", sent))
    assert page.status == 422
    assert page.said("alert")
    assert await rows_of("review") == []


async def test_the_language_can_be_changed_after_a_refusal(signed_in, tools):
    visit = await a_visit(tools)
    sun = await signed_in(SUN)
    page = HtmlPage(await decide(sun, visit, "return"))
    english = HtmlPage(await sun.get(page.one("a", hreflang="en")["href"]))
    assert (english.status, english.one("html")["lang"]) == (200, "en")
    assert english.one("button", value="approve").text == "Approve"


async def test_an_approved_visit_says_when_it_goes_out(signed_in, tools):
    visit = await a_visit(tools)
    sun = await signed_in(SUN)
    assert "随第 48 周批次于 2026-11-23（周一） 发布" in (await sun.get(f"/visits/{visit}")).text
    answer = await decide(sun, visit, "approve")
    assert (answer.status_code, answer.headers["location"]) == (
        303,
        f"/visits/{visit}?said=approved",
    )
    page = HtmlPage(await sun.get(answer.headers["location"]))
    assert "已通过审核" in page.said("status")
    assert "已通过，将随第 48 周批次于 2026-11-23（周一） 发布" in page.said("note")
    assert [link for link in page.links() if link.startswith("/notices/")] == []
    assert HtmlPage(await sun.get("/ranking?kind=customer_club")).rows() == []


async def test_where_the_day_may_be_known_approving_publishes_ranks_and_drafts(signed_in, tools):
    await run("UPDATE round SET disclose_day = TRUE")
    visit = await a_visit(tools)
    sun = await signed_in(SUN)
    assert "通过后立即发布" in (await sun.get(f"/visits/{visit}")).text
    answer = await decide(sun, visit, "approve")
    assert answer.headers["location"] == f"/visits/{visit}?said=released"
    page = HtmlPage(await sun.get(answer.headers["location"]))
    assert "已通过并发布" in page.said("status")
    assert page.all("form") != []
    assert page.all("textarea") == []
    (link,) = [link for link in page.links() if link.startswith("/notices/")]
    assert HtmlPage(await sun.get(link)).status == 200
    assert len(HtmlPage(await sun.get("/ranking?kind=customer_club")).rows()) == 1
    assert HtmlPage(await sun.get("/visits")).rows() == []


async def test_the_same_decision_sent_twice_is_made_once(signed_in, tools):
    visit = await a_visit(tools)
    sun = await signed_in(SUN)
    fields = {"attempt": "1", "decision": "approve", "reason": ""}
    first = await sun.submit(f"/visits/{visit}/reviews", fields)
    again = await sun.submit(f"/visits/{visit}/reviews", fields)
    assert first.headers["location"] == again.headers["location"]
    assert len(await rows_of("review")) == 1


async def test_a_returned_visit_shows_why_and_waits_for_the_inspector(signed_in, tools):
    visit = await a_visit(tools)
    sun = await signed_in(SUN)
    answer = await decide(sun, visit, "return", reason="照片看不清，请补拍")
    page = HtmlPage(await sun.get(answer.headers["location"]))
    assert "已退回检查员" in page.said("status")
    assert "退回 · 孙蕾 照片看不清，请补拍" in page.text
    assert [button["value"] for button in page.all("button") if "value" in button.attributes] == [
        "reopen"
    ]


async def test_an_own_visit_is_left_to_others_and_a_locked_one_as_it_is(signed_in, tools):
    visit = await a_visit(tools)
    sun = await signed_in(SUN)
    await run("UPDATE visit SET inspector = ?", SUN.account)
    page = HtmlPage(await sun.get(f"/visits/{visit}?lang=en"))
    assert "You made this visit yourself" in page.text
    assert page.all("button", name="decision") == page.all("button", name="mark") == []
    await run("UPDATE visit SET inspector = ?, state = 'locked'", LI.account)
    page = HtmlPage(await sun.get(f"/visits/{visit}"))
    assert "an administrator unlocks the round first" in page.text
    assert page.all("button", name="decision") == []


async def test_the_next_attempt_is_marked_in_the_queue(signed_in, tools):
    visit = await a_visit(tools)
    await send_back(tools, visit)
    await a_visit(tools, attempt=2)
    row = HtmlPage(await (await signed_in(SUN)).get("/visits")).rows()[0]
    assert "第 2 次提交" in row[0]


async def test_a_decided_visit_cannot_be_decided_otherwise(signed_in, tools):
    visit = await a_visit(tools)
    await approve(tools, visit)
    sun = await signed_in(SUN)
    fields = {"attempt": "1", "decision": "return", "reason": "再看看"}
    page = HtmlPage(await sun.submit(f"/visits/{visit}/reviews", fields))
    assert page.status == 409
    assert "已发布" in page.said("alert")


async def test_the_next_visit_is_one_link_away(signed_in, tools):
    first = await a_visit(tools, "first")
    second = await a_visit(tools, "second", store=HALL, losses=("KH-V-04",))
    page = HtmlPage(await (await signed_in(SUN)).get(f"/visits/{first}"))
    assert page.one("a", rel="next")["href"] == f"/visits/{second}"


async def test_an_administrator_reads_but_does_not_decide(signed_in, tools):
    visit = await a_visit(tools)
    guo = await signed_in(GUO)
    page = HtmlPage(await guo.get(f"/visits/{visit}"))
    assert page.status == 200
    assert page.all("textarea") == []
    fields = {"attempt": "1", "decision": "approve", "reason": ""}
    assert (await guo.submit(f"/visits/{visit}/reviews", fields)).status_code == 403


async def test_a_long_queue_goes_on_where_it_stopped(signed_in, tools, clock):
    for number in range(51):
        assignment = await another_assignment(tools, LI, CLUB, f"{number}")
        await a_visit(tools, f"{number}", assignment=assignment, losses=())
        clock.go_on(minutes=1)
    sun = await signed_in(SUN)
    first = HtmlPage(await sun.get("/visits"))
    link = first.one("a", rel="next", class_="btn--sm")["href"]
    assert set(query_in(link)) == {"cursor"}
    second = HtmlPage(await sun.get(link))
    assert (len(first.rows()), len(second.rows())) == (50, 1)
    assert second.all("a", rel="next") == []
    assert "/visits" in second.links()


async def test_only_quality_control_reads_when_somebody_came_and_what_they_remarked(
    signed_in, tools
):
    visit = await a_visit(
        tools,
        losses=(SPOTS,),
        check_in={"at": "2026-11-18T08:03:00+08:00", "place": None},
        check_out={"at": "2026-11-18T08:57:00+08:00", "place": None},
        remarks=[{"at": "2026-11-18T08:21:00+08:00", "text": "保安问了两次<b>"}],
    )
    page = HtmlPage(await (await signed_in(SUN)).get(f"/visits/{visit}"))
    for told in ("到店", "08:03", "离店", "08:57", "没有定位", "保安问了两次<b>", "08:21"):
        assert told in page.text
    outcome = await approve(tools, visit)
    for person in (CHEN, WANG):
        visitor = await signed_in(person)
        for address in (f"/notices/{outcome.notice}", "/notices", f"/stores/{CLUB}", "/"):
            shown = (await visitor.get(address)).text
            for secret in ("保安问了两次", "08:03", "08:57", "08:21"):
                assert secret not in shown


async def test_the_queue_keeps_its_filter_from_visit_to_visit(signed_in, tools, clock):
    first = await a_visit(tools, "first")
    clock.go_on(minutes=5)
    second = await a_visit(tools, "second", store=HALL, losses=())
    sun = await signed_in(SUN)
    page = HtmlPage(await sun.get("/visits?q=A-017&sort=-lost"))
    assert [row[0].split()[0] for row in page.rows()] == [
        "城关东方红客户俱乐部",
        "城关盘旋路营业厅",
    ]
    kept = "q=A-017&sort=-lost"
    assert f"/visits/{first}?{kept}" in page.links()
    visit = HtmlPage(await sun.get(f"/visits/{first}?{kept}"))
    assert visit.one("a", rel="next")["href"] == f"/visits/{second}?{kept}"
    answer = await sun.submit(
        f"/visits/{first}/reviews?{kept}",
        {"attempt": "1", "decision": "return", "reason": "补拍", "hours": "24"},
    )
    assert answer.headers["location"] == f"/visits/{first}?{kept}&said=returned"
    item = HtmlPage(await sun.get(f"/visits/{first}/items/{SPOTS}?{kept}"))
    assert f"/visits?{kept}" in item.links()


async def test_the_queue_shows_returned_visits_and_what_is_overdue(signed_in, tools, clock):
    visit = await a_visit(tools)
    await send_back(tools, visit)
    clock.go_on(hours=25)
    sun = await signed_in(SUN)
    page = HtmlPage(await sun.get("/visits?state=returned"))
    assert "逾期 1" in page.text
    assert len(page.rows()) == 1
    assert "没有等待审核的检查" in HtmlPage(await sun.get("/visits")).text
    assert "没有退回待重交" not in page.text


async def test_a_long_wait_is_said_and_led_to(signed_in, tools, clock):
    await a_visit(tools)
    clock.go_on(hours=49)
    sun = await signed_in(SUN)
    page = HtmlPage(await sun.get("/visits"))
    assert "超时不会自动通过" in page.text
    assert "/visits?waited=48" in page.links()
    assert len(HtmlPage(await sun.get("/visits?waited=48&again=yes")).rows()) == 0
    assert "没有符合筛选" in HtmlPage(await sun.get("/visits?flag=short_visit")).text
    assert HtmlPage(await sun.get("/visits?state=returned")).text.count("没有退回待重交") == 1
