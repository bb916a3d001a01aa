"""Settling parked content: with a note, or accepted after all by the code that receives visits."""

import asyncio

import msgspec
import pytest

from inspection.domain.listing import ListAsked
from inspection.domain.refusals import (
    BodyRefused,
    NotAllowed,
    NotFound,
    ParkedNoteMissing,
    ParkedSettled,
    ParkedUnacceptable,
    RoundLocked,
)
from inspection.domain.visits.settlement import Settlement
from inspection.persistence.audit import audit
from inspection.persistence.statements import run
from inspection.services.visits import parking, settlements
from inspection.services.visits.parking import ABOUT_CONTENT
from inspection.services.visits.settlements import Wish, settle_parked
from inspection.wording import Language, catalogue
from tests.cast import CLUB, GUO, LI, ROUND, SUN, WANG, Person
from tests.receiving import rows_of, send_bytes
from tests.services.visits.settling import NOTE, a_parked, accepted, cancel
from tests.submissions import VISIT

ADMIN = Person(sign_in="han", name="韩冬", role=GUO.role, region=GUO.region)


def noted(note=NOTE):
    return Wish(settlement=Settlement.NOTED, note=note)


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
