"""Telling: who gets it, on which ways, once; and what of it the database keeps."""

import asyncio
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from inspection.domain.access import Role
from inspection.domain.messages.message import FactsWrong, MessageKind, over, people
from inspection.persistence.engine import tx
from inspection.persistence.statements import run
from inspection.services.messages.message_words import discreetly, worded
from inspection.services.messages.messages import Letter, Sealed, post, tell
from inspection.wording import Language
from tests.cast import CHEN, DENG, GUO, LANZHOU, LI, REGION_PATHS, SUN, WANG, ZHAO
from tests.makers import START
from tests.telling import a_group, a_message, a_system, chose, reachable, told

NIGHT = datetime(2026, 11, 18, 14, 0, tzinfo=UTC)
MORNING = datetime(2026, 11, 19, 0, 0, tzinfo=UTC)
CHENGGUAN = "/620000/620100/620102/"


async def inboxes():
    rows = await run("SELECT account, kind FROM inbox_message ORDER BY account, at_ms")
    return [row["account"] for row in rows]


async def leaving():
    rows = await run(
        "SELECT account, channel, target, digest, due_at FROM delivery"
        " ORDER BY account, channel, target"
    )
    return [tuple(row.values()) for row in rows]


async def jobs():
    rows = await run("SELECT kind, run_after FROM job ORDER BY kind, run_after")
    return [(row["kind"], msgspec.convert(row["run_after"], datetime)) for row in rows]


async def test_the_store_and_its_manager_are_told_and_nobody_else(province):
    await reachable(CHEN, WANG, DENG)
    await told(province, a_message())
    assert await inboxes() == [CHEN.account, WANG.account]
    assert {row[:2] for row in await leaving()} == {
        (CHEN.account, "mail"),
        (CHEN.account, "push"),
        (WANG.account, "mail"),
        (WANG.account, "push"),
    }
    assert [kind for kind, _ in await jobs()] == ["message.mail"] * 2 + ["message.push"] * 2


async def test_told_again_nobody_is_told_again(province):
    await reachable(CHEN, GUO)
    await told(province, a_message())
    before = await leaving()
    await told(province, a_message(to=(people(CHEN.account, GUO.account),)))
    assert await inboxes() == [CHEN.account, GUO.account, WANG.account]
    assert len(await leaving()) == len(before) + 2
    await told(province, a_message(key="n-2", to=(people(CHEN.account),)))
    assert (await inboxes()).count(CHEN.account) == 2


async def test_ten_at_once_under_one_key_tell_once(province):
    await reachable(CHEN, WANG)
    await asyncio.gather(*(told(province, a_message()) for _ in range(10)))
    assert await inboxes() == [CHEN.account, WANG.account]
    assert len(await leaving()) == len(await jobs()) == 4


async def test_whoever_did_it_is_not_told(province):
    await told(province, a_message(by=WANG.account))
    assert await inboxes() == [CHEN.account]


async def test_a_role_that_may_not_be_told_is_left_out(province):
    facts = {"store": "东方红", "item": "c1"}
    message = a_message(
        MessageKind.APPEAL_FILED, facts=facts, to=(people(CHEN.account, LI.account, SUN.account),)
    )
    await told(province, message)
    assert await inboxes() == [SUN.account]


async def test_a_place_without_a_manager_of_its_own_has_the_nearest_above(province):
    await run("UPDATE account SET disabled_at = ? WHERE id = ?", START, WANG.account)
    await told(province, a_message(to=(over(CHENGGUAN, Role.REGIONAL_MANAGER),)))
    assert await inboxes() == []
    path, top = REGION_PATHS[LANZHOU], REGION_PATHS["620000"]
    await run("UPDATE account SET region_path = ? WHERE id = ?", top, ZHAO.account)
    await told(province, a_message(to=(over(CHENGGUAN, Role.REGIONAL_MANAGER),)))
    assert await inboxes() == [ZHAO.account]
    await run("UPDATE account SET disabled_at = NULL WHERE id = ?", WANG.account)
    await told(province, a_message(key="n-3", to=(over(path, Role.REGIONAL_MANAGER),)))
    assert await inboxes() == [WANG.account, ZHAO.account]


async def test_at_night_what_leaves_waits_for_the_morning(province, clock):
    clock.time = NIGHT
    await reachable(CHEN)
    await told(province, a_message(to=(people(CHEN.account),)))
    assert {at for _, at in await jobs()} == {MORNING}
    assert await inboxes() == [CHEN.account]


async def test_who_has_no_browser_and_no_address_has_the_inbox_alone(province):
    await told(province, a_message())
    assert (len(await inboxes()), await leaving(), await jobs()) == (2, [], [])


