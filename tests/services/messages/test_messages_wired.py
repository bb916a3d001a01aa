"""What happens to people's things is told to them by whoever does it."""

from tests.cast import CLUB, LI
from tests.receiving import rows_of
from tests.reviewing import a_visit, send_back


async def test_an_inspector_learns_that_a_visit_came_back(province):
    await send_back(province, await a_visit(province, "back", by=LI, store=CLUB))
    told = [(row["kind"], row["account"]) for row in await rows_of("inbox_message", "at_ms")]
    assert told == [("visit.returned", LI.account)]
