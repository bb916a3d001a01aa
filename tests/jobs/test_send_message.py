"""Deliveries through real servers: sent, tried again, given up, and recognisable when repeated."""

from datetime import datetime, timedelta

import msgspec
import pytest

from inspection.domain.listing import ListAsked
from inspection.domain.messages.bot import HOSTS, Brand, bot_address
from inspection.domain.messages.delivery import BACK_OFF, Outcome, Sent
from inspection.domain.messages.message import MessageKind, people
from inspection.jobs import kinds, send_message
from inspection.jobs.bench import Bench, JobKind
from inspection.jobs.send_message import SendDigest, SendMessage
from inspection.jobs.worker import _give_up
from inspection.persistence import jobs
from inspection.persistence.engine import tx
from inspection.persistence.statements import run
from inspection.services.messages import inbox, parcels
from inspection.services.messages.inbox import InboxAsked
from inspection.services.messages.messages import Letter, post
from inspection.services.people import attempts
from inspection.wording import Language
from tests.cast import CHEN, GUO, LI, WANG
from tests.mail_server import post_office
from tests.makers import START, Clock, a_province, some_tools
from tests.push_service import Browser, push_service
from tests.receiving import rows_of
from tests.reviewing import an_issued
from tests.telling import a_message, add_row, chose, reachable, told
from tests.web_server import certificate_for, proxy_to, web_server

CHENGGUAN = "/620000/620100/620102/"
FACTS = {"number": "1", "store": "东方红", "line": 1, "item": "c1"}


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
async def tools(database, tmp_path, clock):
    tools = some_tools(tmp_path, clock)
    await a_province(tools)
    yield tools
    tools.passwords.close()


@pytest.fixture
async def mailing(tools):
    async with post_office() as office:
        yield office, office.tools(tools)


async def delivered(channel):
    return await run("SELECT * FROM delivery WHERE channel = ? ORDER BY created_at, id", channel)


async def tell_chen(tools, **more):
    await reachable(CHEN)
    await told(tools, a_message(to=(people(CHEN.account),), **more))
    return [str(row["id"]) for row in await delivered("mail")]


async def attempted():
    return [(row["outcome"], row["code"]) for row in await rows_of("delivery_attempt", "id")]


async def left(kind):
    rows = await run("SELECT run_after FROM job WHERE kind = ? ORDER BY run_after", kind)
    return [msgspec.convert(row["run_after"], datetime) for row in rows]


async def test_a_letter_is_sent_once_and_its_attempt_kept(mailing):
    office, tools = mailing
    (delivery,) = await tell_chen(tools)
    for _ in range(2):
        await send_message.send_mail(tools, SendMessage(delivery))
    (letter,) = office.received
    assert letter["To"] == "chen@mingcha.test"
    assert letter["Subject"] == "收到整改通知"
    assert letter["Message-ID"] == f"<{delivery}@mingcha.test>"
    assert "http://mingcha.test/notices/n-1" in letter.get_body().get_content()
    assert await attempted() == [("taken", "250")]
    (row,) = await delivered("mail")
    assert (row["state"], row["tries"]) == ("sent", 1)


async def test_a_worker_killed_between_sending_and_noting_sends_what_can_be_recognised(
    mailing, monkeypatch
):
    office, tools = mailing
    (delivery,) = await tell_chen(tools)

    async def killed(*_):
        raise SystemExit

    with monkeypatch.context() as dying:
        dying.setattr(attempts, "note", killed)
        with pytest.raises(SystemExit):
            await send_message.send_mail(tools, SendMessage(delivery))
    await send_message.send_mail(tools, SendMessage(delivery))
    first, second = office.received
    assert first["Message-ID"] == second["Message-ID"]
    assert await attempted() == [("taken", "250")]


async def test_two_workers_that_sent_the_same_letter_note_it_once(mailing):
    _, tools = mailing
    (delivery,) = await tell_chen(tools)
    row = await parcels.waiting(delivery)
    for _ in range(2):
        await attempts.note(tools, (row,), Sent(Outcome.TAKEN, "250"), tools.now())
    assert await attempted() == [("taken", "250")]


async def test_a_push_that_reaches_no_browser_is_dropped():
    assert send_message._together(()) == attempts.NOBODY


async def test_a_temporary_refusal_is_tried_again_later_and_given_up_aloud(mailing, clock):
    office, tools = mailing
    office.answers["chen@mingcha.test"] = "451 not now"
    (delivery,) = await tell_chen(tools)
    for pause in BACK_OFF:
        await send_message.send_mail(tools, SendMessage(delivery))
        (row,) = await delivered("mail")
        assert row["state"] == "waiting"
        assert (await left("message.mail"))[-1] == clock.time + pause
        clock.time += pause
    await send_message.send_mail(tools, SendMessage(delivery))
    (row,) = await delivered("mail")
    assert (row["state"], row["code"], row["tries"]) == ("failed", "smtp 451", 6)
    assert await attempted() == [("later", "smtp 451")] * 6
    kinds_told = [r["kind"] for r in await rows_of("inbox_message", "at_ms")]
    assert kinds_told == ["notice.issued", "delivery.failed"]
    await send_message.send_mail(tools, SendMessage(delivery))
    assert len(await attempted()) == 6


