"""By when a store has to act, as lists and pages say it: an appeal stops the clock and moves it."""

from datetime import timedelta

import pytest

from inspection.domain.appeals.appeal import Advice, AppealMove
from inspection.persistence.engine import tx
from inspection.persistence.rectifications import overdue_lines
from inspection.persistence.rectifications.notice_tallies import tally_lines
from inspection.persistence.statements import run
from inspection.services.appeals.appeals import withdraw_appeal
from inspection.services.notices.notice_amending import amend
from inspection.services.notices.notice_exports import notice_export
from inspection.services.notices.notice_list_results import NoticesAsked
from inspection.services.notices.notices import notice_list, notice_of
from inspection.services.rectifications.overdue import OverdueAsked, overdue
from inspection.wording import Language
from tests.amending import card_says
from tests.appealing import a_delivered, advised, decided, filed
from tests.cast import ANNING_HALL, CHEN, CLUB, GUO, HALL, MA, WANG
from tests.receiving import rows_of
from tests.rectifying import a_reply
from tests.reviewing import a_draft, an_issued, visit_id


async def row_of(tools, notice):
    rows = (await notice_list(tools, WANG.actor, NoticesAsked())).rows
    return next(row for row in rows if row.id == notice)


async def order_of(tools, sort):
    return [row.id for row in (await notice_list(tools, WANG.actor, NoticesAsked(sort=sort))).rows]


async def dues_in_file(tools):
    """What the staff's file has in the place of the deadlines."""
    file = notice_export(tools, WANG.actor, NoticesAsked(), Language.ZH)
    place = file.headings.index("最近截止")
    return [row[place] async for page in file.pages for row in page]


async def own_row(tools):
    (row,) = (await notice_list(tools, CHEN.actor)).rows
    return row


async def test_a_notice_all_in_appeal_says_so_and_is_not_late(province, clock):
    notice = await a_delivered(province, losses=("KC-E-01",))
    due = (await row_of(province, notice)).clock.due_at
    await filed(province, notice)
    clock.time = due + timedelta(hours=30)
    row = await row_of(province, notice)
    assert (row.clock.due_at, row.clock.paused, row.clock.overdue) == (None, True, False)
    assert (await own_row(province)).paused
    assert not (await own_row(province)).overdue
    assert await dues_in_file(province) == ["申诉中，暂停计时"]
    page = await notice_of(province, CHEN.actor, notice)
    assert (page.due_at, page.paused, [line.overdue for line in page.lines]) == (
        None,
        True,
        [False],
    )


async def test_what_is_not_in_appeal_goes_on(province, clock):
    notice = await a_delivered(province)
    first, other = await overdue_lines.due_lines_of(notice)
    await filed(province, notice, first.number)
    row = await row_of(province, notice)
    assert (row.clock.due_at, row.clock.paused) == (other.due_at, False)
    clock.time = max(first.due_at, other.due_at) + timedelta(hours=1)
    assert (await row_of(province, notice)).clock.late == {other.number}
    page = await notice_of(province, CHEN.actor, notice)
    assert [line.no for line in page.lines if line.overdue] == [other.number]


async def kept_for(notice):
    """The deadline lists go by."""
    return next(row["first_due_at"] for row in await rows_of("notice") if row["id"] == notice)


async def two_days_apart(tools):
    """A notice with two lines, the second due two days after the first; both of them."""
    notice = await a_delivered(tools)
    first, other = await overdue_lines.due_lines_of(notice)
    later = first.due_at + timedelta(days=2)
    await run("UPDATE notice_line SET due_at = ? WHERE id = ?", later, other.id)
    await tally_lines(notice)
    return notice, await overdue_lines.due_lines_of(notice)


async def test_lists_go_by_what_runs_while_the_rest_is_in_appeal(province, clock):
    notice, (sooner, later) = await two_days_apart(province)
    clock.go_on(hours=1)
    beside = await an_issued(province, "beside", visitor=MA, store=ANNING_HALL, losses=("KH-E-01",))
    assert await order_of(province, "due") == [notice, beside.id]
    appeal = await filed(province, notice, sooner.number)
    assert await kept_for(notice) == later.due_at
    assert await order_of(province, "due") == [beside.id, notice]
    await taken_back(province, appeal.id)
    assert await kept_for(notice) == sooner.due_at
    assert await order_of(province, "due") == [notice, beside.id]


