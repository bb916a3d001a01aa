"""What happens to people's things is told to them by whoever does it."""

import json

from tests.cast import CHEN, CHENGGUAN, CLUB, LI, REGION_PATHS
from tests.receiving import rows_of
from tests.rectifying import a_reply, accept, issued_lines
from tests.rectifying import send_back as return_line
from tests.reviewing import a_visit, send_back
from tests.telling import a_system

BACK = "reply.returned"


async def test_an_inspector_learns_that_a_visit_came_back(province):
    await send_back(province, await a_visit(province, "back", by=LI, store=CLUB))
    told = [(row["kind"], row["account"]) for row in await rows_of("inbox_message", "at_ms")]
    assert told == [("visit.returned", LI.account)]


async def test_store_and_other_systems_hear_what_became_of_a_line(province, clock):
    await a_system("tickets", REGION_PATHS[CHENGGUAN])
    (line,) = await issued_lines(province, losses=("KC-E-01",))
    await a_reply(province, line.id)
    clock.go_on(hours=1)
    await return_line(province, line.id)
    clock.go_on(hours=1)
    await a_reply(province, line.id, 61)
    clock.go_on(hours=1)
    await accept(province, line.id)
    left = [row for row in await rows_of("delivery", "created_at") if row["noun"] == "line"]
    heard = [row["kind"] for row in left if row["channel"] == "webhook"]
    assert heard == ["reply.submitted", "reply.returned", "reply.submitted", "reply.verified"]
    told = await rows_of("inbox_message", "at_ms")
    (back,) = [row for row in told if (row["kind"], row["account"]) == (BACK, CHEN.account)]
    assert (back["noun"], back["noun_id"]) == ("line", line.id)
    # In the words of the card, not by its code.
    assert json.loads(back["facts"])["item"] == "门前地面、台阶、玻璃门整洁无杂物、无乱张贴"
