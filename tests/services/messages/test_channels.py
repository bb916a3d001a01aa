"""Bots and other systems: kept by administrators of their place, secrets shown once, changes seen;
and the deliveries they look after.
"""

import asyncio

import msgspec
import pytest

from inspection.domain.listing import ListAsked
from inspection.domain.messages.bot import BotAddress, Brand
from inspection.domain.messages.mail import MailServer
from inspection.domain.messages.message import MessageKind, people
from inspection.domain.refusals import MoveRefused, NotAllowed, NotFound
from inspection.domain.refusals.messages import (
    BotAddressRefused,
    ChannelChanged,
    WebhookUrlRefused,
)
from inspection.persistence.statements import run
from inspection.services.messages import bots, delivery_desk, webhooks
from inspection.services.messages.bots import BotGiven
from inspection.services.messages.delivery_desk import DeliveriesAsked
from inspection.services.messages.message_choices import ask_mail
from inspection.services.messages.webhooks import WebhookGiven
from inspection.services.notices.notice_links import mail_link
from tests.cast import CHEN, CHENGGUAN, GUO, LANZHOU, LI, TIANSHUI, WANG
from tests.receiving import rows_of
from tests.reviewing import an_issued
from tests.telling import a_message, reachable, told

ADDRESS = "https://open.feishu.cn/open-apis/bot/v2/hook/0123456789-abcdef"
LANZHOUS = msgspec.structs.replace(GUO, region=LANZHOU)
TIANSHUIS = msgspec.structs.replace(GUO, region=TIANSHUI)


def a_bot(**changed):
    return BotGiven(**{"name": "兰州整改群", "address": ADDRESS} | changed)


def a_hook(**changed):
    return WebhookGiven(**{"name": "工单", "url": "https://orders.example/hook"} | changed)


async def the_log():
    return [row["action"] for row in await rows_of("audit_event", "seq")]


async def test_an_address_is_sealed_and_said_nowhere(province):
    id = await bots.add_bot(province, GUO.actor, LANZHOU, a_bot())
    (row,) = await bots.bots_of(GUO.actor)
    opened = province.seal_key.opened(row.sealed, id)
    address = msgspec.json.decode(opened, type=BotAddress)
    assert address == BotAddress(brand=Brand.FEISHU, token="0123456789-abcdef")
    await bots.edit_bot(province, GUO.actor, id, a_bot(address="", state="off"), 1)
    assert (await bots.bot_of(GUO.actor, id)).sealed == row.sealed
    other = ADDRESS.replace("0123", "9999")
    await bots.edit_bot(province, GUO.actor, id, a_bot(address=other), 2)
    assert (await bots.bot_of(GUO.actor, id)).sealed != row.sealed
    events = str(await rows_of("audit_event", "seq"))
    assert "0123456789" not in events
    assert "99996789" not in events
    assert row.sealed not in events
    assert [action for action in await the_log() if "bot." in action] == [
        "bot.add",
        "bot.edit",
        "bot.edit",
    ]


async def test_bots_belong_to_their_region(province):
    id = await bots.add_bot(province, LANZHOUS.actor, CHENGGUAN, a_bot())
    assert [row.id for row in await bots.bots_of(LANZHOUS.actor)] == [id]
    assert await bots.bots_of(TIANSHUIS.actor) == ()
    with pytest.raises(NotFound):
        await bots.bot_of(TIANSHUIS.actor, id)
    for region in (TIANSHUI, "999999"):
        with pytest.raises(NotFound):
            await bots.add_bot(province, LANZHOUS.actor, region, a_bot())
    for person in (WANG, CHEN, LI):
        with pytest.raises(NotAllowed):
            await bots.add_bot(province, person.actor, LANZHOU, a_bot())
    with pytest.raises(BotAddressRefused):
        await bots.add_bot(province, GUO.actor, LANZHOU, a_bot(address="https://evil.example/"))


async def test_a_bot_nobody_made_is_not_there(province):
    with pytest.raises(NotFound):
        await bots.try_bot(province, GUO.actor, "nobody")


async def test_two_who_change_one_bot_make_one_winner(province):
    id = await bots.add_bot(province, GUO.actor, LANZHOU, a_bot())
    answers = await asyncio.gather(
        *(bots.edit_bot(province, GUO.actor, id, a_bot(name=name), 1) for name in ("a", "b")),
        return_exceptions=True,
    )
    assert sorted(type(each).__name__ for each in answers) == ["ChannelChanged", "NoneType"]


async def test_a_test_is_on_its_way_at_once(province):
    bot = await bots.add_bot(province, GUO.actor, LANZHOU, a_bot())
    hook, _ = await webhooks.add_webhook(province, GUO.actor, a_hook())
    await bots.try_bot(province, GUO.actor, bot)
    await webhooks.try_webhook(province, GUO.actor, hook)
    rows = [(row["channel"], row["target"], row["kind"]) for row in await rows_of("delivery")]
    assert sorted(rows) == [("bot", bot, "channel.test"), ("webhook", hook, "channel.test")]
    jobs = await rows_of("job", "id")
    assert {row["kind"] for row in jobs} >= {"message.bot", "message.webhook"}


