"""The pages of rectification: a store answers on its page, the desk verifies, calls and learns."""

import pytest

from inspection.persistence.audit import audit
from inspection.persistence.rectifications import rectification_queue
from inspection.persistence.statements import run
from inspection.services.rectifications import follow_up_exports
from inspection.services.rectifications.extensions import Wanted, ask
from inspection.services.rectifications.follow_ups import note_call
from tests.cast import CHEN, CLUB, DENG, GUO, HALL, LI, SUN, WANG, ZHAO
from tests.receiving import rows_of
from tests.rectifying import a_reply, accept, issued_lines, send_back, sent_photo
from tests.reviewing import a_draft, another_assignment
from tests.submissions import a_photo
from tests.web.html_page import HtmlPage, query_in
from tests.web.pages.test_exports import BOTH, cells

SHOWN = {"pictures": (a_photo(30),)}


@pytest.fixture
async def lines(app, tools):
    return await issued_lines(tools, **SHOWN)


@pytest.fixture
def line(lines):
    return lines[0]


def of_store(line, part=""):
    return f"/notices/{line.notice}/lines/{line.number}{part}"


def send_reply(visitor, line, pictures=(), **fields):
    files = [("photo", (f"{n}.jpg", photo)) for n, photo in enumerate(pictures)]
    data = {"csrf_token": visitor.csrf_token, "client_id": "client-1", **fields}
    empty = [("photo", ("", b""))]
    return visitor.http.post(of_store(line, "/replies"), data=data, files=files or empty)


async def test_a_store_answers_with_a_photo(signed_in, line):
    chen = await signed_in(CHEN)
    page = HtmlPage(await chen.get(of_store(line)))
    form = page.form(of_store(line, "/replies"))
    assert form.named("client_id")[0]
    answer = await send_reply(
        chen, line, [a_photo(60)], measure="已装好", cause="坏了", on_the_spot="yes"
    )
    assert answer.status_code == 303
    assert query_in(answer.headers["location"])["said"] == "replied"
    after = HtmlPage(await chen.get(of_store(line)))
    assert "已装好" in after.text
    assert of_store(line, "/replies") not in [form.action for form in after.forms]
    (kept,) = await rows_of("rectification_reply")
    assert kept["on_the_spot"]
    again = await send_reply(chen, line, [a_photo(61)], measure="又一次")
    assert query_in(again.headers["location"])["said"] == "reply_kept"
    assert "另存" in HtmlPage(await chen.get(of_store(line))).text


async def test_what_was_typed_stays_and_photos_are_kept(signed_in, line):
    chen = await signed_in(CHEN)
    answer = await send_reply(chen, line, [a_photo(60)], measure=" ", cause="配件断裂")
    page = HtmlPage(answer)
    assert page.status == 422
    form = page.form(of_store(line, "/replies"))
    assert form.named("cause") == ["配件断裂"]
    (digests,) = form.named("photos")
    assert len(digests) == 64
    answer = await send_reply(chen, line, measure="好", photos=digests)
    assert answer.status_code == 303


async def test_a_form_without_files_is_refused(signed_in, line):
    chen = await signed_in(CHEN)
    page = HtmlPage(await chen.submit(of_store(line, "/replies"), {"measure": "好"}))
    assert page.status == 415


async def test_there_is_room_for_so_many_photos(signed_in, line):
    chen = await signed_in(CHEN)
    photos = ",".join(f"{n:064x}" for n in range(9))
    answer = await send_reply(chen, line, [a_photo(60)], measure="好", photos=photos)
    assert "最多 9 张照片" in HtmlPage(answer).text


