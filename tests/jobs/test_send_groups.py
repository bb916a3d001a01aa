"""Bots of groups and other systems: told what happened, nothing about who came."""

from datetime import timedelta

import msgspec

from inspection.domain.messages.bot import HOSTS, Brand, bot_address
from inspection.domain.messages.message import MessageKind
from inspection.jobs import send_message
from inspection.jobs.send_message import SendMessage
from inspection.persistence.statements import run
from tests.cast import GUO
from tests.jobs.delivering import FACTS, delivered
from tests.makers import START
from tests.receiving import rows_of
from tests.telling import a_message, add_row, told
from tests.web_server import certificate_for, proxy_to, web_server

CHENGGUAN = "/620000/620100/620102/"


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
