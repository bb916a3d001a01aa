"""The pages of looks at stores: sending somebody, confirming what was found, the store's view."""

import pytest

from inspection.persistence.audit import audit
from inspection.persistence.statements import run
from inspection.services import exports
from inspection.services.rectifications.rectification_details import store_line
from inspection.services.rectifications.reinspections import call_off
from tests.cast import CHEN, CLUB, LI, MA, WANG, ZHAO
from tests.looking import PICTURE, a_look, failed_lines, send_look, send_somebody
from tests.reviewing import send_photo
from tests.sheet_texts import text_of
from tests.web.html_page import HtmlPage, query_in
from tests.web.pages.exported import BOTH, cells


@pytest.fixture
async def lines(app, tools):
    return await failed_lines(tools)


@pytest.fixture
async def wang(signed_in):
    return await signed_in(WANG)


def looks_at(line):
    return f"/rectifications/{line.id}/reinspections"


async def test_a_manager_sends_somebody_for_what_failed(signed_in, wang, lines):
    first, second = lines
    page = HtmlPage(await wang.get(f"/rectifications/{first.id}"))
    assert looks_at(first) in page.links()
    form = HtmlPage(await wang.get(looks_at(first))).form(looks_at(first))
    assert form.named("line") == [first.id, second.id]
    fields = {
        "line": first.id,
        "inspector": MA.account,
        "window_from": form.named("window_from")[0],
        "window_to": form.named("window_to")[0],
    }
    answer = await wang.submit(looks_at(first), fields)
    assert answer.status_code == 303
    assert query_in(answer.headers["location"])["said"] == "reinspection_sent"
    listed = HtmlPage(await wang.get("/reinspections"))
    assert MA.pseudonym in listed.text
    assert MA.name not in listed.text
    assert "/reinspections/" in answer.headers["location"]
    ma = await signed_in(MA)
    (task,) = (await ma.get("/api/assignments")).json()["reinspections"]
    assert [line["items"] for line in task["lines"]] == [[first.item]]
    photo = await ma.get(task["lines"][0]["reply"]["photos"][0])
    assert (photo.status_code, photo.headers["content-type"]) == (200, "image/jpeg")
    for name in ("x.jpg", "1-x.jpg", "1.jpg"):
        address = f"/api/reinspections/{task['id']}/photos/{name}"
        assert (await ma.get(address)).status_code == 404


async def test_what_was_filled_in_stays_when_it_is_refused(wang, lines):
    first, _ = lines
    fields = {"line": first.id, "inspector": LI.account, "window_from": "2026-11-20"}
    page = HtmlPage(await wang.submit(looks_at(first), {**fields, "window_to": "soon"}))
    assert page.status == 422
    assert page.form(looks_at(first)).named("window_from") == ["2026-11-20"]
    page = HtmlPage(await wang.submit(looks_at(first), {**fields, "window_to": "2026-11-29"}))
    assert page.status == 422
    assert "请换一个人" in page.text
    fields["window_to"] = "2026-11-29"
    assert (await wang.submit("/rectifications/nobodys/reinspections", fields)).status_code == 404


async def test_the_desk_confirms_and_the_store_reads_it(signed_in, wang, tools, lines, clock):
    first, second = lines
    look = await send_somebody(tools, first, second)
    await send_photo(tools, PICTURE, by=MA)
    sent = a_look(look, first, second, failed=(second.item,), picture=PICTURE)
    await send_look(tools, sent)
    at = f"/reinspections/{look}"
    page = HtmlPage(await wang.get(at))
    form = page.form(f"{at}/settlements")
    assert MA.name not in page.text
    assert form.named("line") == [first.id, second.id]
    assert (await wang.get(f"{at}/photos/1.jpg")).status_code == 200
    fields = {"line": [first.id, second.id], "outcome": ["passed", "failed"], "shown": "1"}
    refused = HtmlPage(await wang.submit(f"{at}/settlements", fields | {"reason": ["好", " "]}))
    assert refused.status == 422
    assert refused.form(f"{at}/settlements").named("reason")[0] == "好"
    clock.go_on(hours=1)
    answer = await wang.submit(f"{at}/settlements", fields | {"reason": ["已整改", "仍破损"]})
    assert query_in(answer.headers["location"])["said"] == "reinspection_settled"
    chen = await signed_in(CHEN)
    shown = HtmlPage(await chen.get(f"/notices/{second.notice}/lines/{second.number}"))
    assert "仍破损" in shown.text
    told = await store_line(tools, CHEN.actor, second.notice, second.number)
    assert (await chen.get(f"/verdicts/{told.verdicts[-1].id}/photos/1.jpg")).status_code == 200