async def test_more_time_is_asked_for_and_decided(signed_in, line):
    chen, wang = await signed_in(CHEN), await signed_in(WANG)
    refused = HtmlPage(
        await chen.submit(of_store(line, "/extensions"), {"hours": "48", "why": " "})
    )
    assert refused.status == 422
    answer = await chen.submit(of_store(line, "/extensions"), {"hours": "48", "why": "配件在途"})
    assert query_in(answer.headers["location"])["said"] == "extension_asked"
    (asked,) = await rows_of("line_extension")
    page = HtmlPage(await wang.get(f"/rectifications/{line.id}"))
    form = page.form(f"/extensions/{asked['id']}/opinions")
    assert form.named("opinion") == [""]
    fields = {"hours": "48", "opinion": ""}
    refused = HtmlPage(
        await wang.submit(f"/extensions/{asked['id']}/opinions", {**fields, "decision": "refuse"})
    )
    assert refused.status == 422
    answer = await wang.submit(
        f"/extensions/{asked['id']}/opinions", {**fields, "decision": "grant"}
    )
    assert answer.status_code == 303
    for reader in (chen, wang):
        paper = HtmlPage(await reader.get(f"/extensions/{asked['id']}"))
        assert "延〔2026〕1号" in paper.text
    await opinion_is_printed_again(chen, wang, asked["id"])
    assert "同意延期" in HtmlPage(await chen.get(of_store(line))).text
    listed = HtmlPage(await wang.get("/rectifications?tab=open"))
    assert len(listed.rows()) == 2


async def opinion_is_printed_again(chen, wang, extension):
    """Where printing was given up both read so, and the desk has it laid out again."""
    await run("UPDATE job SET state = 'dead' WHERE kind = 'opinion.print'")
    again = f"/extensions/{extension}/prints"
    for reader, offered in ((chen, []), (wang, [again])):
        paper = HtmlPage(await reader.get(f"/extensions/{extension}"))
        assert "PDF 未生成" in paper.text
        assert [form.action for form in paper.forms if form.action == again] == offered
    answer = await wang.submit(again, {})
    assert query_in(answer.headers["location"])["said"] == "printing"


async def test_a_store_names_who_helps(signed_in, line):
    chen = await signed_in(CHEN)
    answer = await chen.submit(of_store(line, "/handlers"), {"handler": "工程部"})
    assert query_in(answer.headers["location"])["said"] == "handler_added"
    assert "工程部" in HtmlPage(await chen.get(of_store(line))).text
    refused = HtmlPage(await chen.submit(of_store(line, "/handlers"), {"handler": " "}))
    assert refused.status == 422


async def test_the_desk_verifies_one_after_the_other(signed_in, tools, lines):
    first, second = lines
    await a_reply(tools, first.id)
    await a_reply(tools, second.id, 61)
    wang = await signed_in(WANG)
    assert len(HtmlPage(await wang.get("/rectifications")).rows()) == 2
    page = HtmlPage(await wang.get(f"/rectifications/{first.id}"))
    form = page.form(f"/rectifications/{first.id}/verdicts")
    # The bar a thumb reaches on a phone belongs to the same form.
    assert "#verdict-form" in page.links()
    assert page.all("button", form="verdict-form", name="verdict", value="accept")
    seen = form.named("seen")[0]
    assert page.all("div", **{"data-compare": ""}) is not None
    image = next(tag["src"] for tag in page.all("img") if tag["src"].startswith("/replies/"))
    assert (await wang.get(image)).headers["content-type"] == "image/jpeg"
    answer = await wang.submit(
        f"/rectifications/{first.id}/verdicts", {"verdict": "accept", "seen": seen}
    )
    assert answer.headers["location"].startswith(f"/rectifications/{second.id}?")
    answer = await wang.submit(
        f"/rectifications/{second.id}/verdicts",
        {"verdict": "return", "seen": "", "quick": "unclear", "reason": "请重拍"},
    )
    assert answer.headers["location"].startswith(f"/rectifications/{second.id}?")
    chen = await signed_in(CHEN)
    shown = HtmlPage(await chen.get(of_store(second)))
    assert "照片看不清。 请重拍" in shown.text
    assert "王志强" not in shown.text


async def test_settled_lines_are_counted_where_they_are_sought(
    signed_in, tools, lines, monkeypatch
):
    monkeypatch.setattr(rectification_queue, "MOST", 1)
    for shade, line in enumerate(lines, 60):
        await a_reply(tools, line.id, shade)
        await accept(tools, line.id)
    wang = await signed_in(WANG)
    assert "已通过 2" in HtmlPage(await wang.get("/rectifications?tab=open")).text
    elsewhere = HtmlPage(await wang.get("/rectifications?tab=open&q=KC")).text
    assert "已通过" in elsewhere
    assert "已通过 0" not in elsewhere
    there = HtmlPage(await wang.get("/rectifications?tab=verified&q=KC")).text
    assert "已通过 1+" in there
    assert "至少 1 条" in there
    program = (await wang.get("/api/lines?tab=verified&q=KC")).json()
    assert (program["total"], program["at_least"]) == (1, True)


