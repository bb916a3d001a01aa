"""Copies of drafts: a device overwrites its own older ones, never another device's."""

import asyncio
import uuid

import msgspec
import pytest

from inspection.domain.refusals import (
    DraftDevicesTooMany,
    DraftRefused,
    DraftsTooMany,
    DraftSubmitted,
    HashMismatch,
    NotAllowed,
    NotFound,
)
from inspection.domain.visits.draft import MOST_DEVICES, MOST_DRAFTS
from inspection.persistence.audit import audit
from inspection.persistence.statements import run
from inspection.persistence.visits import draft_copies
from inspection.persistence.visits.draft_copies import forget_copies
from inspection.services.visits import drafts
from inspection.services.visits.drafts import Sent
from tests.cast import CLUB, HALL, LI, MA, SUN, assignment_id
from tests.drafting import PHONE, TABLET, draft_bytes, send_draft
from tests.receiving import return_visit, rows_of, send
from tests.reviewing import upload
from tests.submissions import OTHER_VISIT, VISIT, a_photo, a_submission, sha256_of


async def copies():
    """Device and saves of every copy that is open."""
    found = await drafts.open_drafts(LI.actor)
    return {(draft.visit, copy.device, copy.saves) for draft in found for copy in draft.copies}


async def test_a_copy_is_kept_byte_for_byte(province):
    kept = await send_draft(province)
    found = await drafts.draft_body(LI.actor, VISIT, PHONE)
    assert found.body == draft_bytes()
    assert found.content_hash == kept.copy.content_hash == sha256_of(draft_bytes())
    assert (kept.owner, kept.copy.saves, kept.missing) == (PHONE, 1, ())


async def test_what_a_later_save_brings_replaces_what_this_device_sent_before(province, clock):
    await send_draft(province)
    clock.go_on(minutes=1)
    kept = await send_draft(province, saves=2, document={"answers": []})
    assert (await drafts.draft_body(LI.actor, VISIT, PHONE)).body == draft_bytes(
        saves=2, document={"answers": []}
    )
    assert kept.copy.received_at == clock()
    assert len(await rows_of("draft_copy")) == 1


@pytest.mark.parametrize("saves", [1, 4, 5])
async def test_an_older_or_equal_save_changes_nothing_and_is_told_of_the_kept_one(
    province, clock, saves
):
    first = await send_draft(province, saves=5)
    before = await rows_of("draft_copy")
    clock.go_on(minutes=1)
    again = await send_draft(province, saves=saves, document={"other": True})
    assert again == first
    assert await rows_of("draft_copy") == before


async def test_the_same_copy_under_a_new_session_is_known_to_that_session(province):
    await send_draft(province, saves=5)
    await send_draft(province, saves=5, session="session-2")
    assert [row["session"] for row in await rows_of("draft_copy")] == ["session-2"]
    await send_draft(province, saves=4, session="session-3")
    assert [row["session"] for row in await rows_of("draft_copy")] == ["session-2"]


async def test_two_devices_never_overwrite_each_other(province):
    await send_draft(province, saves=9)
    kept = await send_draft(province, device=TABLET, saves=1)
    assert kept.owner == PHONE
    assert await copies() == {(VISIT, PHONE, 9), (VISIT, TABLET, 1)}
    assert (await drafts.draft_body(LI.actor, VISIT, PHONE)).body == draft_bytes(saves=9)


async def test_a_thousand_pairs_from_two_devices_lose_no_copy(province):
    visits = [str(uuid.UUID(int=number, version=4)) for number in range(50)]
    rounds = 20

    async def device(name, visit):
        for saves in range(1, rounds + 1):
            await send_draft(province, visit=visit, device=name, saves=saves)

    await asyncio.gather(*(device(name, visit) for visit in visits for name in (PHONE, TABLET)))
    wanted = {(visit, name) for visit in visits for name in (PHONE, TABLET)}
    assert await copies() == {(*each, rounds) for each in wanted}
    for visit, name in wanted:
        body = (await drafts.draft_body(LI.actor, visit, name)).body
        assert body == draft_bytes(visit=visit, device=name, saves=rounds)


async def test_saves_that_overtake_each_other_end_with_the_latest(province):
    order = [7, 3, 20, 1, 19, 20, 12, 2, 18, 5]
    await asyncio.gather(*(send_draft(province, saves=saves) for saves in order))
    assert await copies() == {(VISIT, PHONE, 20)}
    assert (await drafts.draft_body(LI.actor, VISIT, PHONE)).body == draft_bytes(saves=20)


