"""Parked content, settled."""

import pytest

from inspection.domain.refusals import AssignmentCancelled
from inspection.domain.visits.settlement import Settlement
from inspection.persistence.statements import run
from inspection.services.visits.settlements import Wish
from tests.receiving import rows_of, send
from tests.submissions import a_submission

NOTE = "李思远当日已到店，任务误取消"


def accepted(note=NOTE):
    return Wish(settlement=Settlement.ACCEPTED, note=note)


async def a_parked(tools, refusal=AssignmentCancelled, **parts):
    """The id of a visit that was refused because its assignment was cancelled."""
    with pytest.raises(refusal):
        await send(tools, a_submission(**parts))
    return (await rows_of("parked", "received_at, id"))[-1]["id"]


async def cancel():
    await run("UPDATE assignment SET state = 'cancelled'")