async def test_an_appeal_that_is_over_starts_the_line_of_a_successor_too(province, clock):
    notice, (first, other) = await two_days_apart(province)
    appeal = await filed(province, notice, 1)
    await card_says(visit_id("first"), KC_M_01=50, KC_E_01=200)
    async with tx():
        new = (await amend(province, GUO.actor, notice, "另一处改正")).notice
    assert await kept_for(new) == other.due_at
    clock.go_on(hours=1)
    await taken_back(province, appeal.id)
    assert await kept_for(new) == first.due_at + timedelta(hours=1)
    assert (await row_of(province, new)).clock.due_at == await kept_for(new)


async def test_a_line_carried_on_in_a_lasting_appeal_is_late_nowhere(province, clock):
    notice, (first, _) = await two_days_apart(province)
    clock.time = first.due_at + timedelta(hours=2)
    await filed(province, notice, 1)
    await card_says(visit_id("first"), KC_M_01=50, KC_E_01=200)
    async with tx():
        new = (await amend(province, GUO.actor, notice, "另一处改正")).notice
    row = await row_of(province, new)
    assert (row.clock.late, row.clock.still) == (frozenset(), {1})
    late = (await notice_list(province, WANG.actor, NoticesAsked(state="overdue"))).rows
    assert late == ()
    asked = OverdueAsked(region_path="", store=CLUB)
    assert (await overdue(province, GUO.actor, asked, Language.ZH)).lines == ()


async def taken_back(tools, appeal):
    await withdraw_appeal(tools, CHEN.actor, appeal)


async def turned_down(tools, appeal):
    await advised(tools, appeal, Advice.REJECT)
    await decided(tools, appeal, AppealMove.REJECT)


@pytest.mark.parametrize("over", [taken_back, turned_down])
async def test_an_appeal_that_is_over_leaves_the_deadline_later(province, clock, over):
    notice = await a_delivered(province, losses=("KC-E-01",))
    (line,) = await overdue_lines.due_lines_of(notice)
    clock.go_on(hours=1)
    other = await an_issued(province, "other", visitor=MA, store=ANNING_HALL, losses=("KH-E-01",))
    assert await order_of(province, "due") == [notice, other.id]
    appeal = await filed(province, notice)
    assert await order_of(province, "due") == [notice, other.id]
    clock.go_on(hours=20)
    await over(province, appeal.id)
    later = line.due_at + timedelta(hours=20)
    assert (await row_of(province, notice)).clock.due_at == later
    assert (await own_row(province)).first_due_at == later
    assert await order_of(province, "due") == [other.id, notice]
    assert await order_of(province, "-due") == [notice, other.id]


async def test_where_nothing_is_owed_any_more_a_notice_comes_last_both_ways(province, clock):
    answered = await an_issued(province, losses=("KC-E-01",))
    (line,) = await overdue_lines.due_lines_of(answered.id)
    clock.go_on(hours=1)
    owed = await an_issued(province, "owed", visitor=MA, store=ANNING_HALL, losses=("KH-E-01",))
    draft = await a_draft(province, "draft", store=HALL, losses=("KH-E-01",))
    await a_reply(province, line.id)
    assert await order_of(province, "due") == [draft, owed.id, answered.id]
    assert await order_of(province, "-due") == [owed.id, draft, answered.id]
    due = (await row_of(province, owed.id)).clock.due_at
    assert await dues_in_file(province) == [None, due, "已答复，待复核"]


async def test_what_is_over_is_listed_by_when_it_was_issued(province, clock):
    old = await an_issued(province, losses=("KC-E-01",))
    clock.go_on(hours=1)
    new = await an_issued(province, "new", visitor=MA, store=ANNING_HALL, losses=("KH-E-01",))
    await run("UPDATE notice SET state = 'void'")
    listed = await notice_list(province, WANG.actor, NoticesAsked(state="void"))
    assert ([row.id for row in listed.rows], listed.sort) == ([new.id, old.id], "-issued")
