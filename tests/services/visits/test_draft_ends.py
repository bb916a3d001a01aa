"""Drafts taken over, thrown away, received, and gone after their days."""

import uuid

import msgspec
import pytest

from inspection.domain.refusals import DraftDevicesTooMany, DraftsTooMany, NotFound
from inspection.domain.visits.draft import MOST_DEVICES, MOST_DRAFTS
from inspection.persistence.audit import audit
from inspection.persistence.visits.draft_copies import forget_copies
from inspection.services.visits import drafts
from tests.cast import CLUB, HALL, LI, assignment_id
from tests.drafting import PHONE, TABLET, copies, draft_bytes, send_draft
from tests.receiving import rows_of, send
from tests.submissions import OTHER_VISIT, VISIT, a_submission


async def test_another_device_takes_over_and_the_log_says_so(province):
    await send_draft(province)
    draft = await drafts.take_over(province, LI.actor, VISIT, TABLET)
    again = await drafts.take_over(province, LI.actor, VISIT, TABLET)
    assert draft.facts.owner == again.facts.owner == TABLET
    assert (await send_draft(province, saves=2)).owner == TABLET
    assert await copies() == {(VISIT, PHONE, 2)}
    (event,) = await audit.events_of("draft", VISIT)
    assert (event.action, event.actor) == ("draft.take_over", LI.account)
    assert msgspec.json.decode(event.body) == {"from": PHONE, "to": TABLET}


async def test_nothing_can_be_taken_over_where_nothing_is_open(province):
    with pytest.raises(NotFound):
        await drafts.take_over(province, LI.actor, VISIT, TABLET)


async def test_a_copy_thrown_away_leaves_the_list_and_comes_back_with_a_later_save(province):
    await send_draft(province, saves=3)
    for _ in range(2):
        await drafts.discard_draft(province, LI.actor, VISIT, PHONE)
    assert await copies() == set()
    assert (await drafts.draft_body(LI.actor, VISIT, PHONE)).body == draft_bytes(saves=3)
    await send_draft(province, saves=3)
    assert await copies() == set()
    await send_draft(province, saves=4)
    assert await copies() == {(VISIT, PHONE, 4)}
    assert [event.action for event in await audit.events_of("draft", VISIT)] == ["draft.discard"]


async def test_throwing_away_what_is_not_there_is_refused(province):
    with pytest.raises(NotFound):
        await drafts.discard_draft(province, LI.actor, VISIT, PHONE)


async def test_only_so_many_drafts_may_be_open_and_one_less_makes_room(province):
    visits = [str(uuid.UUID(int=number, version=4)) for number in range(MOST_DRAFTS)]
    for visit in visits:
        await send_draft(province, visit=visit)
    with pytest.raises(DraftsTooMany):
        await send_draft(province)
    assert len(await copies()) == MOST_DRAFTS
    await send_draft(province, visit=visits[0], saves=2)
    await drafts.discard_draft(province, LI.actor, visits[0], PHONE)
    await send_draft(province)


async def test_only_so_many_devices_may_send_copies_of_a_draft(province):
    for number in range(MOST_DEVICES):
        await send_draft(province, device=f"phone-{number}")
    with pytest.raises(DraftDevicesTooMany):
        await send_draft(province, device="phone-more")
    assert len(await copies()) == MOST_DEVICES


async def test_copies_go_30_days_after_their_end_and_open_ones_stay(province, clock):
    await send_draft(province)
    await send_draft(province, device=TABLET)
    await drafts.discard_draft(province, LI.actor, VISIT, TABLET)
    hall = {"visit": OTHER_VISIT, "assignment": assignment_id(LI, HALL)}
    await send_draft(province, **hall)
    clock.go_on(days=29)
    assert await drafts.forget_drafts(province) == 0
    clock.go_on(days=2)
    assert await drafts.forget_drafts(province) == 1
    assert await copies() == {(VISIT, PHONE, 1), (OTHER_VISIT, PHONE, 1)}
    await send(province, a_submission())
    clock.go_on(days=31)
    assert await drafts.forget_drafts(province) == 1
    assert await copies() == {(OTHER_VISIT, PHONE, 1)}
    assert {row["visit_id"] for row in await rows_of("draft", "visit_id")} == {VISIT, OTHER_VISIT}
    assert await forget_copies(clock()) == 0


async def test_the_latest_copy_comes_first(province, clock):
    hall = {"visit": OTHER_VISIT, "assignment": assignment_id(LI, HALL)}
    await send_draft(province)
    clock.go_on(minutes=1)
    await send_draft(province, **hall)
    clock.go_on(minutes=1)
    await send_draft(province, device=TABLET)
    first, second = await drafts.open_drafts(LI.actor)
    assert [copy.device for copy in first.copies] == [TABLET, PHONE]
    assert (first.visit, second.visit) == (VISIT, OTHER_VISIT)
    assert (first.facts.store_code, second.facts.store_code) == (CLUB, HALL)
