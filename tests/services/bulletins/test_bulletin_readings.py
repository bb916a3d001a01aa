"""Who has read which issue, and who is told that there is one."""

import asyncio

import pytest

from inspection.domain.bulletins.bulletin_share import Share
from inspection.domain.listing import ListAsked
from inspection.domain.refusals import NotAllowed, NotFound
from inspection.persistence.audit import audit
from inspection.persistence.bulletins.bulletins import BulletinsWanted
from inspection.persistence.statements import run
from inspection.services.bulletins.bulletin_prints import bulletin_pdf, keep_bulletin
from inspection.services.bulletins.bulletin_readings import (
    ReadersAsked,
    note_reading,
    readers_export,
    receipts_of,
)
from inspection.services.bulletins.bulletins import bulletin_list, bulletin_of
from inspection.wording import Language
from tests.cast import GUO, SUN, WANG, ZHAO
from tests.reporting import a_bulletin, a_published, row_of
from tests.submissions import sha256_of

ALL = ReadersAsked()


async def opened(bulletin, person=GUO):
    found = await receipts_of(person.actor, bulletin, ALL)
    return {row.reader.name: (row.reader.page_at, row.reader.pdf_at) for row in found.rows}


async def test_the_first_look_at_each_edition_is_kept(province, clock):
    row = await a_published(province)
    await bulletin_of(province, SUN.actor, row.id)
    first = clock.time
    clock.go_on(hours=1)
    await bulletin_of(province, SUN.actor, row.id)
    pdf = b"%PDF-1.7"
    await keep_bulletin(province, row.id, pdf, sha256_of(pdf), 1)
    await bulletin_pdf(province, WANG.actor, row.id)
    seen = await opened(row.id)
    assert seen[SUN.name] == (first, None)
    assert seen[WANG.name] == (None, clock.time)
    assert seen[ZHAO.name] == (None, None)
    events = await audit.events_of("bulletin", row.id)
    assert [e.actor for e in events if e.action == "bulletin.read"] == [SUN.account, WANG.account]


async def test_two_looks_at_once_are_one(province):
    row = await a_published(province)
    await asyncio.gather(*(note_reading(province, SUN.actor, row, "web") for _ in range(4)))
    events = await audit.events_of("bulletin", row.id)
    assert sum(event.action == "bulletin.read" for event in events) == 1


async def test_receipts_are_counted_by_role_and_place(province):
    row = await a_published(province)
    for person in (SUN, WANG):
        await bulletin_of(province, person.actor, row.id)
    found = await receipts_of(GUO.actor, row.id, ALL)
    assert found.whole == Share(part=2, whole=4)
    shares = {(each.region.zh, each.role.value): each.share.part for each in found.shares}
    assert shares == {
        ("甘肃", "administrator"): 0,
        ("甘肃", "reviewer"): 1,
        ("兰州", "regional_manager"): 1,
        ("天水", "regional_manager"): 0,
    }
    unread = await receipts_of(GUO.actor, row.id, ReadersAsked(unread=True))
    assert {each.reader.name for each in unread.rows} == {GUO.name, ZHAO.name}
    named = await receipts_of(GUO.actor, row.id, ReadersAsked(asked=ListAsked(q=SUN.name)))
    assert [each.reader.name for each in named.rows] == [SUN.name]
    export = await readers_export(GUO.actor, row.id, ALL, Language.EN)
    rows = [each async for part in export.pages for each in part]
    assert len(rows) == 4


async def test_receipts_are_the_publishers_and_drafts_have_none(province):
    row = await a_published(province)
    for person, refusal in ((SUN, NotAllowed), (WANG, NotFound)):
        with pytest.raises(refusal):
            await receipts_of(person.actor, row.id, ALL)
    draft = await a_bulletin(province)
    await bulletin_of(province, GUO.actor, draft)
    with pytest.raises(NotFound):
        await receipts_of(GUO.actor, draft, ALL)
    assert await run("SELECT id FROM bulletin_reading") == []
    assert (await row_of(draft)).number is None


async def test_a_branch_asks_its_own_readers(province):
    row = await a_published(province, WANG)
    assert set(await opened(row.id, WANG)) == {WANG.name}


async def test_the_list_says_what_was_read(province):
    row = await a_published(province)
    wanted = BulletinsWanted(asked=ListAsked())
    assert (await bulletin_list(SUN.actor, wanted)).read == frozenset()
    await bulletin_of(province, SUN.actor, row.id)
    assert (await bulletin_list(SUN.actor, wanted)).read == {row.id}
    none = BulletinsWanted(asked=ListAsked(q="zzz"))
    assert (await bulletin_list(SUN.actor, none)).read == frozenset()


async def test_readers_find_it_in_their_inbox_once(province):
    row = await a_published(province)
    told = await run("SELECT account, noun_id FROM inbox_message WHERE kind = 'bulletin.published'")
    assert {each["account"] for each in told} == {SUN.account, WANG.account, ZHAO.account}
    assert {each["noun_id"] for each in told} == {row.id}
