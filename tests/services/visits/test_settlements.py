"""Settling parked content: with a note, or accepted after all by the code that receives visits."""

import asyncio

import msgspec
import pytest

from inspection.domain.listing import ListAsked
from inspection.domain.refusals import (
    AssignmentCancelled,
    BodyRefused,
    NotAllowed,
    NotFound,
    ParkedNoteMissing,
    ParkedRefusedStill,
    ParkedSettled,
    ParkedUnacceptable,
    RoundLocked,
    StoreBusy,
)
from inspection.domain.visits.settlement import Settlement
from inspection.persistence.audit import audit
from inspection.persistence.one_trip import in_one_trip
from inspection.persistence.statements import run
from inspection.services.overtaking import Overtaken
from inspection.services.visits import parking, settlements
from inspection.services.visits.parking import ABOUT_CONTENT
from inspection.services.visits.settlements import Wish, settle_parked
from inspection.wording import Language, catalogue
from tests.cast import CLUB, GUO, LI, ROUND, SUN, WANG, Person
from tests.receiving import return_visit, rows_of, send, send_bytes
from tests.reviewing import approve, send_photo
from tests.submissions import VISIT, a_photo, a_submission, encoded

ADMIN = Person(sign_in="han", name="韩冬", role=GUO.role, region=GUO.region)
NOTE = "李思远当日已到店，任务误取消"


def noted(note=NOTE):
    return Wish(settlement=Settlement.NOTED, note=note)


def accepted(note=NOTE):
    return Wish(settlement=Settlement.ACCEPTED, note=note)


async def a_parked(tools, refusal=AssignmentCancelled, **parts):
    """The id of a visit that was refused because its assignment was cancelled."""
    with pytest.raises(refusal):
        await send(tools, a_submission(**parts))
    return (await rows_of("parked", "received_at, id"))[-1]["id"]


async def cancel():
    await run("UPDATE assignment SET state = 'cancelled'")


async def states():
    (visit,) = await rows_of("visit")
    (row,) = await run("SELECT state FROM assignment WHERE id = ?", visit["assignment"])
    return visit["state"], row["state"]


async def test_a_note_takes_content_off_the_list_and_the_file_stays(province, clock):
    with pytest.raises(BodyRefused):
        await send_bytes(province, b"[1]")
    (waiting,) = await parking.parked_uploads(GUO.actor)
    clock.go_on(minutes=1)
    settled = await settle_parked(province, GUO.actor, waiting.id, noted(" 已联系\n检查员 "))
    assert (settled.settlement, settled.note, settled.settled_by, settled.settled_at) == (
        Settlement.NOTED,
        "已联系 检查员",
        GUO.name,
        clock(),
    )
    assert await parking.parked_uploads(GUO.actor) == ()
    assert await parking.parked_body(GUO.actor, waiting.id) == b"[1]"
    assert (await settlements.parked_page(GUO.actor)).rows == ()
    assert (await settlements.parked_page(GUO.actor, settled=True)).rows == (settled,)
    event = (await audit.events_of("visit", VISIT))[-1]
    assert (event.action, event.actor) == ("visit.park_settle", GUO.account)
    assert msgspec.json.decode(event.body)["note"] == "已联系 检查员"


async def test_settled_content_makes_room_for_more(province, monkeypatch):
    monkeypatch.setattr(parking, "MOST_UNSETTLED", 1)
    with pytest.raises(BodyRefused):
        await send_bytes(province, b"[1]")
    (waiting,) = await parking.parked_uploads(GUO.actor)
    await settle_parked(province, GUO.actor, waiting.id, noted())
    with pytest.raises(BodyRefused):
        await send_bytes(province, b"[2]")
    assert len(await rows_of("parked")) == 2


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


async def test_only_what_can_be_taken_back_is_accepted(province):
    await run("UPDATE round SET state = 'locked'")
    parked = await a_parked(province, RoundLocked)
    found = await settlements.parked_content(GUO.actor, parked)
    assert not settlements.can_be_accepted(found)
    assert (found.store_code, found.round_code) == (CLUB, ROUND)
    with pytest.raises(ParkedUnacceptable):
        await settle_parked(province, GUO.actor, parked, accepted())
    await settle_parked(province, GUO.actor, parked, noted())


