"""Copies of drafts: a device overwrites its own older ones, never another device's."""

import asyncio
import uuid

import pytest

from inspection.domain.refusals import DraftSubmitted, HashMismatch
from inspection.services.visits import drafts
from inspection.services.visits.drafts import Sent
from tests.cast import LI
from tests.drafting import PHONE, TABLET, copies, draft_bytes, send_draft
from tests.receiving import return_visit, rows_of, send
from tests.reviewing import upload
from tests.submissions import VISIT, a_photo, a_submission, sha256_of


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


async def test_damaged_bytes_are_not_kept(province):
    sent = Sent(
        visit=VISIT, device=PHONE, session="", content=draft_bytes(), announced_hash="0" * 64
    )
    with pytest.raises(HashMismatch):
        await drafts.keep_draft(province, LI.actor, sent)
    assert await rows_of("draft_copy") == []


async def test_photos_that_are_not_here_whole_are_missing(province):
    here, other = a_photo(1), a_photo(2)
    await upload(province, here)
    names = [sha256_of(here), sha256_of(other), sha256_of(other)]
    kept = await send_draft(province, photos=names)
    assert kept.missing == (sha256_of(other),)
    await upload(province, other)
    assert (await send_draft(province, photos=names)).missing == ()
    assert [copy.photo_count for copy in (await drafts.open_drafts(LI.actor))[0].copies] == [3]