async def test_a_permanent_refusal_is_not_tried_again_and_told_once_a_day(mailing, clock):
    office, tools = mailing
    office.answers["chen@mingcha.test"] = "550 no such user"
    await tell_chen(tools)
    await told(tools, a_message(key="n-2", to=(people(CHEN.account),)))
    for row in await delivered("mail"):
        await send_message.send_mail(tools, SendMessage(row["id"]))
    assert [row["state"] for row in await delivered("mail")] == ["failed", "failed"]
    told_of = [row for row in await rows_of("inbox_message") if row["kind"] == "delivery.failed"]
    assert [row["account"] for row in told_of] == [CHEN.account]


async def test_without_a_server_or_an_address_nothing_is_sent(mailing):
    _, tools = mailing
    (delivery,) = await tell_chen(tools)
    outside = msgspec.structs.replace(tools.outside, mail=None)
    await send_message.send_mail(
        msgspec.structs.replace(tools, outside=outside), SendMessage(delivery)
    )
    assert await attempted() == [("refused", "no_server")]
    await chose(CHEN, mail_confirmed_at=None)
    await run("UPDATE delivery SET state = 'waiting', tries = 0")
    await send_message.send_mail(tools, SendMessage(delivery))
    (row,) = await delivered("mail")
    assert (row["state"], row["code"]) == ("dropped", "nobody_there")
    await send_message.send_mail(tools, SendMessage("nothing"))


async def test_a_letter_to_somebody_without_an_account_leaves_no_trace_of_its_link(mailing):
    office, tools = mailing
    letter = Letter(
        kind=MessageKind.NOTICE_POSTED,
        key="k",
        noun="notice",
        noun_id="n-1",
        facts={"number": "1", "store": "东方红", "until": START},
        address="owner@example.com",
        link="https://mingcha.test/n/secret",
    )
    async with tx():
        await post(tools, letter)
    (row,) = await delivered("mail")
    await send_message.send_mail(tools, SendMessage(row["id"]))
    (got,) = office.received
    assert (got["To"], got["List-Unsubscribe"]) == ("owner@example.com", None)
    assert "https://mingcha.test/n/secret" in got.get_body().get_content()
    (row,) = await delivered("mail")
    assert (row["state"], row["sealed"]) == ("sent", "")


async def test_a_days_letter_says_everything_once(mailing, clock):
    office, tools = mailing
    await reachable(CHEN)
    await chose(CHEN, digest=True)
    for n in range(3):
        await told(tools, a_message(key=f"n-{n}", to=(people(CHEN.account),)))
    await send_message.send_digest(tools, SendDigest(CHEN.account))
    assert office.received == [], "it is not time yet"
    assert await left("message.digest") == [
        clock.time.replace(hour=0, minute=32) + timedelta(days=1)
    ]
    clock.go_on(hours=24)
    office.answers["chen@mingcha.test"] = "451 not now"
    await send_message.send_digest(tools, SendDigest(CHEN.account))
    assert len(await left("message.digest")) == 2
    assert await left("message.mail") == []
    office.answers.clear()
    clock.go_on(minutes=1)
    for _ in range(2):
        await send_message.send_digest(tools, SendDigest(CHEN.account))
    (letter,) = office.received
    assert letter["Subject"] == "今日消息 3 条"
    assert letter.get_body().get_content().count("收到整改通知") == 3
    assert [row["state"] for row in await delivered("mail")] == ["sent"] * 3


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


async def a_bot(tools, state="on"):
    sealed = msgspec.json.encode(
        bot_address("https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=abcdefgh-1")
    ).decode()
    await add_row(
        "bot",
        {
            "id": "bot-1",
            "region": "region-620100",
            "region_path": "/620000/620100/",
            "brand": "wecom",
            "name": "群",
            "sealed": tools.seal_key.seal(sealed, "bot-1"),
            "state": state,
            "changed_by": GUO.account,
            "changed_at": START,
        },
    )


async def test_a_group_hears_what_happened_and_where_to_look(tools, tmp_path, monkeypatch):
    path, context = certificate_for(tmp_path, HOSTS[Brand.WECOM])
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(path))
    for name in ("https_proxy", "NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    await a_bot(tools)
    message = a_message(MessageKind.REPLY_SUBMITTED, facts=FACTS, to=(), region_path=CHENGGUAN)
    await told(tools, message)
    (row,) = await delivered("bot")
    async with web_server() as server, proxy_to(server, context) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy)
        for _ in range(2):
            await send_message.send_bot(tools, SendMessage(row["id"]))
    (asked,) = server.received
    text = msgspec.json.decode(asked.body)["text"]["content"]
    assert text.startswith("门店已反馈整改\n东方红：1 第 1 条")
    assert "http://mingcha.test/notices/n-1" in text
    assert [row["state"] for row in await delivered("bot")] == ["sent"]


