"""Issues: drafted, published once, numbered without gaps, and never changed."""

import asyncio
from datetime import date

import pytest

from inspection.domain.bulletins.bulletin import BulletinKind, BulletinState
from inspection.domain.listing import ListAsked
from inspection.domain.refusals import MoveRefused, NotAllowed, NotFound
from inspection.domain.refusals.bulletins import (
    BulletinChanged,
    BulletinPeriodRefused,
    BulletinTextTooLong,
)
from inspection.persistence.audit import audit
from inspection.persistence.bulletins import bulletins as kept
from inspection.persistence.bulletins.bulletins import BulletinsWanted
from inspection.persistence.statements import run
from inspection.services.audit.audit_checks import check_chain
from inspection.services.bulletins.bulletin_access import said_in
from inspection.services.bulletins.bulletin_drafting import (
    Written,
    discard_bulletin,
    edit_bulletin,
)
from inspection.services.bulletins.bulletin_publishing import publish_bulletin
from inspection.services.bulletins.bulletins import (
    bulletin_export,
    bulletin_list,
    bulletin_of,
)
from inspection.services.notices.notice_register import proof_of
from inspection.wording import Language
from tests.cast import CHEN, CLUB, GUO, LI, ROUND, SUN, WANG, ZHAO
from tests.rankable import Result, published
from tests.rectifying import a_reply, accept, issued_lines
from tests.reporting import a_bulletin, a_published, row_of, write

EVERY = BulletinsWanted(asked=ListAsked())


async def titles(person):
    found = await bulletin_list(person.actor, EVERY)
    return [(row.number, row.state.value) for row in found.rows]


async def test_a_draft_is_written_and_told_in_the_log(province):
    bulletin = await a_bulletin(province)
    await write(province, bulletin, preface=" 一\n\n二\u202e ", hide_worst=True)
    row = await row_of(bulletin)
    assert (row.preface, row.hide_worst, row.revision) == ("一\n二", True, 2)
    assert (row.first_on, row.last_on) == (date(2026, 11, 16), date(2026, 11, 22))
    await write(province, bulletin, preface="一\n二", hide_worst=True)
    assert (await row_of(bulletin)).revision == 2
    events = await audit.events_of("bulletin", bulletin)
    assert [event.action for event in events] == ["bulletin.start", "bulletin.edit"]


async def test_what_somebody_else_wrote_is_not_overwritten(province):
    bulletin = await a_bulletin(province)
    await write(province, bulletin, preface="先写的")
    with pytest.raises(BulletinChanged):
        await edit_bulletin(province, GUO.actor, bulletin, Written(preface="后写的"), 1)
    with pytest.raises(BulletinChanged):
        await publish_bulletin(province, GUO.actor, bulletin, 1)
    with pytest.raises(BulletinTextTooLong):
        await write(province, bulletin, closing="长" * 2001)
    assert (await row_of(bulletin)).preface == "先写的"


async def test_a_discarded_draft_is_gone_and_the_log_keeps_it(province):
    bulletin = await a_bulletin(province, WANG)
    await write(province, bulletin, WANG, preface="写了一半")
    with pytest.raises(BulletinChanged):
        await discard_bulletin(province, WANG.actor, bulletin, 1)
    with pytest.raises(NotFound):
        await discard_bulletin(province, ZHAO.actor, bulletin, 2)
    with pytest.raises(NotAllowed):
        await discard_bulletin(province, SUN.actor, bulletin, 2)
    await discard_bulletin(province, WANG.actor, bulletin, 2)
    assert await titles(WANG) == []
    assert await titles(GUO) == []
    for read in (
        bulletin_of(province, WANG.actor, bulletin),
        discard_bulletin(province, WANG.actor, bulletin, 3),
        publish_bulletin(province, WANG.actor, bulletin, 3),
    ):
        with pytest.raises(NotFound):
            await read
    event = (await audit.events_of("bulletin", bulletin))[-1]
    assert (event.action, "写了一半" in event.body) == ("bulletin.discard", True)
    with pytest.raises(MoveRefused):
        await discard_bulletin(province, GUO.actor, (await a_published(province)).id, 2)


async def test_an_issue_of_a_round_has_its_days(province):
    row = await row_of(await a_bulletin(province, kind=BulletinKind.ROUND, round=ROUND))
    assert (row.first_on, row.last_on, row.round_code) == (
        date(2026, 11, 1),
        date(2026, 11, 30),
        ROUND,
    )
    with pytest.raises(BulletinPeriodRefused):
        await a_bulletin(province, kind=BulletinKind.WEEK, round="nobodys")
    with pytest.raises(BulletinPeriodRefused):
        await a_bulletin(province, day=date(2027, 1, 4))


async def test_where_no_round_has_begun_a_week_has_no_ranking(province):
    await run("UPDATE round SET state = 'draft'")
    row = await a_published(province)
    said = said_in(row)
    assert said
    assert said.rankings == ()
    assert said.round_name == ""
    with pytest.raises(BulletinPeriodRefused):
        await a_bulletin(province, kind=BulletinKind.ROUND)


