"""Pushes to browsers: to whom, what is said, what the service answers."""

import msgspec
import pytest

from inspection.domain.listing import ListAsked
from inspection.domain.messages.message import MessageKind, people
from inspection.jobs import send_message
from inspection.jobs.send_message import SendMessage
from inspection.persistence.statements import run
from inspection.services.messages import inbox, parcels
from inspection.services.messages.inbox import InboxAsked
from inspection.services.people import attempts
from inspection.wording import Language
from tests.cast import CHEN, LI
from tests.jobs.delivering import attempted, delivered
from tests.makers import START
from tests.push_service import Browser, push_service
from tests.reviewing import an_issued
from tests.telling import a_message, reachable, told


async def test_a_push_that_reaches_no_browser_is_dropped():
    assert send_message._together(()) == attempts.NOBODY


async def test_store_staff_and_managers_are_told_on_their_browsers(tools, tmp_path, monkeypatch):
    async with push_service(tmp_path, monkeypatch) as service:
        tools = service.listed(tools)
        await reachable(CHEN)
        browser = Browser()
        said = msgspec.structs.asdict(browser.said(service.address("chen")))
        await run("UPDATE push_subscription SET endpoint = ?, p256dh = ?, auth = ?", *said.values())
        await told(tools, a_message(to=(people(CHEN.account),)))
        (row,) = await delivered("push")
        await send_message.send_push(tools, SendMessage(row["id"]))
        await send_message.send_push(tools, SendMessage(row["id"]))
    (got,) = service.received
    assert got.headers["topic"] == row["id"]
    shown = msgspec.json.decode(browser.opened(got.body))
    assert (shown["kind"], shown["path"]) == (row["id"], "/app/#/notices/n-1/notice")
    assert (shown["title"], shown["language"]) == ("收到整改通知", "zh-CN")
    assert await attempted() == [("taken", "1/1")]


@pytest.mark.parametrize(("status", "state"), [(503, "waiting"), (403, "failed"), (410, "dropped")])
async def test_what_a_push_service_says_decides(tools, tmp_path, monkeypatch, status, state):
    async with push_service(tmp_path, monkeypatch) as service:
        tools = service.listed(tools)
        await reachable(CHEN)
        said = msgspec.structs.asdict(Browser().said(service.address("chen")))
        await run("UPDATE push_subscription SET endpoint = ?, p256dh = ?, auth = ?", *said.values())
        service.answers["chen"] = (status, "")
        await told(tools, a_message(to=(people(CHEN.account),)))
        (row,) = await delivered("push")
        await send_message.send_push(tools, SendMessage(row["id"]))
    assert [row["state"] for row in await delivered("push")] == [state]


async def test_a_browser_at_a_host_that_is_not_listed_is_nobody(tools):
    await reachable(CHEN)
    await run("UPDATE push_subscription SET endpoint = 'https://evil.example/x'")
    await told(tools, a_message(to=(people(CHEN.account),)))
    (row,) = await delivered("push")
    await send_message.send_push(tools, SendMessage(row["id"]))
    assert [row["state"] for row in await delivered("push")] == ["dropped"]


async def test_a_push_to_an_inspector_names_no_store(tools):
    await reachable(LI)
    facts = {"store": "东方红"}
    message = a_message(MessageKind.VISIT_RETURNED, facts=facts, to=(people(LI.account),))
    await told(tools, message)
    (row,) = await delivered("push")
    parcel = await parcels.push_parcel(tools, await parcels.waiting(row["id"]))
    assert "东方红" not in str(parcel)
    assert parcel.path == "/app/"


async def test_what_is_told_of_a_line_opens_that_line(tools, clock):
    notice = (await an_issued(tools)).id
    (line,) = await run("SELECT id FROM notice_line WHERE notice = ? AND number = 2", notice)
    await reachable(CHEN)
    facts = {"number": "1", "store": "东方红", "line": 2, "item": "c1", "due": START}
    about = {"noun": "line", "noun_id": line["id"], "facts": facts}
    await told(tools, a_message(MessageKind.REPLY_RETURNED, to=(people(CHEN.account),), **about))
    (row,) = [row for row in await delivered("push") if row["noun"] == "line"]
    parcel = await parcels.push_parcel(tools, await parcels.waiting(row["id"]))
    assert parcel.path == f"/app/#/notices/{notice}/line/2"
    wanted = InboxAsked(asked=ListAsked())
    items = (await inbox.read_inbox(tools, CHEN.actor, wanted, Language.ZH)).items
    (item,) = [item for item in items if item.kind is MessageKind.REPLY_RETURNED]
    assert item.path == f"/notices/{notice}/lines/2"
    assert await inbox.open_message(tools, CHEN.actor, item.id) == item.path
