"""The staff's list of notices: own region, drafts first, nearest deadline, page by page."""

from datetime import timedelta

import pytest

from inspection.domain.notices.notice_state import NoticeState
from inspection.domain.refusals import (
    NotFound,
)
from inspection.persistence.rectifications import overdue_lines
from inspection.persistence.rectifications.line_pauses import LinePauseRow, begin_pause, end_pauses
from inspection.persistence.rectifications.notice_tallies import tally_lines
from inspection.persistence.statements import run
from inspection.services.notices.notice_list_results import NoticesAsked
from inspection.services.notices.notices import (
    notice_list,
)
from inspection.services.notices.urging import Urge, urge
from tests.cast import (
    ANNING_HALL,
    CHEN,
    CLUB,
    GUO,
    HALL,
    MA,
    QINZHOU_CLUB,
    REGION_PATHS,
    TIANSHUI,
    WANG,
    ZHAO,
)
from tests.reviewing import (
    a_draft,
    an_issued,
)


async def listed(tools, person, **asked):
    return await notice_list(tools, person.actor, NoticesAsked(**asked))


async def test_the_list_has_drafts_first_then_the_nearest_deadline(province, clock):
    draft = await a_draft(province, "draft", store=HALL, losses=("KH-E-01",))
    issued = await an_issued(province, "issued")
    found = await listed(province, WANG)
    assert [row.id for row in found.rows] == [draft, issued.id]
    assert (found.counts.draft, found.counts.issued, found.counts.overdue) == (1, 1, 0)
    row = found.rows[1]
    assert (row.lines, row.lost, row.pdf, row.store.code) == (2, 200, "queued", CLUB)


async def test_a_manager_lists_the_own_branch_only(province, clock):
    await an_issued(province, "here")
    there = await an_issued(
        province, "there", by=ZHAO, visitor=MA, store=QINZHOU_CLUB, losses=("KC-E-01",)
    )
    assert [row.id for row in (await listed(province, ZHAO)).rows] == [there.id]
    assert len((await listed(province, GUO)).rows) == 2
    assert len((await listed(province, GUO, region_path=REGION_PATHS[TIANSHUI])).rows) == 1
    with pytest.raises(NotFound):
        await listed(province, ZHAO, region_path=REGION_PATHS["620100"])


async def test_the_list_is_paged_and_filtered(province, clock):
    await a_draft(province, "draft", store=HALL, losses=("KH-E-01",))
    await an_issued(province, "issued")
    await a_draft(province, "third", visitor=MA, store=ANNING_HALL, losses=("KH-E-01",))
    seen, cursor = [], ""
    for _ in range(3):
        page = await listed(province, WANG, size=1, cursor=cursor)
        seen += [row.state for row in page.rows]
        cursor = page.next_cursor or ""
    assert (seen, cursor) == ([NoticeState.DRAFT, NoticeState.DRAFT, NoticeState.ISSUED], "")
    assert len((await listed(province, WANG, state="draft")).rows) == 2
    assert (await listed(province, WANG, state="overdue")).rows == ()
    clock.go_on(days=9)
    late = await listed(province, WANG, state="overdue")
    assert [(row.state, row.clock.overdue) for row in late.rows] == [(NoticeState.ISSUED, True)]
    assert late.counts.overdue == 1


async def test_a_page_has_at_least_one_row_whatever_was_asked(province):
    await an_issued(province)
    assert len((await listed(province, WANG, size=-5)).rows) == 1


async def test_a_round_nobody_planned_is_missing(province):
    with pytest.raises(NotFound):
        await listed(province, WANG, round="2031-01")


async def test_a_region_nobody_knows_is_not_an_empty_list(province):
    for path in ("/nowhere/", f"{REGION_PATHS[TIANSHUI]}999999/"):
        with pytest.raises(NotFound) as no:
            await listed(province, GUO, region_path=path)
        assert no.value.facts["noun"] == "region"


