"""One's own inbox: its order, its pages, what is read stays read and can be taken back."""

import time

import pytest

from inspection.domain.listing import ListAsked
from inspection.domain.messages.message import MessageKind
from inspection.domain.refusals import CursorRefused, NotFound
from inspection.persistence.engine import tx
from inspection.persistence.statements import run, run_many
from inspection.services.messages import inbox
from inspection.services.messages.inbox import InboxAsked
from inspection.wording import Language
from tests.cast import CHEN, DENG, LI, SUN, WANG
from tests.telling import a_message, told


async def read(tools, person=CHEN, language=Language.ZH, **asked):
    page = {name: asked.pop(name) for name in ("cursor", "size", "q") if name in asked}
    wanted = InboxAsked(asked=ListAsked(**page), **asked)
    return await inbox.read_inbox(tools, person.actor, wanted, language)


async def several(tools, clock, count=3):
    for n in range(count):
        await told(tools, a_message(key=f"n-{n}", noun_id=f"n-{n}"))
        clock.go_on(minutes=1)


async def test_the_latest_unread_comes_first_and_leads_to_its_thing(province, clock):
    await several(province, clock)
    found = await read(province)
    assert [item.path for item in found.items] == ["/notices/n-2", "/notices/n-1", "/notices/n-0"]
    assert (found.unread, found.total, found.next_cursor) == (3, 3, None)
    path = await inbox.open_message(province, CHEN.actor, found.items[0].id)
    assert path == "/notices/n-2"
    found = await read(province)
    assert [item.path for item in found.items] == ["/notices/n-1", "/notices/n-0", "/notices/n-2"]
    assert [item.read for item in found.items] == [False, False, True]
    assert [item.path for item in (await read(province, unread=True)).items] == [
        "/notices/n-1",
        "/notices/n-0",
    ]


async def test_pages_follow_each_other(province, clock):
    await several(province, clock)
    first = await read(province, size=2)
    rest = await read(province, size=2, cursor=first.next_cursor)
    assert [item.path[-1] for item in (*first.items, *rest.items)] == ["2", "1", "0"]
    with pytest.raises(CursorRefused):
        await read(province, cursor="nonsense")


async def test_it_speaks_the_readers_language(province):
    await told(province, a_message())
    (zh,) = (await read(province, language=Language.ZH)).items
    (en,) = (await read(province, language=Language.EN)).items
    assert (zh.title, en.title) == ("收到整改通知", "A notice has arrived")
    assert "18 November 2026 09:00" in en.body


async def test_an_item_has_its_name_in_the_readers_language_where_it_was_told(province):
    facts = {"store": "东方红", "item": "地面", "item_en": "Floors"}
    await told(province, a_message(MessageKind.APPEAL_ANSWERED, facts=facts))
    (zh,) = (await read(province, language=Language.ZH)).items
    (en,) = (await read(province, language=Language.EN)).items
    assert ("地面" in zh.body, "Floors" in zh.body) == (True, False)
    assert ("地面" in en.body, "Floors" in en.body) == (False, True)


async def test_only_what_it_is_about_is_listed(province):
    await told(province, a_message())
    facts = {"store": "东方红", "item": "c1"}
    message = a_message(MessageKind.APPEAL_ANSWERED, facts=facts, noun="appeal")
    await told(province, message)
    assert [item.kind for item in (await read(province, about="appeal")).items] == [message.kind]
    assert len((await read(province)).items) == 2
    assert (await read(province, q="no such words")).items == ()


async def test_marking_read_twice_or_for_another_changes_nothing(province, clock):
    await several(province, clock, 2)
    ids = tuple(item.id for item in (await read(province)).items)
    assert await inbox.mark_read(province, DENG.actor, ids) == 0
    assert await inbox.unread(CHEN.actor) == 2
    assert await inbox.mark_read(province, CHEN.actor, ids[:1]) == 1
    clock.go_on(hours=1)
    before = await run("SELECT id, read_at FROM inbox_message ORDER BY id")
    assert await inbox.mark_read(province, CHEN.actor, ids[:1]) == 1
    assert await inbox.mark_read(province, CHEN.actor, ()) == 1
    assert await run("SELECT id, read_at FROM inbox_message ORDER BY id") == before


async def test_a_foreign_message_is_not_there(province):
    await told(province, a_message())
    (item,) = (await read(province)).items
    with pytest.raises(NotFound):
        await inbox.open_message(province, WANG.actor, item.id)


async def test_all_marked_read_can_be_taken_back_and_nothing_else(province, clock):
    await several(province, clock)
    first = (await read(province)).items[2]
    await inbox.open_message(province, CHEN.actor, first.id)
    clock.go_on(minutes=1)
    shown = await read(province)
    await told(province, a_message(key="later"))
    await run("UPDATE inbox_message SET at_ms = ? WHERE noun_id = 'n-1'", shown.until_ms)
    clock.go_on(minutes=1)
    await told(province, a_message(key="unseen", noun_id="unseen"))
    at = await inbox.mark_all_read(province, CHEN.actor, shown.until_ms)
    assert await inbox.unread(CHEN.actor) == 1
    assert await inbox.mark_all_read(province, CHEN.actor, shown.until_ms) == 0
    await inbox.take_back(DENG.actor, at)
    assert await inbox.unread(CHEN.actor) == 1
    await inbox.take_back(CHEN.actor, at)
    assert await inbox.unread(CHEN.actor) == 4
    assert [item.id for item in (await read(province)).items if item.read] == [first.id]


def test_each_role_has_its_own_subjects():
    assert inbox.subjects(LI.actor) == ("appeal", "visit", "account", "delivery")
    assert "appeal" in inbox.subjects(SUN.actor)
    assert "mail" not in inbox.subjects(CHEN.actor)


async def test_ten_thousand_messages_are_listed_at_once(province):
    fields = "id, account, kind, noun, noun_id, facts, key, at_ms, created_at"
    facts = '{"number":"1","store":"s","lines":1,"due":"2026-11-18T01:00:00Z"}'
    now = province.now()
    rows = [
        (f"m-{n}", CHEN.account, "notice.issued", "notice", "n", facts, f"k{n}", n, now)
        for n in range(10_000)
    ]
    async with tx():
        await run_many(
            f"INSERT INTO inbox_message ({fields}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows
        )
    begun = time.perf_counter()
    found = await read(province)
    assert time.perf_counter() - begun < 5, "a fifth of a second on a quiet machine"
    assert (found.total, found.unread, len(found.items)) == (10_000, 100, 50)