async def test_a_refused_verdict_keeps_the_words(signed_in, tools, line):
    await a_reply(tools, line.id)
    wang = await signed_in(WANG)
    fields = {"verdict": "accept", "seen": "0" * 32, "reason": "看过了"}
    page = HtmlPage(await wang.submit(f"/rectifications/{line.id}/verdicts", fields))
    assert page.status == 409
    assert page.form(f"/rectifications/{line.id}/verdicts").named("reason") == ["看过了"]
    page = HtmlPage(
        await wang.submit(f"/rectifications/{line.id}/verdicts", {"verdict": "return", "seen": ""})
    )
    assert page.status == 422


async def test_a_look_at_the_store_settles_a_returned_line(signed_in, tools, line):
    await a_reply(tools, line.id)
    await send_back(tools, line.id)
    sun = await signed_in(SUN)
    page = HtmlPage(await sun.get(f"/rectifications/{line.id}"))
    assert page.form(f"/rectifications/{line.id}/verdicts").named("way") == ["recheck"]
    fields = {"verdict": "accept", "seen": "", "way": "recheck", "reason": "现场已好"}
    answer = await sun.submit(f"/rectifications/{line.id}/verdicts", fields)
    assert answer.headers["location"].startswith(f"/rectifications/{line.id}?")
    assert "现场复查合格" in HtmlPage(await sun.get(f"/rectifications/{line.id}")).text


async def test_the_call_a_day_later_is_noted(signed_in, tools, line):
    await a_reply(tools, line.id)
    await accept(tools, line.id)
    (call,) = await rows_of("follow_up_call")
    wang = await signed_in(WANG)
    assert "回访" in HtmlPage(await wang.get("/follow-ups")).text
    path = f"/follow-ups/{call['id']}/calls"
    refused = HtmlPage(await wang.submit(path, {"came": "dissatisfied", "note": ""}))
    assert refused.status == 422
    assert refused.form(path)
    answer = await wang.submit(path, {"came": "done", "note": "正常"})
    assert query_in(answer.headers["location"])["said"] == "call_noted"
    assert "正常" in HtmlPage(await wang.get("/follow-ups?state=done")).text
    zhao = await signed_in(ZHAO)
    verdicts = f"/rectifications/{line.id}/verdicts"
    assert (await zhao.submit(verdicts, {"verdict": "accept", "seen": ""})).status_code == 404
    assert (await zhao.submit(path, {"came": "done", "note": ""})).status_code == 404


@BOTH
async def test_calls_go_out_without_anybodys_number(signed_in, tools, lines, monkeypatch, format):
    monkeypatch.setattr(follow_up_exports, "LARGEST_PAGE", 1)
    await run("UPDATE store SET contact_phone = '13900001234'")
    first, second = lines
    for each in lines:
        await a_reply(tools, each.id, client_id=f"client-{each.number}")
        await accept(tools, each.id)
    called = next(row for row in await rows_of("follow_up_call") if row["line"] == first.id)
    await note_call(tools, WANG.actor, str(called["id"]), "done", "正常")
    wang = await signed_in(WANG)
    assert "13900001234" in (await wang.get("/follow-ups?state=")).text
    title, *rows = await cells(wang, "/follow-ups?state=", format)
    assert title[8:] == ("回访时限", "状态", "回访时间", "回访人", "备注")
    told = {row[1]: (row[2], row[5], row[9], *row[11:]) for row in rows}
    assert told == {
        str(first.number): (CLUB, first.item, "已回访", WANG.name, "正常"),
        str(second.number): (CLUB, second.item, "待回访", "", ""),
    }
    assert "13900001234" not in "".join(cell for row in rows for cell in row)
    assert len(await cells(wang, "/follow-ups", format)) == 2
    assert await cells(await signed_in(ZHAO), "/follow-ups?state=", format) == [title]
    last = (await audit.events_of("follow_up", ""))[-1]
    assert (last.action, last.actor) == ("follow_up.export", ZHAO.account)


