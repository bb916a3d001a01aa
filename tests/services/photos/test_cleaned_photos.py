"""Cleaning photos completes the visits that wait for them, or flags them."""

import asyncio

import msgspec
import pytest

from inspection.domain.refusals import NotFound
from inspection.jobs.clean_photo import CleanPhoto, clean_photo
from inspection.persistence.audit import audit
from inspection.persistence.statements import run
from inspection.services.photos.photos import photo_bytes
from tests.cast import CHEN, MA, SUN, WANG
from tests.receiving import return_visit, rows_of, send
from tests.services.photos.sent_photos import NAME, PHOTO, sent, state_of
from tests.submissions import OTHER_VISIT, SPOTS, VISIT, a_photo, a_submission, sha256_of

BROKEN = PHOTO[: len(PHOTO) // 2]


async def cleaned(tools, content=PHOTO):
    """Do the job the photo left behind."""
    name = sha256_of(content)
    (job,) = [row for row in await rows_of("job") if row["key"] == f"photo.clean {name}"]
    await clean_photo(tools, msgspec.json.decode(job["payload"], type=CleanPhoto))


async def is_complete(visit=VISIT):
    (row,) = await run("SELECT complete FROM visit WHERE id = ?", visit)
    return row["complete"]


async def test_a_visit_is_complete_when_its_last_photo_is_clean(province):
    other = a_photo(2)
    await send(province, a_submission(pictures=(PHOTO, other)))
    await sent(province)
    await cleaned(province)
    assert not await is_complete()
    await sent(province, other)
    assert not await is_complete()
    await cleaned(province, other)
    assert await is_complete()
    actions = [event.action for event in await audit.events_of("visit", VISIT)]
    assert actions == ["visit.submit", "visit.complete"]


async def test_photos_may_come_and_be_cleaned_before_their_visit(province):
    await sent(province)
    await cleaned(province)
    await send(province, a_submission(pictures=(PHOTO,)))
    assert await is_complete()


async def test_a_photo_that_came_first_and_is_cleaned_later_completes_the_visit(province):
    await sent(province)
    await send(province, a_submission(pictures=(PHOTO,)))
    assert not await is_complete()
    await cleaned(province)
    assert await is_complete()


async def test_cleaning_and_receiving_at_the_same_moment_never_leave_a_visit_waiting(province):
    for attempt in range(1, 6):
        content = a_photo(attempt, size=(48, 32))
        await sent(province, content)
        submission = a_submission(pictures=(content,), attempt=attempt)
        await asyncio.gather(cleaned(province, content), send(province, submission))
        assert await is_complete(), attempt
        await return_visit(province)


async def test_two_photos_cleaned_at_the_same_moment_complete_their_visit(province):
    other = a_photo(2)
    await send(province, a_submission(pictures=(PHOTO, other)))
    await sent(province)
    await sent(province, other)
    await asyncio.gather(cleaned(province), cleaned(province, other))
    assert await is_complete()


async def test_cleaning_twice_changes_nothing(province):
    await send(province, a_submission(pictures=(PHOTO,)))
    await sent(province)
    await asyncio.gather(cleaned(province), cleaned(province))
    await cleaned(province)
    assert await state_of() == ("clean", "")
    assert len(await audit.events_of("visit", VISIT)) == 2


async def test_a_photo_that_cannot_be_opened_is_kept_and_its_visit_flagged(province):
    await send(province, a_submission(pictures=(BROKEN, a_photo(3))))
    await sent(province, BROKEN)
    await asyncio.gather(cleaned(province, BROKEN), cleaned(province, BROKEN))
    await cleaned(province, BROKEN)
    assert await state_of(BROKEN) == ("refused", "photo.broken")
    assert await province.photos.sealed.get(sha256_of(BROKEN)) == BROKEN
    (visit,) = await rows_of("visit")
    assert (visit["complete"], msgspec.json.decode(visit["flags"])) == (False, ["photo_refused"])
    actions = [event.action for event in await audit.events_of("visit", VISIT)]
    assert actions == ["visit.submit", "photo.refuse"]


async def test_a_flag_is_raised_once_however_many_photos_fail(province):
    another = a_photo(3, size=(200, 200))[:-50]
    await send(province, a_submission(pictures=(BROKEN, another)))
    for content in (BROKEN, another):
        await sent(province, content)
        await cleaned(province, content)
    (visit,) = await rows_of("visit")
    assert msgspec.json.decode(visit["flags"]) == ["photo_refused"]


async def test_a_visit_that_names_a_refused_photo_is_flagged_as_it_arrives(province):
    await sent(province, BROKEN)
    await cleaned(province, BROKEN)
    await send(province, a_submission(pictures=(BROKEN,)))
    (visit,) = await rows_of("visit")
    assert (visit["complete"], msgspec.json.decode(visit["flags"])) == (False, ["photo_refused"])


async def test_a_photo_used_before_is_flagged(province):
    await send(province, a_submission(pictures=(PHOTO,)))
    again = a_submission(pictures=(PHOTO,), by=MA, store="TS-0003", visit=OTHER_VISIT)
    await send(province, again, by=MA)
    flags = {row["id"]: row["flags"] for row in await rows_of("visit")}
    assert flags == {VISIT: "[]", OTHER_VISIT: '["photo_reused"]'}


@pytest.mark.parametrize("kind", ["evidence", "print", "thumb"])
async def test_a_reviewer_sees_clean_copies_only(province, kind):
    await send(province, a_submission(losses=(SPOTS,), pictures=(PHOTO,)))
    await sent(province)
    with pytest.raises(NotFound):
        await photo_bytes(province, SUN.actor, VISIT, NAME, kind)
    await cleaned(province)
    copy = await photo_bytes(province, SUN.actor, VISIT, NAME, kind)
    assert copy.startswith(b"\xff\xd8")
    assert copy != PHOTO
    for person in (CHEN, WANG, MA):
        with pytest.raises(NotFound):
            await photo_bytes(province, person.actor, VISIT, NAME, kind)
    with pytest.raises(NotFound):
        await photo_bytes(province, SUN.actor, OTHER_VISIT, NAME, kind)
