"""Looks at lines of a notice that counts no more: nobody goes in vain, and nothing waits at the
desk.
"""

import pytest

from inspection.persistence.engine import tx
from inspection.persistence.rectifications.rectification_lines import lines_on_the_way
from inspection.services.notices.notice_amending import amend
from inspection.services.notices.notice_voiding import void_notice
from inspection.services.rectifications.reinspection_details import look_detail
from inspection.services.rounds.reinspection_tasks import my_reinspections
from tests.amending import card_says
from tests.cast import GUO, MA, WANG
from tests.looking import (
    a_look,
    confirm,
    failed_lines,
    left,
    look_id,
    passed,
    send_look,
    send_somebody,
)
from tests.receiving import rows_of
from tests.reviewing import visit_id


async def amended(tools, notice, **lost):
    await card_says(visit_id("first"), **lost)
    async with tx():
        return await amend(tools, GUO.actor, notice, "申诉成立")


@pytest.fixture
async def lines(province):
    return {line.item: line for line in await failed_lines(province)}


async def states():
    return [row["state"] for row in await rows_of("reinspection")]


async def test_nobody_goes_for_a_notice_that_was_voided(province, lines):
    line = lines["KC-M-01"]
    await send_somebody(province, line)
    await void_notice(province, WANG.actor, line.notice, "作废")
    assert await states() == ["cancelled"]
    (task,) = await my_reinspections(province, MA.actor)
    assert task.state == "cancelled"


async def test_what_was_found_for_a_notice_that_was_voided_asks_no_verdict(province, lines):
    line = lines["KC-M-01"]
    look = await send_somebody(province, line)
    await send_look(province, a_look(look, line, visit=look_id()))
    await void_notice(province, WANG.actor, line.notice, "作废")
    assert await states() == ["settled"]
    assert [row["verdict"] for row in await rows_of("reinspection_line")] == [None]


async def test_a_look_goes_on_with_the_line_that_is_carried_on(province, lines):
    kept = lines["KC-M-01"]
    look = await send_somebody(province, kept)
    new = await amended(province, kept.notice, KC_M_01=100)
    assert await states() == ["open"]
    (carried,) = await lines_on_the_way(new.notice)
    await send_look(province, a_look(look, carried, visit=look_id()))
    await confirm(province, look, passed(carried))
    assert [line.state for line in await lines_on_the_way(new.notice)] == ["verified"]


async def test_a_look_ends_with_the_only_line_it_was_for(province, lines):
    dropped = lines["KC-E-01"]
    await send_somebody(province, dropped)
    await amended(province, dropped.notice, KC_M_01=100)
    assert await states() == ["cancelled"]


async def test_a_look_at_several_lines_goes_on_for_those_that_are_left(province, lines):
    look = await send_somebody(province, *lines.values())
    dropped = lines["KC-E-01"]
    new = await amended(province, dropped.notice, KC_M_01=100)
    assert await states() == ["open"]
    (carried,) = await lines_on_the_way(new.notice)
    await send_look(province, a_look(look, *lines.values(), visit=look_id()))
    detail = await look_detail(WANG.actor, look)
    assert (detail.notice, detail.notice_number) == (new.notice, new.number)
    assert {line.id: line.settles for line in detail.lines} == {dropped.id: False, carried.id: True}
    await confirm(province, look, left(dropped), passed(carried))
    assert await states() == ["settled"]
