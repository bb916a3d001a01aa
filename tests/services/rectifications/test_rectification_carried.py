"""What was said about a line goes on when another notice stands in for its own."""

from inspection.persistence.engine import tx
from inspection.persistence.rectifications.rectification_lines import lines_on_the_way
from inspection.services.notices.notice_amending import amend
from inspection.services.rectifications.rectification_details import line_detail
from tests.amending import card_says
from tests.cast import GUO, WANG
from tests.rectifying import a_reply, accept, issued_lines, send_back
from tests.reviewing import visit_id


async def test_replies_follow_the_line_into_the_new_notice(province):
    lines = {line.item: line for line in await issued_lines(province)}
    line = lines["KC-M-01"]
    await a_reply(province, line.id)
    await send_back(province, line.id)
    await card_says(visit_id("first"), KC_M_01=100)
    async with tx():
        new = await amend(province, GUO.actor, line.notice, "申诉成立")
    (carried,) = await lines_on_the_way(new.notice)
    assert (carried.state, carried.due_at) == ("returned", line.due_at)
    detail = await line_detail(province, WANG.actor, carried.id)
    assert [each.told.attempt for each in detail.replies] == [1]
    await a_reply(province, carried.id, 61)
    assert (await accept(province, carried.id)).closed
