"""Stores moved, closed and opened again."""

import datetime

import pytest

from inspection.domain.refusals import NotFound
from inspection.persistence.org import kept_stores
from inspection.persistence.statements import run
from inspection.services.org.store_editing import Closing, close_store, move_store, reopen_store
from tests.cast import (
    ANNING,
    ANNING_HALL,
    CHENGGUAN,
    CLUB,
    GUO,
    LI,
    QINZHOU,
    REGION_PATHS,
    assignment_id,
)
from tests.services.org.store_records import CLOSING, events, faults, kept, version


async def test_a_store_moves_to_another_county(province):
    await move_store(province, GUO.actor, CLUB, QINZHOU, await version(CLUB))
    found = await kept(CLUB)
    assert (found.region, found.region_path) == (QINZHOU, REGION_PATHS[QINZHOU])
    assert await events(CLUB) == [
        ("store.move", {"code": CLUB, "changes": {"region": [CHENGGUAN, QINZHOU]}})
    ]


async def test_moving_to_where_it_is_changes_nothing(province):
    await move_store(province, GUO.actor, CLUB, CHENGGUAN)
    assert await events(CLUB) == []


async def test_no_store_moves_into_a_closed_region(province):
    await run("UPDATE region SET state = 'closed' WHERE code = ?", ANNING)
    doing = move_store(province, GUO.actor, CLUB, ANNING)
    assert await faults(doing) == [("/region", "store.region_closed")]


async def test_closing_says_since_when_and_why_and_cancels_what_is_to_come(province):
    await close_store(province, GUO.actor, CLUB, CLOSING, await version(CLUB))
    found = await kept(CLUB)
    assert (found.state, found.closed_on, found.close_reason) == (
        "closed",
        datetime.date(2026, 11, 17),
        "房屋到期",
    )
    (row,) = await run("SELECT state FROM assignment WHERE id = ?", assignment_id(LI, CLUB))
    assert row["state"] == "cancelled"
    ((action, body),) = await events(CLUB)
    assert (action, body["cancelled"]) == ("store.close", 1)
    assert body["changes"]["close_reason"] == ["", "房屋到期"]
    assert body["changes"]["closed_on"] == [None, "2026-11-17"]


async def test_closing_twice_closes_once(province):
    seen = await version(CLUB)
    await close_store(province, GUO.actor, CLUB, CLOSING, seen)
    await close_store(province, GUO.actor, CLUB, CLOSING, seen)
    assert len(await events(CLUB)) == 1


@pytest.mark.parametrize(
    ("reason", "on", "fault"),
    [
        (" ", datetime.date(2026, 11, 18), ("/reason", "store.reason_missing")),
        ("x" * 241, datetime.date(2026, 11, 18), ("/reason", "body.text_too_long")),
        ("搬迁", datetime.date(2026, 11, 19), ("/on", "store.in_the_future")),
    ],
)
async def test_a_closing_has_a_reason_and_has_happened(province, reason, on, fault):
    doing = close_store(province, GUO.actor, CLUB, Closing(on=on, reason=reason))
    assert await faults(doing) == [fault]


async def test_a_closed_store_opens_again_and_its_visits_stay_cancelled(province):
    await close_store(province, GUO.actor, CLUB, CLOSING)
    seen = await version(CLUB)
    await reopen_store(province, GUO.actor, CLUB, seen)
    await reopen_store(province, GUO.actor, CLUB, seen)
    found = await kept(CLUB)
    assert (found.state, found.closed_on, found.close_reason) == ("open", None, "")
    assert [action for action, _ in await events(CLUB)] == ["store.close", "store.reopen"]
    assert await kept_stores.count_open_assignments(found.id) == 0


async def test_no_store_opens_in_a_closed_region(province):
    await close_store(province, GUO.actor, ANNING_HALL, CLOSING)
    await run("UPDATE region SET state = 'closed' WHERE code = ?", ANNING)
    doing = reopen_store(province, GUO.actor, ANNING_HALL)
    assert await faults(doing) == [("/region", "store.region_closed")]


async def test_a_store_nobody_has_cannot_open(province):
    with pytest.raises(NotFound):
        await reopen_store(province, GUO.actor, "nobody")