async def test_the_list_is_searched_by_store_and_by_number(province, clock):
    issued = await an_issued(province, "issued")
    draft = await a_draft(province, "draft", store=HALL, losses=("KH-E-01",))
    for words, found in ((CLUB, [issued.id]), (issued.number, [issued.id]), (HALL, [draft])):
        page = await listed(province, WANG, q=words)
        assert ([row.id for row in page.rows], page.total) == (found, 1)
    assert (await listed(province, WANG, q="nothing")).rows == ()
    kind = await listed(province, WANG, store_kind="storefront")
    assert ([row.id for row in kind.rows], kind.counts.draft, kind.counts.issued) == ([draft], 1, 0)


@pytest.mark.parametrize("sort", ["due", "-due", "issued", "-issued", "store", "-store"])
async def test_every_order_can_be_paged(province, clock, sort):
    await an_issued(province, "issued")
    await a_draft(province, "draft", store=HALL, losses=("KH-E-01",))
    await a_draft(province, "third", visitor=MA, store=ANNING_HALL, losses=("KH-E-01",))
    whole = await listed(province, WANG, sort=sort)
    assert (len(whole.rows), whole.sort) == (3, sort)
    seen, cursor = [], ""
    while not seen or cursor:
        page = await listed(province, WANG, sort=sort, size=1, cursor=cursor)
        seen += [row.id for row in page.rows]
        cursor = page.next_cursor or ""
    assert seen == [row.id for row in whole.rows]


async def test_how_late_a_notice_is_follows_from_its_lines_and_the_clock(province, clock):
    issued = await an_issued(province)
    ((due,),) = {(row.clock.due_at,) for row in (await listed(province, WANG)).rows}
    levels = []
    for hours in (-1, 1, 5, 25):
        clock.time = due + timedelta(hours=hours)
        (row,) = (await listed(province, WANG)).rows
        levels.append((row.clock.overdue, row.clock.level))
    assert levels == [(False, 0), (True, 1), (True, 2), (True, 3)]
    assert (row.urged, row.escalated) == (False, False)
    await urge(province, WANG.actor, issued.id, Urge.STORE)
    (row,) = (await listed(province, WANG)).rows
    assert (row.urged, row.escalated) == (True, False)


async def test_a_line_whose_clock_stands_still_makes_nobody_late(province, clock):
    issued = await an_issued(province, losses=("KC-E-01",))
    (line,) = await overdue_lines.due_lines_of(issued.id)
    await begin_pause(LinePauseRow(id="p", line=line.id, since=clock(), cause="a"))
    await tally_lines(issued.id)
    clock.time = line.due_at + timedelta(hours=30)
    (row,) = (await listed(province, WANG)).rows
    assert row.clock.level == 0


async def test_a_past_pause_moves_the_deadline(province, clock):
    issued = await an_issued(province, losses=("KC-E-01",))
    (line,) = await overdue_lines.due_lines_of(issued.id)
    pause = LinePauseRow(id="p", line=line.id, since=clock(), cause="a")
    await begin_pause(pause)
    await tally_lines(issued.id)
    clock.go_on(hours=20)
    await end_pauses("a", clock())
    clock.time = line.due_at + timedelta(hours=19)
    assert [row.clock.level for row in (await listed(province, WANG)).rows] == [0]
    clock.go_on(hours=2)
    assert [row.clock.level for row in (await listed(province, WANG)).rows] == [1]


async def test_a_notice_whose_lines_are_all_answered_is_not_late(province, clock):
    issued = await an_issued(province, losses=("KC-E-01",))
    await run("UPDATE notice_line SET state = 'submitted'")
    clock.go_on(days=9)
    found = await listed(province, WANG)
    assert [(row.answered, row.clock.overdue) for row in found.rows] == [(True, False)]
    assert found.counts.overdue == 0
    assert (await listed(province, WANG, state="overdue")).rows == ()
    (own,) = (await notice_list(province, CHEN.actor)).rows
    assert (own.id, own.overdue) == (issued.id, False)