async def test_the_same_settlement_again_changes_nothing_and_another_is_refused(province):
    await cancel()
    parked = await a_parked(province)
    first = await settle_parked(province, GUO.actor, parked, accepted())
    assert await settle_parked(province, GUO.actor, parked, accepted()) == first
    for wish, by in ((noted(), GUO), (accepted("别的说明"), GUO), (accepted(), ADMIN)):
        with pytest.raises(ParkedSettled):
            await settle_parked(province, by.actor, parked, wish)
    assert len(await rows_of("submission")) == 1


async def test_two_administrators_at_once_settle_it_once(province):
    await cancel()
    parked = await a_parked(province)
    outcomes = await asyncio.gather(
        settle_parked(province, GUO.actor, parked, accepted()),
        settle_parked(province, GUO.actor, parked, noted()),
        return_exceptions=True,
    )
    assert sum(isinstance(outcome, ParkedSettled) for outcome in outcomes) == 1
    (row,) = await rows_of("parked")
    assert len(await rows_of("visit")) == (row["settlement"] == "accepted")
    actions = [event.action for event in await audit.events_of("visit", VISIT)]
    assert len([action for action in actions if action.startswith("visit.park_")]) == 1


@pytest.mark.parametrize("wish", [accepted(), noted()])
async def test_the_same_settlement_twice_at_once_settles_it_once_and_answers_both(province, wish):
    await cancel()
    parked = await a_parked(province)
    first, again = await asyncio.gather(
        settle_parked(province, GUO.actor, parked, wish),
        settle_parked(province, GUO.actor, parked, wish),
    )
    assert first == again
    assert len(await rows_of("visit")) == (wish.settlement is Settlement.ACCEPTED)
    actions = [event.action for event in await audit.events_of("visit", VISIT)]
    assert len([action for action in actions if action.startswith("visit.park_")]) == 1


@pytest.mark.parametrize("note", ["", " \n\t"])
async def test_nothing_is_settled_without_a_word(province, note):
    await cancel()
    parked = await a_parked(province)
    for wish in (noted(note), accepted(note)):
        with pytest.raises(ParkedNoteMissing):
            await settle_parked(province, GUO.actor, parked, wish)
    assert len(await parking.parked_uploads(GUO.actor)) == 1


@pytest.mark.parametrize("person", [LI, SUN, WANG])
async def test_nobody_else_settles(province, person):
    for asked in (
        settle_parked(province, person.actor, "none", noted()),
        settlements.parked_page(person.actor),
        settlements.parked_content(person.actor, "none"),
    ):
        with pytest.raises(NotAllowed):
            await asked


async def test_what_is_not_there_is_missing(province):
    for wish in (noted(), accepted()):
        with pytest.raises(NotFound):
            await settle_parked(province, GUO.actor, "none", wish)
    with pytest.raises(NotFound):
        await settlements.parked_content(GUO.actor, "none")


async def test_pages_hold_the_latest_first(province, clock):
    for number in range(5):
        clock.go_on(minutes=1)
        with pytest.raises(BodyRefused):
            await send_bytes(province, b"[%d]" % number)
    seen, after = [], ""
    for _ in range(3):
        page = await settlements.parked_page(GUO.actor, ListAsked(cursor=after, size=2))
        seen += [row.received_at for row in page.rows]
        after = page.next_cursor or ""
    assert (len(seen), after, page.waiting, page.total) == (5, "", 5, 5)
    assert seen == sorted(seen, reverse=True)
    assert (await settlements.parked_page(GUO.actor, ListAsked(q="nobody"))).total == 0


@pytest.mark.parametrize("language", Language)
def test_every_reason_has_its_word(language):
    codes = {f"parked_why.{refusal.code}" for refusal in ABOUT_CONTENT}
    assert codes - set(catalogue(language)) == set()


@pytest.mark.parametrize("content", [b"\xff", b'{"assignment": 5}', b'{"assignment": "a\\u0000"}'])
async def test_content_that_names_no_assignment_is_listed_without_a_store(province, content):
    with pytest.raises(BodyRefused):
        await send_bytes(province, content)
    (found,) = (await settlements.parked_page(GUO.actor)).rows
    assert (found.store_code, found.round_code) == (None, None)


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
