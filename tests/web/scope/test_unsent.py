"""Nothing of who inspected, when, where and with which phone leaves the house unasked either: no
mail, no notification, no word in a group and no request to another system has it.
"""

import msgspec
import pytest

from inspection.domain.messages.bot import BotAddress, Brand
from inspection.persistence.messages.deliveries import find_delivery
from inspection.persistence.rectifications.rectification_lines import lines_on_the_way
from inspection.services.messages.parcels import (
    bot_parcel,
    mail_parcel,
    push_parcel,
    webhook_parcel,
)
from inspection.services.notices.notices import notice_of
from inspection.services.rectifications.extensions import Decision, Wanted, ask, decide
from tests.appealing import filed
from tests.cast import CHEN, CHENGGUAN, MA, REGION_PATHS, SUN, WANG
from tests.looking import a_look, confirm, failed, look_id, send_look, send_somebody
from tests.receiving import rows_of
from tests.rectifying import a_reply, accept, send_back
from tests.reviewing import send_photo
from tests.telling import a_group, a_system, reachable
from tests.web.scope import secrets
from tests.web.scope.leaks import leaks
from tests.web.scope.secrets import CANARY, PLACES
from tests.web.scope.telling_notice import a_telling_notice


@pytest.fixture
async def told(app, tools, clock):
    """Store, desk, a group and another system were told all that can become of a notice."""
    await reachable(CHEN, WANG, SUN)
    key = tools.seal_key
    await a_system("tickets", REGION_PATHS[CHENGGUAN], sealed=key.seal("whsec_AAAA", "tickets"))
    address = msgspec.json.encode(BotAddress(brand=Brand.WECOM, token="t")).decode()
    await a_group("group", REGION_PATHS[CHENGGUAN], sealed=key.seal(address, "group"))
    notice = await a_telling_notice(tools, clock)
    await notice_of(tools, CHEN.actor, notice)
    mended, disputed = await lines_on_the_way(notice)
    await a_reply(tools, mended.id)
    await send_back(tools, mended.id)
    await looked_at(tools, clock, mended)
    wanted = Wanted(hours=24, reason="配件在途")
    asked = await ask(tools, CHEN.actor, mended.id, wanted)
    await decide(tools, WANG.actor, asked.id, Decision(grant=True, opinion=""))
    await a_reply(tools, mended.id, 61)
    await accept(tools, mended.id)
    await filed(tools, notice, disputed.number)


async def looked_at(tools, clock, line):
    """Another inspector was there, whose phone tells as much, and the line failed again."""
    photo = secrets.a_telling_photo()
    look = await send_somebody(tools, line)
    await send_photo(tools, photo, by=MA)
    sent = a_look(look, line, failed=(line.item,), picture=photo, **secrets.telling_parts())
    for answer in sent["answers"]:
        answer |= {"note": f"{CANARY} 原话", "observed_at": secrets.VISITED.isoformat()}
    await send_look(tools, sent | {"visit": look_id("looked again")})
    await secrets.plant()
    clock.go_on(hours=1)
    await confirm(tools, look, failed(line), shown=(1,))


async def test_nothing_of_it_is_in_what_is_sent(told, tools):
    hunted = (CANARY, *PLACES, *sorted(await secrets.ids()))
    sent = [await parcel(tools, row["id"]) for row in await rows_of("delivery", "created_at")]
    found = {
        (channel, kind, secret)
        for channel, kind, text in sent
        for secret in leaks(text, hunted, {})
    }
    assert found == set()
    assert {channel for channel, _, _ in sent} == {"mail", "push", "bot", "webhook"}
    heard = {kind for channel, kind, _ in sent if channel == "webhook"}
    assert {"notice.issued", "reply.returned", "reply.verified", "appeal.filed"} <= heard


async def parcel(tools, delivery):
    """What of a delivery travels."""
    row = await find_delivery(delivery)
    made = {
        "mail": mail_parcel(tools, [row]),
        "push": await push_parcel(tools, row),
        "bot": await bot_parcel(tools, row),
        "webhook": await webhook_parcel(tools, row),
    }[row.channel]
    assert made is not None
    text = made.body.decode() if row.channel == "webhook" else msgspec.json.encode(made).decode()
    return row.channel, row.kind, text
