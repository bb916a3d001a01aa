"""A proposal changed by hand, or published."""

from datetime import date, timedelta

from inspection.services.rounds.plan_publishing import publish_plan
from tests.cast import GUO, ROUND
from tests.planned import proposal_row

DAY = timedelta(days=1)
TODAY = date(2026, 11, 18)


async def publish(tools, proposal, by=GUO, seen=None):
    revision = int((await proposal_row(proposal))["revision"])
    return await publish_plan(tools, by.actor, ROUND, proposal, seen or revision)
