"""Whoever settles a photo and whoever submits a visit that names it wait for each other."""

import asyncio

import pytest

from inspection.domain.photos.photo import PhotoState
from inspection.persistence.engine import tx
from inspection.persistence.photos.photo_rows import (
    CleanCopies,
    announce,
    find_size_for,
    find_state,
    note_arrival,
    note_clean,
    note_refused,
)
from tests.cast import LI, MA
from tests.makers import add_regions, add_stores, an_account, some_tools
from tests.waiting import until_somebody_waits

NAMES = [f"{n}" * 64 for n in range(3)]
COPIES = CleanCopies(
    width=64, height=48, evidence_sha256="a" * 64, print_sha256="b" * 64, thumb_sha256="c" * 64
)


@pytest.fixture
async def tools(tmp_path, database):
    tools = some_tools(tmp_path)
    await add_regions()
    await add_stores(tools.now())
    for person in (LI, MA):
        await an_account(tools, person)
    yield tools
    tools.passwords.close()


async def test_announcing_says_where_each_photo_is(tools):
    now = tools.now()
    await note_arrival(NAMES[1], LI.account, 9, now)
    states = await announce([*NAMES, NAMES[0]], LI.account, now)
    assert states == dict(
        zip(NAMES, (PhotoState.RECEIVING, PhotoState.RECEIVED, PhotoState.RECEIVING), strict=True)
    )
    assert await announce(NAMES[:1], MA.account, now) == {NAMES[0]: PhotoState.RECEIVING}


async def test_a_photo_arrives_once_and_belongs_to_who_brought_it(tools):
    now = tools.now()
    await announce(NAMES, LI.account, now)
    assert await find_size_for(NAMES[0], LI.account) is None
    assert await note_arrival(NAMES[0], MA.account, 9, now)
    assert not await note_arrival(NAMES[0], LI.account, 9, now)
    assert await find_size_for(NAMES[0], MA.account) == 9
    assert await find_size_for(NAMES[0], LI.account) is None


async def test_a_photo_is_settled_once(tools):
    await note_arrival(NAMES[0], LI.account, 9, tools.now())
    assert await note_clean(NAMES[0], COPIES)
    assert not await note_clean(NAMES[0], COPIES)
    assert not await note_refused(NAMES[0], "photo.broken")
    assert await find_state(NAMES[0]) is PhotoState.CLEAN
    assert await find_state("f" * 64) is None


async def test_settling_a_photo_waits_for_the_submission_that_announced_it(tools):
    await note_arrival(NAMES[0], LI.account, 9, tools.now())
    announced, order = asyncio.Event(), []

    async def submit():
        async with tx():
            await announce(NAMES, LI.account, tools.now())
            announced.set()
            await until_somebody_waits()
            order.append("submitted")

    async def settle():
        await announced.wait()
        async with tx():
            await note_clean(NAMES[0], COPIES)
            order.append("settled")

    await asyncio.gather(submit(), settle())
    assert order == ["submitted", "settled"]


async def test_a_submission_waits_for_a_photo_that_is_just_being_settled(tools):
    await note_arrival(NAMES[0], LI.account, 9, tools.now())
    settling = asyncio.Event()

    async def settle():
        async with tx():
            await note_clean(NAMES[0], COPIES)
            settling.set()
            await until_somebody_waits()

    async def submit():
        await settling.wait()
        async with tx():
            return await announce(NAMES, LI.account, tools.now())

    _, states = await asyncio.gather(settle(), submit())
    assert states[NAMES[0]] is PhotoState.CLEAN


async def test_a_submission_waits_for_a_photo_that_is_just_arriving(tools):
    arriving = asyncio.Event()

    async def arrive():
        async with tx():
            await note_arrival(NAMES[0], LI.account, 9, tools.now())
            arriving.set()
            await until_somebody_waits()

    async def submit():
        await arriving.wait()
        async with tx():
            return await announce(NAMES, LI.account, tools.now())

    _, states = await asyncio.gather(arrive(), submit())
    assert states[NAMES[0]] is PhotoState.RECEIVED
