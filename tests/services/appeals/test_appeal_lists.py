"""What may be appealed against, what waits for whom, and the list of appeals, on a page and as a
file.
"""

import pytest

from inspection.domain.appeals.appeal import AppealState, Ground
from inspection.domain.listing import ListAsked
from inspection.domain.refusals import CardUnpublishable, NotFound
from inspection.persistence.statements import run
from inspection.services.appeals import appeal_list, store_appeals
from inspection.services.appeals.appeal_pages import appeal_detail
from inspection.services.appeals.appeal_results import AppealsAsked
from inspection.services.appeals.appeals import withdraw_appeal
from inspection.services.notices.notice_merging import merge_lines
from inspection.services.notices.notices import notice_of
from inspection.services.rounds.awaited_decisions import awaited_of
from inspection.services.visits.published_visits import LANGUAGE
from tests.appealing import a_delivered, advised, an_appeal, decided, decided_later, filed
from tests.cast import CHEN, DENG, GUO, LI, MA, QINZHOU_CLUB, SUN, TIANSHUI, WANG, ZHAO
from tests.receiving import rows_of
from tests.reviewing import a_draft, sign


async def test_a_line_says_whether_it_may_be_appealed_against(province, clock):
    notice = await a_delivered(province)
    appeal = (await filed(province, notice)).id
    marks = await store_appeals.appeal_marks(province, CHEN.actor, notice)
    assert (marks[1].appeal, marks[1].state, marks[2].closes_at is not None) == (
        appeal,
        AppealState.FILED,
        True,
    )
    assert (await store_appeals.appeal_form(province, CHEN.actor, notice, 1)).blocked == "taken"
    form = await store_appeals.appeal_form(province, CHEN.actor, notice, 2)
    assert (form.blocked, form.freezes, form.lost > 0) == ("", True, True)
    clock.go_on(days=9)
    assert set(await store_appeals.appeal_marks(province, CHEN.actor, notice)) == {1}
    form = await store_appeals.appeal_form(province, CHEN.actor, notice, 2)
    assert form.blocked == "closed"


async def test_a_merged_line_is_appealed_against_item_by_item(province):
    draft = await a_draft(province, losses=("KC-E-01", "KC-E-02"))
    await merge_lines(province, SUN.actor, draft, (1, 2))
    signed = await sign(province, draft)
    await notice_of(province, CHEN.actor, signed.id)
    form = await store_appeals.appeal_form(province, CHEN.actor, signed.id, 1)
    assert [item.code for item in form.items] == ["KC-E-01", "KC-E-02"]
    await filed(province, signed.id, item="KC-E-02")
    form = await store_appeals.appeal_form(province, CHEN.actor, signed.id, 1)
    assert ([item.code for item in form.items], form.item) == (["KC-E-01"], "KC-E-01")
    marks = await store_appeals.appeal_marks(province, CHEN.actor, signed.id)
    assert (marks[1].state, marks[1].closes_at is not None) == ("filed", True)
    await filed(province, signed.id, item="KC-E-01")
    marks = await store_appeals.appeal_marks(province, CHEN.actor, signed.id)
    assert marks[1].closes_at is None


async def test_what_waits_is_counted_for_those_it_waits_for(province):
    appeal = await an_appeal(province)
    assert [(await awaited_of(p.actor)).appeals for p in (WANG, GUO, CHEN, LI)] == [1, 0, 0, 0]
    await advised(province, appeal)
    assert [(await awaited_of(p.actor)).appeals for p in (WANG, GUO, SUN)] == [0, 1, 0]


async def test_a_visit_without_a_card_is_not_disputed(province):
    appeal = await an_appeal(province)
    await run("DELETE FROM visit_scorecard")
    with pytest.raises(CardUnpublishable):
        await appeal_detail(province, SUN.actor, appeal)


async def test_staff_read_that_it_was_taken_back(province):
    appeal = await an_appeal(province)
    await withdraw_appeal(province, CHEN.actor, appeal)
    found = await appeal_detail(province, WANG.actor, appeal)
    assert found.thread[-1].what == "withdraw"


async def test_a_form_says_why_there_is_nothing_to_appeal_against(province, monkeypatch):
    notice = await a_delivered(province)
    await run("UPDATE visit_scorecard SET body = replace(body, '\"lost\":100', '\"lost\":0')")
    form = await store_appeals.appeal_form(province, CHEN.actor, notice, 1)
    assert form.blocked == "nothing_lost"
    monkeypatch.setattr(store_appeals, "NOTICE_OPEN", ())
    form = await store_appeals.appeal_form(province, CHEN.actor, notice, 2)
    assert form.blocked == "notice_over"


async def test_the_list_is_cut_by_region_state_and_ground(province):
    first = await an_appeal(province)
    second = await a_delivered(province, "b", staff=DENG, by=ZHAO, visitor=MA, store=QINZHOU_CLUB)
    other = (await filed(province, second, by=DENG, ground=Ground.STANDARD)).id
    await advised(province, first)
    await decided(province, first)

    async def listed(person, **wanted):
        found = await appeal_list.appeal_list(person.actor, AppealsAsked(**wanted))
        return {row.id for row in found.rows}, found.waiting, found.decided

    assert await listed(SUN) == ({first, other}, 1, 1)
    assert await listed(SUN, tab="waiting") == ({other}, 1, 1)
    assert await listed(WANG, tab="decided") == ({first}, 0, 1)
    assert await listed(SUN, ground="standard") == ({other}, 1, 1)
    assert await listed(SUN, region="/620000/620500/") == ({other}, 1, 0)
    assert await listed(SUN, asked=ListAsked(q="大众路")) == ({other}, 1, 1)
    with pytest.raises(NotFound):
        await listed(WANG, region="/620000/620500/")
    with pytest.raises(NotFound):
        await listed(GUO, region="/620000/999999/")
    assert TIANSHUI


async def test_the_list_goes_out_as_a_file(province):
    appeal = await an_appeal(province)
    await decided_later(province, appeal)
    await filed(province, (await rows_of("notice"))[0]["id"], 2)
    export = appeal_list.appeal_export(SUN.actor, AppealsAsked(), LANGUAGE)
    (rows,) = [page async for page in export.pages]
    assert len(rows) == 2
    assert {len(row) for row in rows} == {len(export.headings)}
    assert {row[9] for row in rows} == {"驳回", "待区域复核"}