async def test_a_secret_is_said_once_and_the_old_one_lives_for_a_day(province, clock):
    id, secret = await webhooks.add_webhook(province, LANZHOUS.actor, a_hook())
    assert secret.startswith("whsec_")
    row = await webhooks.webhook_of(LANZHOUS.actor, id)
    assert province.seal_key.opened(row.sealed, id) == secret
    again = await webhooks.rotate_secret(province, LANZHOUS.actor, id, 1)
    row = await webhooks.webhook_of(LANZHOUS.actor, id)
    assert province.seal_key.opened(row.sealed, id) == again != secret
    assert province.seal_key.opened(row.sealed_old, id) == secret
    assert (row.old_until - clock.time).total_seconds() == 24 * 3600
    with pytest.raises(ChannelChanged):
        await webhooks.rotate_secret(province, LANZHOUS.actor, id, 1)
    log = str(await rows_of("audit_event", "seq"))
    assert secret not in log
    assert again not in log


async def test_a_system_hears_of_what_was_chosen_and_where(province):
    id, _ = await webhooks.add_webhook(province, GUO.actor, a_hook(kinds=("reply.submitted", "x")))
    row = await webhooks.webhook_of(GUO.actor, id)
    assert row.kinds == '["reply.submitted"]'
    assert row.hears("reply.submitted")
    assert not row.hears("notice.issued")
    await webhooks.edit_webhook(province, GUO.actor, id, a_hook(), 1)
    assert (await webhooks.webhook_of(GUO.actor, id)).hears("notice.issued")
    with pytest.raises(ChannelChanged):
        await webhooks.edit_webhook(province, GUO.actor, id, a_hook(), 1)
    with pytest.raises(WebhookUrlRefused):
        await webhooks.edit_webhook(province, GUO.actor, id, a_hook(url="http://10.0.0.1/"), 2)
    assert await webhooks.webhooks_of(LANZHOUS.actor) == ()
    with pytest.raises(NotFound):
        await webhooks.webhook_of(LANZHOUS.actor, id)
    with pytest.raises(NotFound):
        await webhooks.webhook_of(GUO.actor, "nothing")
    with pytest.raises(NotAllowed):
        await webhooks.add_webhook(province, WANG.actor, a_hook())
    assert MessageKind.VISIT_RETURNED not in webhooks.webhook_kinds()


def wanted(**filters):
    return DeliveriesAsked(asked=ListAsked(), **filters)


async def test_what_did_not_arrive_is_found_and_tried_again(province):
    await reachable(CHEN)
    await told(province, a_message(to=(people(CHEN.account),)))
    await run("UPDATE delivery SET state = 'failed', tries = 6, code = 'smtp 550', digest = TRUE")
    found = await delivery_desk.list_of_deliveries(LANZHOUS.actor, wanted(state="failed"))
    assert {row.whom for row in found.rows} == {CHEN.name}
    assert found.total == 2
    (mail,) = (
        await delivery_desk.list_of_deliveries(
            LANZHOUS.actor, wanted(channel="mail", account=CHEN.account)
        )
    ).rows
    assert (mail.tries, mail.code) == (6, "smtp 550")
    assert (await delivery_desk.list_of_deliveries(TIANSHUIS.actor, wanted())).rows == ()
    with pytest.raises(NotFound):
        await delivery_desk.retry(province, TIANSHUIS.actor, mail.id)
    await delivery_desk.retry(province, LANZHOUS.actor, mail.id)
    (row,) = [row for row in await rows_of("delivery") if row["id"] == mail.id]
    assert (row["state"], row["tries"], bool(row["digest"])) == ("waiting", 0, False)
    with pytest.raises(MoveRefused):
        await delivery_desk.retry(province, LANZHOUS.actor, mail.id)
    with pytest.raises(NotFound):
        await delivery_desk.retry(province, GUO.actor, "nothing")
    assert "delivery.retry" in await the_log()


async def test_letters_to_no_account_are_found_where_their_notice_is_or_who_asked_belongs(province):
    issued = await an_issued(province)
    await mail_link(province, WANG.actor, issued.id, "manager@store.example")
    mail = MailServer(host="127.0.0.1", port=1, tls="none", user="", password="", sender="x@x.test")
    outside = msgspec.structs.replace(province.outside, mail=mail)
    tools = msgspec.structs.replace(province, outside=outside)
    await ask_mail(tools, CHEN.actor, "chen@store.example")
    found = (await delivery_desk.list_of_deliveries(LANZHOUS.actor, wanted(channel="mail"))).rows
    assert {(row.kind, row.whom) for row in found} == {
        ("notice.posted", issued.number),
        ("mail.confirm", CHEN.name),
    }
    assert (await delivery_desk.list_of_deliveries(TIANSHUIS.actor, wanted())).rows == ()
    for row in found:
        await run("UPDATE delivery SET state = 'failed' WHERE id = ?", row.id)
        await delivery_desk.retry(province, LANZHOUS.actor, row.id)


async def test_an_inspector_among_deliveries_is_a_pseudonym(province):
    await reachable(LI)
    message = a_message(MessageKind.VISIT_RETURNED, facts={"store": "x"}, to=(people(LI.account),))
    await told(province, message)
    found = await delivery_desk.list_of_deliveries(GUO.actor, wanted())
    assert {row.whom for row in found.rows} <= {LI.pseudonym}