async def test_publishing_draws_a_number_and_ends_the_draft(province):
    head = await audit.head_of_chain()
    bulletin = await a_bulletin(province)
    number = await publish_bulletin(province, GUO.actor, bulletin, 1)
    assert number == "甘移服整报〔2026〕1号"
    row = await row_of(bulletin)
    said = said_in(row)
    assert said is not None
    assert (row.state, said.number, said.issue) == (BulletinState.PUBLISHED, number, 1)
    # The draft's own event was the last one when the figures were taken.
    assert said.chain.seq == head.seq + 1
    assert (await kept.chain_marks()) == {said.chain.seq: said.chain.hash}
    assert (await audit.verify_chain(await kept.chain_marks())).faults == ()
    with pytest.raises(MoveRefused):
        await publish_bulletin(province, GUO.actor, bulletin, 1)
    with pytest.raises(MoveRefused):
        await edit_bulletin(province, GUO.actor, bulletin, Written(preface="改"), 1)


async def test_a_log_that_contradicts_what_was_printed_is_found(province):
    row = await a_published(province)
    assert (await check_chain(province, GUO.account)).faults == ()
    await run("UPDATE bulletin SET chain_hash = ? WHERE id = ?", "0" * 64, row.id)
    assert (await check_chain(province, GUO.account)).faults != ()


async def test_numbers_have_no_gaps_whoever_publishes_at_once(province):
    drafts = [await a_bulletin(province, by) for by in (GUO, WANG, ZHAO, GUO, WANG, GUO)]
    by = dict(zip(drafts, (GUO, WANG, ZHAO, GUO, WANG, GUO), strict=True))
    # Each twice: a second try must draw nothing.
    tries = [publish_bulletin(province, by[each].actor, each, 1) for each in drafts * 2]
    ends = await asyncio.gather(*tries, return_exceptions=True)
    numbers = [end for end in ends if isinstance(end, str)]
    assert sum(isinstance(end, MoveRefused) for end in ends) == len(drafts)
    assert sorted(numbers) == [f"甘移服整报〔2026〕{n}号" for n in range(1, len(drafts) + 1)]
    proof = await proof_of("甘移服整|bulletin|2026")
    assert proof.is_whole
    assert proof.last == len(drafts)


async def test_a_frozen_issue_never_changes_whatever_is_done_after(province, clock):
    await published(province, Result(store=CLUB, total=8950))
    (line, *_) = await issued_lines(province)
    row = await a_published(province)
    before = row.snapshot
    clock.go_on(hours=1)
    await a_reply(province, line.id)
    await accept(province, line.id)
    await published(province, Result(store="LZ-1001", total=9990))
    await run("UPDATE store SET name = '改名的门店'")
    await run("UPDATE region SET name_zh = '改名'")
    await a_published(province)
    after = await row_of(row.id)
    assert after.snapshot == before
    said = said_in(after)
    assert said is not None
    assert said.region == "甘肃"
    detail = await bulletin_of(province, SUN.actor, row.id)
    assert detail.said == said
    assert not detail.can_edit


async def test_drafts_are_their_regions_and_issues_for_everybody_they_are_about(province):
    whole = await a_published(province, GUO)
    await a_bulletin(province, GUO)
    lanzhou = await a_published(province, WANG)
    assert {number for number, _ in await titles(ZHAO)} == {whole.number}
    assert {number for number, _ in await titles(WANG)} == {whole.number, lanzhou.number}
    assert await titles(SUN)
    assert "draft" not in dict(await titles(SUN)).values()
    assert ("", "draft") in await titles(GUO)
    with pytest.raises(NotFound):
        await bulletin_of(province, ZHAO.actor, lanzhou.id)
    draft = await a_bulletin(province, WANG)
    for person in (SUN, ZHAO):
        with pytest.raises(NotFound):
            await bulletin_of(province, person.actor, draft)
    assert (await bulletin_of(province, GUO.actor, draft)).can_edit
    with pytest.raises(NotFound):
        await publish_bulletin(province, WANG.actor, await a_bulletin(province, GUO), 1)


@pytest.mark.parametrize("person", [LI, CHEN], ids=lambda person: person.sign_in)
async def test_inspectors_and_stores_read_no_bulletin(province, person):
    row = await a_published(province)
    with pytest.raises(NotAllowed):
        await bulletin_list(person.actor, EVERY)
    with pytest.raises(NotAllowed):
        await bulletin_of(province, person.actor, row.id)
    with pytest.raises(NotAllowed):
        await a_bulletin(province, person)


async def test_the_list_is_searched_filtered_and_exported(province):
    await a_published(province, kind=BulletinKind.ROUND, round=ROUND)
    await a_published(province)
    await a_bulletin(province)
    words = BulletinsWanted(asked=ListAsked(q="2号"))
    assert [row.issue for row in (await bulletin_list(GUO.actor, words)).rows] == [2]
    kinds = BulletinsWanted(asked=ListAsked(), kind="round", state="published")
    assert [row.issue for row in (await bulletin_list(GUO.actor, kinds)).rows] == [1]
    pages = bulletin_export(SUN.actor, EVERY, Language.ZH).pages
    rows = [row async for part in pages for row in part]
    assert {row[0] for row in rows} == {"甘移服整报〔2026〕1号", "甘移服整报〔2026〕2号"}
    drafts = BulletinsWanted(asked=ListAsked(), state="draft")
    pages = bulletin_export(GUO.actor, drafts, Language.EN).pages
    assert (await anext(pages))[0][-2:] == ("Draft", None)
