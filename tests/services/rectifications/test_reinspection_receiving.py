"""What the phone of a look gets and sends."""

import asyncio

import pytest

from inspection.domain.refusals import (
    AnswersRefused,
    AssignmentRefused,
    AssignmentTaken,
    AttemptRefused,
    NotAllowed,
    NotFound,
    RubricMismatch,
    VisitConflict,
    VisitUnreadable,
)
from inspection.persistence.statements import run
from inspection.services.rectifications.reinspection_details import reply_seen
from inspection.services.rounds.reinspection_tasks import my_reinspections
from inspection.services.visits.visits import my_visits, visit_of
from tests.cast import LI, MA, WANG
from tests.looking import PICTURE, a_look, failed_lines, look_id, send_look, send_somebody
from tests.receiving import rows_of, send_bytes
from tests.reviewing import send_photo


async def test_the_phone_gets_the_failed_items_with_what_the_store_said(province):
    first, second = await failed_lines(province)
    look = await send_somebody(province, second)
    assert await my_reinspections(province, LI.actor) == ()
    (task,) = await my_reinspections(province, MA.actor)
    (line,) = task.lines
    assert (task.id, line.items, line.returned) == (look, (second.item,), "只改了一部分")
    assert line.reply is not None
    assert line.reply.measure == "已装好并逐一试过"
    assert line.reply.photos == (f"/api/reinspections/{look}/photos/{second.number}-1.jpg",)
    assert await reply_seen(province, MA.actor, look, second.number, 1)
    for person, number, k in (
        (LI, second.number, 1),
        (MA, first.number, 1),
        (MA, second.number, 2),
    ):
        with pytest.raises(NotFound):
            await reply_seen(province, person.actor, look, number, k)
    with pytest.raises(NotAllowed):
        await my_reinspections(province, WANG.actor)


async def test_the_same_content_gets_the_same_receipt(province):
    (line,) = await failed_lines(province, losses=("KC-E-01",))
    look = await send_somebody(province, line)
    first = await send_look(province, a_look(look, line))
    again = await send_look(province, a_look(look, line))
    assert (again.receipt, again.is_new) == (first.receipt, False)
    with pytest.raises(VisitConflict):
        await send_look(province, a_look(look, line, failed=(line.item,)))
    with pytest.raises(AttemptRefused):
        await send_look(province, a_look(look, line, attempt=2))
    with pytest.raises(NotFound):
        await send_look(province, a_look(look, line), by=LI)
    with pytest.raises(AssignmentTaken):
        await send_look(province, a_look(look, line, visit=look_id("another")))


async def test_of_two_that_arrive_together_one_counts(province):
    (line,) = await failed_lines(province, losses=("KC-E-01",))
    look = await send_somebody(province, line)
    bodies = [a_look(look, line, visit=look_id(name)) for name in ("one", "other")]
    came = await asyncio.gather(
        *(send_look(province, body) for body in bodies), return_exceptions=True
    )
    assert sorted(type(each).__name__ for each in came) == ["AssignmentTaken", "Received"]
    assert len(await rows_of("reinspection_sending")) == 1


async def test_what_does_not_fit_is_kept_out_and_parked(province):
    first, second = await failed_lines(province)
    look = await send_somebody(province, first)
    with pytest.raises(AnswersRefused):
        await send_look(province, a_look(look, first, second))
    with pytest.raises(RubricMismatch):
        await send_look(province, a_look(look, first, rubric_digest="0" * 64))
    with pytest.raises(AttemptRefused):
        await send_look(province, a_look(look, first, attempt=2))
    with pytest.raises(AssignmentRefused):
        await send_look(province, a_look(look, first), by=LI)
    with pytest.raises(VisitUnreadable):
        await send_bytes(province, b"{}", by=MA.actor, visit=look_id())
    assert len(await rows_of("parked")) == 5


async def test_the_phone_learns_that_a_look_arrived_whole(province):
    (line,) = await failed_lines(province, losses=("KC-E-01",))
    look = await send_somebody(province, line)
    await send_look(province, a_look(look, line, failed=(line.item,), picture=PICTURE))
    (listed,) = await my_visits(MA.actor)
    assert (listed.id, listed.complete, listed.missing_photos) == (look_id(), False, 1)
    assert len((await visit_of(MA.actor, look_id())).missing) == 1
    await send_photo(province, PICTURE, by=MA)
    (listed,) = await my_visits(MA.actor)
    assert (listed.complete, listed.total, listed.state) == (True, None, "submitted")
    found = await visit_of(MA.actor, look_id())
    assert (found.missing, found.visit.receipt is not None, found.rescored) == ((), True, None)
    with pytest.raises(NotFound):
        await visit_of(LI.actor, look_id())
    (row,) = await run("SELECT count(*) AS n FROM visit WHERE id = ?", look_id())
    assert row["n"] == 0
