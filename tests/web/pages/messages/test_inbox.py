"""The inbox as a page and as JSON, and the bell on every page."""

import pytest

from inspection.domain.messages.message import MessageKind, people
from tests.cast import CHEN, GUO, LI, SUN, WANG
from tests.telling import a_message, told
from tests.web.html_page import HtmlPage


@pytest.fixture
async def chen(signed_in):
    return await signed_in(CHEN)


def messages(page):
    return [form.named("message")[0] for form in page.forms if form.action == "/inbox/openings"]


async def test_nobody_reads_an_inbox_without_signing_in(visitor):
    assert (await visitor.get("/api/inbox")).status_code == 401
    assert (await visitor.get("/inbox")).status_code == 303


async def test_an_empty_inbox_says_so(chen):
    page = HtmlPage(await chen.get("/inbox?lang=en"))
    assert page.status == 200
    assert "Nothing here" in page.source
    assert "Mark all read" not in page.source
    filtered = HtmlPage(await chen.get("/inbox?state=unread&lang=en"))
    assert "Nothing here" in filtered.source


@pytest.mark.parametrize("person", [LI, SUN, WANG, GUO], ids=lambda person: person.sign_in)
async def test_everybody_has_one(signed_in, person):
    page = HtmlPage(await (await signed_in(person)).get("/inbox?lang=en"))
    assert page.status == 200


async def test_the_bell_counts_what_was_not_read(signed_in, chen, tools):
    await told(tools, a_message())
    for somebody, path in ((chen, "/notices"), (await signed_in(WANG), "/stores")):
        page = HtmlPage(await somebody.get(f"{path}?lang=en"))
        assert 'aria-label="Inbox, 1 unread"' in page.source
    await chen.submit("/inbox/readings", {"at": "4000000000000"})
    page = HtmlPage(await chen.get("/notices?lang=en"))
    assert 'aria-label="Inbox"' in page.source


async def test_a_bell_stops_counting_at_a_hundred(chen, tools):
    for n in range(101):
        await told(tools, a_message(key=f"n-{n}", to=(people(CHEN.account),)))
    page = HtmlPage(await chen.get("/inbox?lang=en"))
    assert "99+ unread" in page.source
    assert len(messages(page)) == 50
    assert "next" in [tag.get("rel") for tag in page.tags]


async def test_opening_a_message_reads_it_and_leads_to_the_thing(chen, tools):
    await told(tools, a_message())
    (message,) = messages(HtmlPage(await chen.get("/inbox")))
    answer = await chen.submit("/inbox/openings", {"message": message})
    assert (answer.status_code, answer.headers["location"]) == (303, "/notices/n-1")
    assert messages(HtmlPage(await chen.get("/inbox?state=unread"))) == []
    assert (await chen.submit("/inbox/openings", {"message": "none"})).status_code == 404


async def test_all_is_marked_read_and_taken_back(chen, tools):
    await told(tools, a_message())
    page = HtmlPage(await chen.get("/inbox"))
    at = page.form("/inbox/readings").named("at")[0]
    answer = await chen.submit("/inbox/readings", {"at": at})
    page = HtmlPage(await chen.get(answer.headers["location"]))
    back = page.form("/inbox/undoings").named("at")[0]
    again = await chen.submit("/inbox/readings", {"at": at})
    assert again.headers["location"] == "/inbox?said=inbox_read"
    answer = await chen.submit("/inbox/undoings", {"at": back})
    assert answer.headers["location"] == "/inbox?said=inbox_unread"
    assert len(messages(HtmlPage(await chen.get("/inbox?state=unread")))) == 1


async def test_the_list_is_filtered_by_what_it_is_about(signed_in, tools):
    facts = {"store": "东方红", "item": "c1"}
    await told(tools, a_message())
    await told(tools, a_message(MessageKind.APPEAL_ANSWERED, facts=facts))
    wang = await signed_in(WANG)
    assert len(messages(HtmlPage(await wang.get("/inbox?about=appeal")))) == 1
    assert len(messages(HtmlPage(await wang.get("/inbox?about=nothing")))) == 2


async def test_a_phone_reads_and_marks(chen, signed_in, tools):
    await told(tools, a_message())
    found = (await chen.get("/api/inbox")).json()
    (message,) = found["messages"]
    assert (found["unread"], found["next_cursor"], message["read"]) == (1, None, False)
    assert (message["kind"], message["path"]) == ("notice.issued", "/notices/n-1")
    wang = await signed_in(WANG)
    for somebody, left in ((wang, 1), (chen, 0), (chen, 0)):
        answer = await somebody.send("PUT", "/api/inbox/read", json={"messages": [message["id"]]})
        assert (answer.status_code, answer.json()) == (200, {"unread": left})
    assert (await chen.get("/api/inbox?unread=true")).json()["messages"] == []
    assert (await chen.get("/api/inbox?unread=perhaps")).status_code == 422
    assert (await chen.send("PUT", "/api/inbox/read", json={"messages": [""]})).status_code == 422