async def test_what_somebody_chose_holds(province):
    await reachable(CHEN, DENG)
    await chose(CHEN, ways='{"notice.issued":["mail"]}', digest=True, quiet=False)
    await chose(DENG, ways='{"notice.issued":[]}')
    await told(province, a_message(to=(people(CHEN.account, DENG.account),)))
    assert await inboxes() == [CHEN.account, DENG.account]
    ((account, channel, _, digest, due_at),) = await leaving()
    assert (account, channel, bool(digest)) == (CHEN.account, "mail", True)
    due = msgspec.convert(due_at, datetime)
    assert due > START
    assert await jobs() == [("message.digest", due + timedelta(minutes=2))]
    await told(province, a_message(key="n-2", to=(people(CHEN.account),)))
    assert len(await jobs()) == 1, "one letter a day"


async def test_a_rolled_back_cause_tells_nobody(province):
    async def fails():
        async with tx():
            await tell(province, a_message())
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fails()
    assert (await inboxes(), await leaving(), await jobs()) == ([], [], [])


async def test_wrong_facts_are_a_fault(province):
    with pytest.raises(FactsWrong):
        await told(province, a_message(facts={"inspector": "li"}))


async def test_telling_nobody_is_nothing(province):
    await told(province, a_message(to=(people(),)))
    assert (await inboxes(), await leaving()) == ([], [])


async def test_groups_and_systems_over_the_place_are_told_what_they_hear_of(province, clock):
    clock.time = NIGHT
    here = "lanzhou"
    await a_group(here, REGION_PATHS[LANZHOU])
    await a_group("tianshui", "/620000/620500/")
    await a_group("off", CHENGGUAN, state="off")
    await a_system("all", "/620000/")
    await a_system("some", "/620000/", '["reply.submitted"]')
    await a_system("others", "/620000/", '["notice.issued"]')
    await a_system("off", "/620000/", state="off")
    facts = {"number": "1", "store": "东方红", "line": 1, "item": "c1"}
    message = a_message(MessageKind.REPLY_SUBMITTED, facts=facts, to=(), region_path=CHENGGUAN)
    await told(province, message)
    await told(province, message)
    found = [(c, t, msgspec.convert(at, datetime)) for _, c, t, _, at in await leaving()]
    assert found == [("bot", here, MORNING), ("webhook", "all", NIGHT), ("webhook", "some", NIGHT)]
    await told(province, a_message(to=(), region_path=CHENGGUAN))
    assert [row[1:3] for row in await leaving()].count(("bot", here)) == 1


async def test_what_goes_on_inside_is_told_to_no_group_and_no_system(province):
    await a_group("here", CHENGGUAN)
    await a_system("all", "/620000/")
    facts = {"store": "东方红", "lines": 1}
    await told(
        province,
        a_message(MessageKind.NOTICE_WAITING, facts=facts, to=(), region_path=CHENGGUAN),
    )
    assert await leaving() == []


async def test_a_letter_keeps_its_address_and_its_link_sealed(province):
    letter = Letter(
        kind=MessageKind.NOTICE_POSTED,
        key="link-1",
        noun="notice",
        noun_id="n-1",
        facts={"number": "1", "store": "东方红", "until": START},
        address="owner@example.com",
        link="https://mingcha.test/n/secret",
    )
    for _ in range(2):
        async with tx():
            await post(province, letter)
    (row,) = await run("SELECT id, sealed, account, facts FROM delivery")
    assert "secret" not in str(row)
    opened = msgspec.json.decode(province.seal_key.opened(row["sealed"], row["id"]), type=Sealed)
    assert opened == Sealed(letter.address, letter.link)
    assert [kind for kind, _ in await jobs()] == ["message.mail"]


def test_times_are_said_as_it_is_in_china_and_outcomes_in_words():
    facts = (
        '{"store":"A","number":"1","line":2,"item":"c1","outcome":"granted",'
        '"due":"2026-11-18T01:00:00Z"}'
    )
    kind = MessageKind.EXTENSION_DECIDED
    assert worded(kind, facts, Language.ZH).body == (
        "A：1 第 2 条“c1”延期已同意，期限 2026年11月18日 09:00。"
    )
    assert "granted, due 18 November 2026 09:00" in worded(kind, facts, Language.EN).body
    assert discreetly(kind, facts, Language.EN) == worded(kind, facts, Language.EN)


def test_what_would_give_an_inspector_away_stays_in_the_house():
    facts = '{"store":"东方红"}'
    assert "东方红" in worded(MessageKind.VISIT_RETURNED, facts, Language.ZH).body
    assert "东方红" not in str(discreetly(MessageKind.VISIT_RETURNED, facts, Language.ZH))