async def test_a_returned_visits_next_attempt_may_count_its_saves_anew(province):
    await send_draft(province, saves=50)
    await send(province, a_submission())
    await return_visit(province)
    kept = await send_draft(province, attempt=2, saves=1)
    assert kept.copy.saves == 1
    assert [draft.attempt for draft in await drafts.open_drafts(LI.actor)] == [2]


async def test_what_was_received_is_not_drafted_any_more_and_leaves_the_list(province):
    await send_draft(province)
    await send(province, a_submission())
    assert await drafts.open_drafts(LI.actor) == ()
    with pytest.raises(DraftSubmitted):
        await send_draft(province, saves=2)


async def test_somebody_elses_draft_is_not_there(province):
    await send_draft(province)
    with pytest.raises(NotFound):
        await send_draft(province, MA, assignment=assignment_id(MA, "TS-0003"))
    with pytest.raises(NotFound):
        await drafts.draft_body(MA.actor, VISIT, PHONE)
    with pytest.raises(NotFound):
        await drafts.take_over(province, MA.actor, VISIT, TABLET)
    with pytest.raises(NotFound):
        await drafts.discard_draft(province, MA.actor, VISIT, PHONE)
    assert await drafts.open_drafts(MA.actor) == ()
    assert await copies() == {(VISIT, PHONE, 1)}


async def test_a_visit_of_somebody_else_cannot_be_drafted(province):
    await send(province, a_submission())
    with pytest.raises(NotFound):
        await send_draft(province, MA, attempt=2, assignment=assignment_id(MA, "TS-0003"))


async def test_two_people_who_begin_under_one_id_at_once_do_not_share_it(province):
    theirs = {"assignment": assignment_id(MA, "TS-0003"), "device": TABLET}
    outcomes = await asyncio.gather(
        send_draft(province), send_draft(province, MA, **theirs), return_exceptions=True
    )
    assert sorted(type(each).__name__ for each in outcomes) == ["Kept", "NotFound"]
    assert len(await rows_of("draft_copy")) == 1


async def test_who_begins_under_an_id_while_another_does_is_told_it_is_not_there(
    province, monkeypatch
):
    find_copy = draft_copies.find_copy

    async def slower(visit, device):
        monkeypatch.setattr(draft_copies, "find_copy", find_copy)
        await send_draft(province)
        return await find_copy(visit, device)

    monkeypatch.setattr(draft_copies, "find_copy", slower)
    with pytest.raises(NotFound):
        await send_draft(province, MA, assignment=assignment_id(MA, "TS-0003"), device=TABLET)
    assert await copies() == {(VISIT, PHONE, 1)}


@pytest.mark.parametrize("assignment", ["none", assignment_id(MA, "TS-0003")])
async def test_an_assignment_that_is_not_ones_own_is_refused_with_its_place(province, assignment):
    with pytest.raises(DraftRefused) as no:
        await send_draft(province, assignment=assignment)
    assert [(each.pointer, each.code) for each in no.value.faults] == [
        ("/assignment", "visit.assignment_unknown")
    ]


async def test_a_draft_stays_with_its_assignment(province):
    await send_draft(province)
    with pytest.raises(DraftRefused) as no:
        await send_draft(province, saves=2, assignment=assignment_id(LI, HALL))
    assert [each.code for each in no.value.faults] == ["draft.assignment_differs"]


async def test_a_cancelled_assignments_draft_is_still_kept(province):
    await run("UPDATE assignment SET state = 'cancelled'")
    await send_draft(province)
    assert await copies() == {(VISIT, PHONE, 1)}


async def test_damaged_bytes_are_not_kept(province):
    sent = Sent(
        visit=VISIT, device=PHONE, session="", content=draft_bytes(), announced_hash="0" * 64
    )
    with pytest.raises(HashMismatch):
        await drafts.keep_draft(province, LI.actor, sent)
    assert await rows_of("draft_copy") == []


async def test_only_inspectors_have_drafts(province):
    with pytest.raises(NotAllowed):
        await send_draft(province, SUN)
    with pytest.raises(NotAllowed):
        await drafts.open_drafts(SUN.actor)


async def test_photos_that_are_not_here_whole_are_missing(province):
    here, other = a_photo(1), a_photo(2)
    await upload(province, here)
    names = [sha256_of(here), sha256_of(other), sha256_of(other)]
    kept = await send_draft(province, photos=names)
    assert kept.missing == (sha256_of(other),)
    await upload(province, other)
    assert (await send_draft(province, photos=names)).missing == ()
    assert [copy.photo_count for copy in (await drafts.open_drafts(LI.actor))[0].copies] == [3]


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