async def test_nothing_is_settled_of_what_is_not_there(wang, tools, lines):
    at = f"/reinspections/{await send_somebody(tools, lines[0])}"
    assert f"{at}/settlements" not in [form.action for form in HtmlPage(await wang.get(at)).forms]
    assert (await wang.get(f"{at}/photos/first.jpg")).status_code == 404
    answer = await wang.submit("/reinspections/nobodys/settlements", {"line": "x"})
    assert answer.status_code == 404


async def test_a_look_is_called_off_for_a_reason(wang, tools, lines):
    look = await send_somebody(tools, lines[0])
    at = f"/reinspections/{look}/cancellations"
    assert HtmlPage(await wang.submit(at, {"why": " "})).status == 422
    answer = await wang.submit(at, {"why": "门店装修"})
    assert query_in(answer.headers["location"])["said"] == "reinspection_cancelled"
    assert "门店装修" in HtmlPage(await wang.get(f"/reinspections/{look}")).text
    assert (await wang.submit("/reinspections/x/cancellations", {"why": "x"})).status_code == 404
    assert look in (await wang.get("/reinspections?state=cancelled")).text
    assert look not in (await wang.get("/reinspections?state=open&q=x")).text


@BOTH
async def test_looks_go_out_as_the_list_shows_them(
    signed_in, wang, tools, lines, clock, monkeypatch, format
):
    monkeypatch.setattr(exports, "LARGEST_PAGE", 1)
    first, second = lines
    await call_off(tools, WANG.actor, await send_somebody(tools, first), "门店装修")
    await send_somebody(tools, first, second)
    title, *rows = await cells(wang, "/reinspections", format)
    assert title[4:] == ("检查员代号", "复查项数", "开始日期", "结束日期", "状态")
    assert sorted((row[0], *row[4:6], row[8]) for row in rows) == [
        (CLUB, MA.pseudonym, "1", "已撤销"),
        (CLUB, MA.pseudonym, "2", "待复查"),
    ]
    assert len(await cells(wang, "/reinspections?state=open", format)) == 2
    assert len(await cells(await signed_in(ZHAO), "/reinspections", format)) == 1


@BOTH
async def test_a_look_nobody_made_in_its_days_is_called_late(
    signed_in, tools, lines, clock, format
):
    await send_somebody(tools, lines[0])
    clock.go_on(hours=24 * 9)
    answer = await (await signed_in(WANG)).get(f"/reinspections?format={format}")
    _, row = text_of(answer.content, f"a.{format}").lines
    assert row.cells[8] == "超期未复查"
    last = (await audit.events_of("reinspection", ""))[-1]
    assert (last.action, last.actor) == ("reinspection.export", WANG.account)


async def test_where_nothing_failed_nobody_can_be_sent(wang, tools, lines):
    first, second = lines
    await send_somebody(tools, first, second)
    assert "没有可以派人复查的项" in HtmlPage(await wang.get(looks_at(first))).text


async def test_a_look_names_the_other_at_its_lines_and_one_verdict_ends_both(
    wang, tools, lines, clock
):
    first, _ = lines
    called_off = await send_somebody(tools, first)
    await call_off(tools, WANG.actor, called_off, "门店装修")
    other = await send_somebody(tools, first)
    # As where an administrator accepted what came of the first after all.
    await run("UPDATE reinspection SET state = 'open' WHERE id = ?", called_off)
    await send_look(tools, a_look(called_off, first))
    clock.go_on(hours=1)
    at = f"/reinspections/{called_off}"
    page = HtmlPage(await wang.get(at))
    assert f"/reinspections/{other}" in page.links()
    assert "没有要问的复查会自动结束" in page.text
    form = page.form(f"{at}/settlements")
    fields = {name: form.named(name) for name in ("line", "outcome", "reason")}
    assert (await wang.submit(f"{at}/settlements", fields)).status_code == 303
    page = HtmlPage(await wang.get(f"/reinspections/{other}"))
    assert "本次复查没有另下结论" in page.text
    assert called_off in " ".join(page.links())
    assert "本次复查没有另下结论" not in HtmlPage(await wang.get(at)).text
