"""The staff's list of notices: own region, drafts first, nearest deadline, page by page."""

import pytest

from inspection.domain.notice_state import NoticeState
from inspection.domain.refusals import (
    NotFound,
)
from inspection.services.notice_results import NoticesAsked
from inspection.services.notices import (
    notice_list,
)
from tests.cast import (
    ANNING_HALL,
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
    assert [(row.state, row.overdue) for row in late.rows] == [(NoticeState.ISSUED, True)]
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
