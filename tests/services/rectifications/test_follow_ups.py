"""A day after a line was verified the store is called."""

import asyncio
from datetime import timedelta

import pytest

from inspection.domain.listing import ListAsked
from inspection.domain.refusals import CursorRefused, MoveRefused, NotFound
from inspection.domain.refusals.rectification import VerdictReasonMissing
from inspection.persistence.people.places import Scope
from inspection.persistence.rectifications import follow_up_calls
from inspection.persistence.rectifications.pass_rates import pass_rates
from inspection.persistence.rectifications.rectification_lines import find_line
from inspection.services.notices.notice_voiding import void_notice
from inspection.services.rectifications.follow_ups import list_of_calls, note_call
from inspection.services.rectifications.rectification_details import store_line
from tests.cast import CHEN, CHENGGUAN, SUN, WANG, ZHAO
from tests.makers import REGION_PATHS
from tests.receiving import rows_of
from tests.rectifying import a_reply, accept, issued_lines
from tests.submissions import a_photo

ALL = ListAsked()


@pytest.fixture
async def call(province):
    line, _ = await issued_lines(province)
    await a_reply(province, line.id)
    await accept(province, line.id)
    (row,) = (await list_of_calls(province, WANG.actor, ALL, "due")).rows
    return row.call.id


async def test_a_call_is_due_a_day_later(province, clock, call):
    (row,) = (await list_of_calls(province, WANG.actor, ALL)).rows
    assert (row.late, row.call.measure, row.store.name) == (
        False,
        "已装好并逐一试过",
        "城关东方红客户俱乐部",
    )
    clock.go_on(hours=25)
    (row,) = (await list_of_calls(province, WANG.actor, ALL)).rows
    assert row.late
    assert (await list_of_calls(province, ZHAO.actor, ALL)).rows == ()


async def test_nobody_reached_is_called_again(province, call):
    await note_call(province, WANG.actor, call, "not_reached")
    await note_call(province, WANG.actor, call, "not_reached")
    found = await list_of_calls(province, WANG.actor, ALL, "not_reached")
    assert found.counts == {"not_reached": 1}
    await note_call(province, SUN.actor, call, "done", "一切正常")
    (row,) = (await list_of_calls(province, WANG.actor, ALL)).rows
    assert (row.call.state, row.call.note, row.call.called_by) == ("done", "一切正常", "孙蕾")
    assert not row.late
    with pytest.raises(MoveRefused):
        await note_call(province, WANG.actor, call, "dissatisfied", "又坏了")


async def test_discontent_needs_words(province, call):
    with pytest.raises(VerdictReasonMissing):
        await note_call(province, WANG.actor, call, "dissatisfied")
    await note_call(province, WANG.actor, call, "dissatisfied", "又坏了")
    found = await list_of_calls(province, WANG.actor, ALL, "dissatisfied")
    assert [row.call.note for row in found.rows] == ["又坏了"]


async def test_foreign_and_unknown_calls_are_missing(province, call):
    for who, which in ((ZHAO, call), (WANG, "nothing")):
        with pytest.raises(NotFound):
            await note_call(province, who.actor, which, "done")
    with pytest.raises(NotFound):
        await list_of_calls(province, ZHAO.actor, ALL, region=REGION_PATHS[CHENGGUAN])
    with pytest.raises(CursorRefused):
        await list_of_calls(province, WANG.actor, ListAsked(cursor="damaged"))


async def test_two_who_call_at_once_have_one_outcome(province, call):
    outcomes = await asyncio.gather(
        note_call(province, WANG.actor, call, "done", "好"),
        note_call(province, SUN.actor, call, "dissatisfied", "不好"),
        return_exceptions=True,
    )
    assert len([each for each in outcomes if isinstance(each, MoveRefused)]) == 1


async def test_discontent_opens_the_line_its_notice_and_its_case_again(province, clock):
    photo = a_photo(40)
    (line,) = await issued_lines(province, losses=("KC-E-01",), pictures=(photo,))
    await a_reply(province, line.id)
    assert (await accept(province, line.id)).closed
    (call,) = (await list_of_calls(province, WANG.actor, ALL, "due")).rows
    clock.go_on(days=3)
    await note_call(province, WANG.actor, call.call.id, "dissatisfied", "又坏了")
    await note_call(province, WANG.actor, call.call.id, "dissatisfied", "又坏了")
    row = await find_line(line.id)
    assert (row.state, row.notice_state) == ("returned", "acknowledged")
    assert row.due_at == clock() + timedelta(hours=line.hours)
    assert await rows_of("solved_case") == []
    messages = await rows_of("inbox_message")
    assert [row["noun_id"] for row in messages if row["kind"] == "line.reopened"] == [line.id]
    (notice,) = await rows_of("notice")
    assert (notice["receipt"], notice["ended_at"]) == ("deemed", None)
    shown = await store_line(province, CHEN.actor, line.notice, 1)
    assert [(each.way, each.reason) for each in shown.verdicts] == [
        ("reply", ""),
        ("call", "又坏了"),
    ]
    assert [row.first for row in await pass_rates(Scope())] == []
    await a_reply(province, line.id, 70)
    assert (await accept(province, line.id)).closed
    (again,) = (await list_of_calls(province, WANG.actor, ALL, "due")).rows
    assert (again.call.id, again.call.note) == (call.call.id, "")
    assert [(row.first, row.verified) for row in await pass_rates(Scope())] == [(0, 1)]


async def test_nothing_is_opened_again_on_a_notice_that_counts_no_more(province):
    (line,) = await issued_lines(province, losses=("KC-E-01",))
    await a_reply(province, line.id)
    await accept(province, line.id)
    (call,) = (await list_of_calls(province, WANG.actor, ALL, "due")).rows
    await void_notice(province, WANG.actor, line.notice, "开错门店")
    await note_call(province, WANG.actor, call.call.id, "dissatisfied", "又坏了")
    row = await find_line(line.id)
    assert (row.state, row.notice_state) == ("verified", "void")
    (row,) = (await list_of_calls(province, WANG.actor, ALL, "dissatisfied")).rows


async def test_a_line_of_a_running_notice_is_opened_again(province):
    first, *_ = await issued_lines(province)
    await a_reply(province, first.id)
    await accept(province, first.id)
    (call,) = (await list_of_calls(province, WANG.actor, ALL, "due")).rows
    await note_call(province, WANG.actor, call.call.id, "dissatisfied", "又坏了")
    assert (await find_line(first.id)).state == "returned"


async def test_a_call_that_was_carried_elsewhere_meanwhile_is_looked_for_again(
    province, monkeypatch
):
    first, second = await issued_lines(province)
    await a_reply(province, first.id)
    await accept(province, first.id)
    (call,) = (await list_of_calls(province, WANG.actor, ALL, "due")).rows

    async def elsewhere(_):
        return second.id

    monkeypatch.setattr(follow_up_calls, "line_of", elsewhere)
    with pytest.raises(NotFound):
        await note_call(province, WANG.actor, call.call.id, "dissatisfied", "又坏了")
    assert (await find_line(first.id)).state == "verified"
