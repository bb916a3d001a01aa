"""A visit that was parked and is received after all."""

import pytest

from inspection.domain.refusals import ParkedRefusedStill, StoreBusy
from inspection.domain.visits.settlement import Settlement
from inspection.persistence.audit import audit
from inspection.persistence.one_trip import in_one_trip
from inspection.persistence.statements import run
from inspection.services.overtaking import Overtaken
from inspection.services.visits import parking, settlements
from inspection.services.visits.settlements import settle_parked
from tests.cast import GUO, LI
from tests.receiving import return_visit, rows_of, send
from tests.reviewing import approve, send_photo
from tests.services.visits.settling import a_parked, accepted, cancel
from tests.submissions import VISIT, a_photo, a_submission, encoded


async def states():
    (visit,) = await rows_of("visit")
    (row,) = await run("SELECT state FROM assignment WHERE id = ?", visit["assignment"])
    return visit["state"], row["state"]


async def test_a_cancelled_assignments_visit_is_received_after_all(province, clock):
    await cancel()
    parked = await a_parked(province, pictures=(a_photo(),))
    clock.go_on(hours=3)
    settled = await settle_parked(province, GUO.actor, parked, accepted())
    assert settled.settlement is Settlement.ACCEPTED
    assert await states() == ("submitted", "submitted")
    again = await send(province, a_submission(pictures=(a_photo(),)))
    assert not again.is_new
    (kept,) = await rows_of("submission")
    assert kept["body"].encode() == encoded(a_submission(pictures=(a_photo(),)))
    assert kept["account"] == LI.account
    actions = [event.action for event in await audit.events_of("visit", VISIT)]
    assert actions == ["visit.park", "visit.submit", "visit.park_accept"]
    assert (await audit.verify_chain()).intact
    await send_photo(province, a_photo())
    assert (await approve(province, VISIT)).state == "published"


async def test_a_cancelled_next_attempt_is_received_after_all(province):
    await send(province, a_submission())
    await return_visit(province)
    await cancel()
    parked = await a_parked(province, attempt=2)
    await settle_parked(province, GUO.actor, parked, accepted())
    (visit,) = await rows_of("visit")
    assert (visit["attempt"], await states()) == (2, ("submitted", "submitted"))


async def test_other_assignments_stay_cancelled(province):
    await cancel()
    await settle_parked(province, GUO.actor, await a_parked(province), accepted())
    found = [row["state"] for row in await rows_of("assignment")]
    assert sorted(found) == ["cancelled", "cancelled", "cancelled", "submitted"]


async def test_what_else_keeps_it_out_is_named_and_it_goes_on_waiting(province):
    await cancel()
    parked = await a_parked(province)
    await run("UPDATE round SET state = 'locked'")
    with pytest.raises(ParkedRefusedStill) as no:
        await settle_parked(province, GUO.actor, parked, accepted())
    assert [fault.code for fault in no.value.faults] == ["parked_why.visit.round_locked"]
    assert await rows_of("visit") == []
    assert [row.id for row in await parking.parked_uploads(GUO.actor)] == [parked]
    assert {row["state"] for row in await rows_of("assignment")} == {"cancelled"}


async def test_what_was_sent_again_and_received_meanwhile_is_settled_as_accepted(province):
    await cancel()
    parked = await a_parked(province)
    await run("UPDATE assignment SET state = 'open'")
    await send(province, a_submission())
    await settle_parked(province, GUO.actor, parked, accepted())
    assert len(await rows_of("submission")) == 1
    assert await parking.parked_uploads(GUO.actor) == ()


async def test_an_assignment_that_was_opened_again_takes_the_visit_as_it_stands(province):
    await cancel()
    parked = await a_parked(province)
    await run("UPDATE assignment SET state = 'open'")
    await settle_parked(province, GUO.actor, parked, accepted())
    assert await states() == ("submitted", "submitted")


async def test_an_acceptance_looks_again_when_it_was_overtaken(province, monkeypatch):
    await cancel()
    parked = await a_parked(province)
    tries = []

    async def overtaken_once(work):
        tries.append(work)
        if len(tries) == 1:
            raise Overtaken
        return await in_one_trip(work)

    monkeypatch.setattr(settlements, "in_one_trip", overtaken_once)
    await settle_parked(province, GUO.actor, parked, accepted())
    assert (len(tries), await states()) == (2, ("submitted", "submitted"))


async def test_an_acceptance_that_is_always_overtaken_is_told_to_come_again(province, monkeypatch):
    async def overtaken(_):
        raise Overtaken

    await cancel()
    parked = await a_parked(province)
    monkeypatch.setattr(settlements, "in_one_trip", overtaken)
    with pytest.raises(StoreBusy):
        await settle_parked(province, GUO.actor, parked, accepted())
    assert [row.id for row in await parking.parked_uploads(GUO.actor)] == [parked]
