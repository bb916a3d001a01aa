"""Photos arrive at any byte and in any order."""

import asyncio
import random

import pytest

from inspection.domain.refusals import (
    BodyTooLarge,
    HashMismatch,
    NotAllowed,
    NotFound,
    OffsetMismatch,
    PhotoRefused,
    RequestCutOff,
)
from inspection.persistence import jobs
from inspection.services.photos.photos import append_piece, offset_of
from inspection.services.pieces import Piece, Progress
from tests.cast import GUO, LI, MA, SUN, WANG
from tests.receiving import rows_of, send
from tests.services.photos.sent_photos import NAME, PHOTO, sent, state_of, stream_of
from tests.submissions import a_submission, sha256_of


@pytest.mark.parametrize("portion", [100, len(PHOTO) - 1, len(PHOTO)])
async def test_a_whole_photo_is_sealed_and_queued_for_cleaning(province, portion):
    assert await sent(province, portion=portion) == Progress(offset=len(PHOTO), complete=True)
    assert await province.photos.sealed.get(NAME) == PHOTO
    assert await state_of() == ("received", "")
    assert await jobs.waiting("photo.clean") == 1
    assert await offset_of(province, LI.actor, NAME) == Progress(offset=len(PHOTO), complete=True)


async def test_a_photo_resumes_where_it_was_cut(province):
    with pytest.raises(NotFound):
        await offset_of(province, LI.actor, NAME)
    assert await sent(province, stop=137) == Progress(offset=137, complete=False)
    assert await offset_of(province, LI.actor, NAME) == Progress(offset=137, complete=False)
    assert (await sent(province, start=137)).complete


async def test_what_came_before_a_cut_is_kept(province):
    piece = Piece(sha256=NAME, offset=0, length=len(PHOTO))
    cut = stream_of(PHOTO[:100], PHOTO[100:250], then=RequestCutOff())
    with pytest.raises(RequestCutOff):
        await append_piece(province, LI.actor, piece, cut)
    assert (await offset_of(province, LI.actor, NAME)).offset == 250


async def test_what_came_before_a_cancelled_request_is_kept(province):
    taken = asyncio.Event()

    async def stalled():
        yield PHOTO[:99]
        taken.set()
        await asyncio.sleep(60)

    piece = Piece(sha256=NAME, offset=0, length=len(PHOTO))
    task = asyncio.create_task(append_piece(province, LI.actor, piece, stalled()))
    await taken.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert (await offset_of(province, LI.actor, NAME)).offset == 99


@pytest.mark.parametrize("seed", range(5))
async def test_however_often_it_is_cut_it_arrives_and_nothing_is_sent_twice(province, seed):
    chance = random.Random(seed)
    while True:
        try:
            at = (await offset_of(province, LI.actor, NAME)).offset
        except NotFound:
            at = 0
        if (await sent(province, start=at, stop=at + chance.randint(1, 400))).complete:
            break
    assert await province.photos.sealed.get(NAME) == PHOTO


async def test_a_request_cut_before_its_first_byte_changes_nothing(province):
    assert await sent(province, stop=0) == Progress(offset=0, complete=False)
    assert (await sent(province)).complete


async def the_server_stopped_before_its_answer(tools):
    await tools.photos.uploads.begin(LI.account, NAME, len(PHOTO), PHOTO)


@pytest.mark.parametrize("start", [0, 64, len(PHOTO)])
async def test_a_photo_that_is_here_whole_is_finished_by_whatever_piece_comes(province, start):
    await the_server_stopped_before_its_answer(province)
    outcome = await sent(province, start=start, stop=start + 64)
    assert outcome == Progress(offset=len(PHOTO), complete=True)
    assert await province.photos.sealed.get(NAME) == PHOTO


async def test_a_photo_that_is_here_whole_is_finished_when_somebody_asks(province):
    await the_server_stopped_before_its_answer(province)
    asked = await offset_of(province, LI.actor, NAME)
    assert asked == Progress(offset=len(PHOTO), complete=True)
    assert await state_of() == ("received", "")


async def test_a_piece_that_begins_elsewhere_is_told_the_true_offset(province):
    await sent(province, stop=50)
    for start in (0, 49, 51):
        with pytest.raises(OffsetMismatch) as no:
            await sent(province, start=start)
        assert no.value.facts == {"offset": 50}
    with pytest.raises(OffsetMismatch):
        await sent(province, start=51, stop=51)
    assert (await sent(province, start=50)).complete


async def test_the_same_photo_again_is_complete_at_once(province):
    await sent(province)
    assert await sent(province) == Progress(offset=len(PHOTO), complete=True)
    assert await sent(province, start=7) == Progress(offset=len(PHOTO), complete=True)
    assert len(await rows_of("job")) == 1


async def test_the_same_photo_over_many_connections_arrives_once(province):
    outcomes = await asyncio.gather(*(sent(province) for _ in range(8)), return_exceptions=True)
    assert any(isinstance(outcome, Progress) for outcome in outcomes)
    assert [o for o in outcomes if not isinstance(o, Progress | OffsetMismatch)] == []
    assert (await sent(province)).complete
    assert len(await rows_of("photo", "sha256")) == len(await rows_of("job")) == 1


async def test_other_bytes_than_announced_start_again(province):
    wrong = PHOTO[:-3] + b"xyz"
    with pytest.raises(HashMismatch):
        await sent(province, wrong, sha256=NAME)
    with pytest.raises(NotFound):
        await offset_of(province, LI.actor, NAME)
    assert (await sent(province)).complete


@pytest.mark.parametrize("more", [1, 1000])
@pytest.mark.parametrize("portion", [100, len(PHOTO), 2 * len(PHOTO)])
async def test_more_bytes_than_announced_start_again(province, more, portion):
    content = PHOTO + b"x" * more
    with pytest.raises(HashMismatch):
        await sent(province, content, sha256=NAME, length=len(PHOTO), portion=portion)
    with pytest.raises(NotFound):
        await offset_of(province, LI.actor, NAME)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "photo.empty"),
        (b"GIF89a" + b"\x00" * 100, "photo.format_unknown"),
        (b"\x00\x00\x00\x18ftypheic" + b"\x00" * 100, "photo.heic"),
        (b"<svg>", "photo.format_unknown"),
    ],
)
async def test_what_is_no_photo_is_refused_by_name(province, content, reason):
    with pytest.raises(PhotoRefused) as no:
        await sent(province, content)
    assert [fault.code for fault in no.value.faults] == [reason]
    assert await rows_of("photo", "sha256") == []
    with pytest.raises(NotFound):
        await offset_of(province, LI.actor, sha256_of(content))


async def test_eight_megabytes_and_no_more(province):
    with pytest.raises(BodyTooLarge):
        await sent(province, length=8 * 2**20 + 1)


async def test_only_inspectors_and_stores_send_photos(province):
    for person in (SUN, WANG, GUO):
        with pytest.raises(NotAllowed):
            await sent(province, by=person)
        with pytest.raises(NotAllowed):
            await offset_of(province, person.actor, NAME)


async def test_whether_somebody_else_sent_a_photo_cannot_be_asked(province):
    await sent(province)
    with pytest.raises(NotFound):
        await offset_of(province, MA.actor, NAME)
    assert (await sent(province, by=MA)).complete
    await send(province, a_submission(pictures=(PHOTO,), by=MA, store="TS-0003"), by=MA)
    assert (await offset_of(province, MA.actor, NAME)).complete
    assert len(await rows_of("job")) == 1
