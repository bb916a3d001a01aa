"""Assignments of a round ticked and given to somebody."""

from datetime import date

import msgspec
import pytest

from inspection.domain.refusals import AssignmentsUnchanged
from inspection.domain.rounds.assignment_changes import Chosen, seen_token
from inspection.persistence.statements import run
from inspection.services.rounds import assignment_changes
from tests.cast import CLUB, GUO, HALL, LI, MA, ROUND, assignment_id
from tests.receiving import rows_of

CLUB_OF_LI, HALL_OF_LI = assignment_id(LI, CLUB), assignment_id(LI, HALL)


async def row(assignment: str) -> dict:
    (found,) = await run("SELECT * FROM assignment WHERE id = ?", assignment)
    return found


async def ticked(*assignments: str) -> tuple[Chosen, ...]:
    """Assignments as a page shows them now."""
    rows = [await row(assignment) for assignment in assignments]
    return tuple(
        Chosen(each["id"], seen_token(each["state"], each["inspector"], ends(each)))
        for each in rows
    )


def ends(row: dict) -> date:
    return msgspec.convert(row["window_to"], date)


async def give(tools, *assignments: str, to=MA, by=GUO) -> int:
    chosen = await ticked(*assignments)
    return await assignment_changes.reassign(tools, by.actor, ROUND, chosen, to.account)


async def faults(call) -> list[str]:
    before = await rows_of("assignment")
    with pytest.raises(AssignmentsUnchanged) as refused:
        await call
    assert await rows_of("assignment") == before
    return [fault.code for fault in refused.value.faults]
