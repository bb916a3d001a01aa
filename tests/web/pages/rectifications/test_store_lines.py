"""A store answers on the page of its line, and asks for more time."""

from inspection.persistence.statements import run
from tests.cast import CHEN, WANG
from tests.receiving import rows_of
from tests.rectifying import a_reply, accept, issued_lines, sent_photo
from tests.submissions import a_photo
from tests.web.html_page import HtmlPage, query_in
from tests.web.pages.rectifications.store_replies import of_store


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
