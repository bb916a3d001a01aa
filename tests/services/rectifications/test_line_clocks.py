"""The deadline a line has after its clock stood: what is told, printed and kept names that one."""

import json
from datetime import datetime, timedelta

import msgspec

from inspection.domain.appeals.appeal import AppealMove
from inspection.domain.deadline import SHANGHAI
from inspection.domain.listing import ListAsked
from inspection.services.notices.notices import notice_of
from inspection.services.rectifications.extensions import Decision, Wanted, ask, decide
from inspection.services.rectifications.follow_ups import list_of_calls, note_call
from inspection.services.rectifications.opinion_prints import opinion_order
from inspection.services.rectifications.rectification_details import store_line
from tests.appealing import advised, decided, filed
from tests.cast import CHEN, WANG
from tests.receiving import rows_of
from tests.rectifying import a_reply, accept, issued_lines, send_back

STOOD = timedelta(hours=20)
WANTED = Wanted(hours=48, reason="配件在途")


async def disputed(province, clock, **parts):
    """The first line of a notice, its appeal turned down after twenty hours."""
    line, *_ = await issued_lines(province, **parts)
    await notice_of(province, CHEN.actor, line.notice)
    appeal = (await filed(province, line.notice, line.number)).id
    await advised(province, appeal)
    clock.time += STOOD
    await decided(province, appeal, AppealMove.REJECT)
    return line


async def told(kind):
    """By when, in the last message of this kind to the store."""
    rows = [row for row in await rows_of("inbox_message", "at_ms") if row["kind"] == kind]
    mine = [row for row in rows if str(row["account"]) == CHEN.account]
    return msgspec.convert(json.loads(mine[-1]["facts"])["due"], datetime)


async def shown(tools, line):
    """What the store's page of the line says."""
    return await store_line(tools, CHEN.actor, line.notice, line.number)


async def test_a_reply_in_the_time_an_appeal_gave_back_is_in_time(province, clock):
    line = await disputed(province, clock)
    clock.time = line.due_at + STOOD / 2
    await a_reply(province, line.id)
    assert not (await shown(province, line)).replies[0].late
    (kept,) = await rows_of("rectification_reply")
    assert str(kept["due_at"])[:16] == str(line.due_at + STOOD)[:16]


async def test_a_reply_during_an_appeal_is_in_time(province, clock):
    line, *_ = await issued_lines(province)
    await notice_of(province, CHEN.actor, line.notice)
    await filed(province, line.notice, line.number)
    clock.time = line.due_at + STOOD
    await a_reply(province, line.id)
    assert not (await shown(province, line)).replies[0].late


async def test_a_reply_after_all_of_that_is_late(province, clock):
    line = await disputed(province, clock)
    clock.time = line.due_at + STOOD + timedelta(minutes=1)
    await a_reply(province, line.id)
    assert (await shown(province, line)).replies[0].late


async def test_a_returned_reply_is_told_with_the_deadline_its_page_shows(province, clock):
    line = await disputed(province, clock)
    await a_reply(province, line.id)
    await send_back(province, line.id)
    assert await told("reply.returned") == (await shown(province, line)).due_at
    assert await told("reply.returned") == line.due_at + STOOD


async def test_more_time_counts_from_the_deadline_its_page_shows(province, clock):
    line = await disputed(province, clock)
    asked = await ask(province, CHEN.actor, line.id, WANTED)
    assert asked.due_before == line.due_at + STOOD
    said = await decide(province, WANG.actor, asked.id, Decision(grant=True))
    after = line.due_at + STOOD + timedelta(hours=48)
    assert (said.due_before, said.due_after) == (line.due_at + STOOD, after)
    assert (await shown(province, line)).due_at == await told("extension.decided") == after
    paper = (await opinion_order(asked.id)).due_after
    assert paper == f"{after.astimezone(SHANGHAI):%Y年%-m月%-d日 %H:%M}"


async def test_a_refusal_names_the_deadline_as_it_stands_by_then(province, clock):
    line, *_ = await issued_lines(province)
    await notice_of(province, CHEN.actor, line.notice)
    asked = await ask(province, CHEN.actor, line.id, WANTED)
    await filed(province, line.notice, line.number)
    clock.time += STOOD
    said = await decide(province, WANG.actor, asked.id, Decision(grant=False, opinion="尽快"))
    assert (asked.due_before, said.due_before) == (line.due_at, line.due_at + STOOD)
    assert (
        (await shown(province, line)).due_at == await told("extension.decided") == said.due_before
    )


async def test_a_line_that_comes_back_has_the_whole_of_its_time_and_no_more(province, clock):
    line = await disputed(province, clock)
    await a_reply(province, line.id)
    await accept(province, line.id)
    (call,) = (await list_of_calls(province, WANG.actor, ListAsked(), "due")).rows
    await note_call(province, WANG.actor, call.call.id, "dissatisfied", "又坏了")
    due = province.now() + timedelta(hours=line.hours)
    assert (await shown(province, line)).due_at == await told("line.reopened") == due