async def test_a_bot_that_is_switched_off_says_nothing(tools):
    await a_bot(tools)
    message = a_message(MessageKind.REPLY_SUBMITTED, facts=FACTS, to=(), region_path=CHENGGUAN)
    await told(tools, message)
    (row,) = await delivered("bot")
    await run("UPDATE bot SET state = 'off'")
    await send_message.send_bot(tools, SendMessage(row["id"]))
    assert [row["state"] for row in await delivered("bot")] == ["dropped"]


async def a_hook(tools, url, **more):
    said = {
        "id": "hook-1",
        "region_path": "/620000/",
        "name": "工单",
        "url": url,
        "sealed": tools.seal_key.seal("whsec_AAAA", "hook-1"),
        "sealed_old": tools.seal_key.seal("whsec_BBBB", "hook-1"),
        "old_until": START + timedelta(hours=1),
        "state": "on",
        "changed_by": GUO.account,
        "changed_at": START,
    }
    await add_row("webhook", said | more)
    message = a_message(MessageKind.REPLY_SUBMITTED, facts=FACTS, to=(), region_path=CHENGGUAN)
    await told(tools, message)
    (row,) = await delivered("webhook")
    return SendMessage(row["id"])


def private(tools):
    outside = msgspec.structs.replace(tools.outside, private=True)
    return msgspec.structs.replace(tools, outside=outside)


async def test_another_system_is_told_what_happened_and_nothing_about_who_came(tools, clock):
    async with web_server() as server:
        payload = await a_hook(tools, f"http://127.0.0.1:{server.port}/hook")
        await send_message.send_webhook(private(tools), payload)
        await send_message.send_webhook(private(tools), payload)
        await run("UPDATE delivery SET state = 'waiting'")
        clock.go_on(hours=2)
        await send_message.send_webhook(private(tools), payload)
    first, later = server.received
    assert msgspec.json.decode(first.body) == {
        "type": "reply.submitted",
        "timestamp": START.isoformat(),
        "data": {"noun": "notice", "id": "n-1", "facts": FACTS},
    }
    assert first.headers["webhook-id"] == later.headers["webhook-id"] == payload.delivery
    assert len(first.headers["webhook-signature"].split()) == 2
    assert len(later.headers["webhook-signature"].split()) == 1


async def test_a_system_inside_is_not_called_and_one_switched_off_neither(tools):
    async with web_server() as server:
        payload = await a_hook(tools, f"http://127.0.0.1:{server.port}/hook")
        await send_message.send_webhook(tools, payload)
        (row,) = await delivered("webhook")
        assert (row["state"], row["code"]) == ("failed", "address_not_allowed")
        told_of = [row["account"] for row in await rows_of("inbox_message")]
        assert told_of == [GUO.account]
        await run("UPDATE delivery SET state = 'waiting'")
        await run("UPDATE webhook SET state = 'off'")
        await send_message.send_webhook(private(tools), payload)
    assert server.received == []
    assert [row["state"] for row in await delivered("webhook")] == ["dropped"]


@pytest.mark.parametrize("channel", ["mail", "push", "bot", "webhook"])
async def test_the_worker_knows_every_way_and_ends_aloud(tools, channel):
    kind = next(kind for kind in kinds.KINDS if kind.name == f"message.{channel}")
    await add_row(
        "delivery",
        {
            "id": "d-1",
            "key": "d-1",
            "channel": channel,
            "account": WANG.account,
            "kind": "reply.submitted",
            "noun": "notice",
            "noun_id": "n-1",
            "facts": msgspec.json.encode(FACTS).decode(),
            "due_at": START,
            "created_at": START,
        },
    )
    await jobs.enqueue(kind=kind.name, key="k", payload={"delivery": "d-1"}, at=START)
    (job,) = await jobs.claim(tools.now(), timedelta(minutes=1), (kind.name,), 1)
    await _give_up(Bench(tools, None), kind, job, "it was too much")
    (row,) = await rows_of("delivery")
    assert (row["state"], row["code"]) == ("failed", "crashed")
    await kind.run(Bench(tools, None), job)
    await kind.buried(Bench(tools, None), job)
    assert await attempted() == [("refused", "crashed")]


async def test_the_worker_sends_the_days_letter(tools):
    kind = next(kind for kind in kinds.KINDS if kind.name == "message.digest")
    assert isinstance(kind, JobKind)
    await jobs.enqueue(kind=kind.name, key="k", payload={"account": CHEN.account}, at=START)
    (job,) = await jobs.claim(tools.now(), timedelta(minutes=1), (kind.name,), 1)
    await kind.run(Bench(tools, None), job)
    assert await attempted() == []


def test_one_browser_that_may_still_be_told_is_worth_another_try():
    outcomes = (Outcome.TAKEN, Outcome.LATER, Outcome.GONE)
    assert send_message._together(outcomes).outcome is Outcome.LATER