async def test_cases_are_for_everybody_who_mends(signed_in, tools, line):
    await a_reply(tools, line.id)
    await accept(tools, line.id)
    (case,) = await rows_of("solved_case")
    for who in (WANG, DENG, GUO):
        visitor = await signed_in(who)
        listed = HtmlPage(await visitor.get("/cases?lang=zh-CN"))
        assert listed.all("a", href=f"/cases/{case['id']}")
        assert ("城关东方红" in listed.text) is (who is not DENG)
        assert HtmlPage(await visitor.get(f"/cases/{case['id']}")).status == 200
        for side in ("before", "after"):
            photo = await visitor.get(f"/cases/{case['id']}/photos/{side}.jpg")
            assert photo.headers["content-type"] == "image/jpeg"
        assert (await visitor.get(f"/cases/{case['id']}/photos/inside.jpg")).status_code == 404
        assert "没有" in HtmlPage(await visitor.get("/cases?q=nothing&lang=zh-CN")).text
        file = await visitor.get("/cases?format=csv")
        assert file.headers["content-type"].startswith("text/csv")
    assert (await (await signed_in(LI)).get("/cases")).status_code == 403


async def test_a_new_line_shows_what_others_did(signed_in, tools, lines):
    first, _ = lines
    await a_reply(tools, first.id)
    await accept(tools, first.id)
    chen = await signed_in(CHEN)
    assert "类似问题怎么改" in HtmlPage(await chen.get(of_store(first))).text


async def test_lists_are_empty_politely(signed_in, app):
    wang = await signed_in(WANG)
    for path in ("/rectifications", "/rectifications?q=x", "/follow-ups", "/cases"):
        assert HtmlPage(await wang.get(path)).status == 200
    file = await wang.get("/rectifications?format=xlsx")
    assert file.status_code == 200


async def test_photos_are_asked_for_by_their_place(signed_in, tools, line):
    await a_reply(tools, line.id)
    (row,) = await rows_of("rectification_reply")
    chen = await signed_in(CHEN)
    for name, status in (("1.jpg", 200), ("2.jpg", 404), ("x.jpg", 404), ("1.png", 404)):
        assert (await chen.get(f"/replies/{row['id']}/photos/{name}")).status_code == status


async def test_an_odd_photo_is_marked(signed_in, tools, lines):
    await sent_photo(tools)
    for each in lines:
        await a_reply(tools, each.id, client_id=f"client-{each.number}")
    page = HtmlPage(await (await signed_in(WANG)).get(f"/rectifications/{lines[1].id}"))
    assert "照片曾在别处出现" in page.text


async def test_a_critical_line_offers_no_more_time(signed_in, tools, app):
    (line,) = await issued_lines(tools, losses=("KC-E-07",))
    page = HtmlPage(await (await signed_in(CHEN)).get(of_store(line)))
    assert "否决项不得延期" in page.text
    assert of_store(line, "/extensions") not in [form.action for form in page.forms]


async def test_a_request_waits_on_its_own_tab(signed_in, tools, line):
    await ask(tools, CHEN.actor, line.id, Wanted(hours=24, reason="配件"))
    await run("UPDATE notice_line SET due_at = due_at")
    page = HtmlPage(await (await signed_in(WANG)).get("/rectifications?tab=asking"))
    assert len(page.rows()) == 1


async def test_a_draft_shows_what_others_did(signed_in, tools, line):
    await a_reply(tools, line.id)
    await accept(tools, line.id)
    elsewhere = await another_assignment(tools, LI, HALL, "d")
    draft = await a_draft(tools, "second", store=HALL, assignment=elsewhere, losses=("KH-E-01",))
    page = HtmlPage(await (await signed_in(WANG)).get(f"/notices/{draft}"))
    assert page.status == 200
    own = await another_assignment(tools, LI, CLUB, "d")
    draft = await a_draft(tools, "third", assignment=own, losses=(line.item,))
    page = HtmlPage(await (await signed_in(WANG)).get(f"/notices/{draft}"))
    assert "类似问题怎么改" in page.text


async def test_a_notice_leads_to_its_lines(signed_in, lines):
    page = HtmlPage(await (await signed_in(WANG)).get(f"/notices/{lines[0].notice}"))
    for each in lines:
        assert page.all("a", href=f"/rectifications/{each.id}")
