"""Stores created, edited, moved, closed and opened again: who may, what is refused and logged."""

import asyncio
import datetime

import msgspec
import pytest

from inspection.domain.org.store import StoreFields
from inspection.domain.refusals import NotAllowed, NotFound, StoreChanged, StoreRefused
from inspection.domain.version import version_of
from inspection.persistence.audit import audit
from inspection.persistence.org import kept_stores
from inspection.persistence.org.kept_stores import KeptStore
from inspection.persistence.statements import run
from inspection.services.org.store_editing import (
    Closing,
    close_store,
    create_store,
    edit_store,
    move_store,
    reopen_store,
)
from tests.cast import (
    ANNING,
    ANNING_HALL,
    CHENGGUAN,
    CLUB,
    GUO,
    HALL,
    LI,
    PROVINCE,
    QINZHOU,
    REGION_PATHS,
    SUN,
    TIANSHUI,
    WANG,
    assignment_id,
)

FIELDS = StoreFields(
    name="新街营业厅",
    kind="storefront",
    ownership="partner",
    features=("guest_wifi", "queue_machine"),
    address="新街1号",
    latitude_e6=36_061_000,
    longitude_e6=103_830_000,
    contact_name="周婷",
    contact_phone="0931-5550123",
    contact_verified_on=datetime.date(2026, 11, 1),
)
CLOSING = Closing(on=datetime.date(2026, 11, 17), reason=" 房屋到期 ")
TIANSHUI_ADMIN = msgspec.structs.replace(GUO.actor, region_path=REGION_PATHS[TIANSHUI])


async def kept(code: str) -> KeptStore:
    found = await kept_stores.find_kept(code)
    assert found is not None
    return found


async def version(code: str) -> str:
    return version_of(await kept(code))


async def events(code: str) -> list[tuple[str, dict]]:
    found = await audit.events_of("store", (await kept(code)).id)
    return [(event.action, msgspec.json.decode(event.body)) for event in found]


async def faults(doing) -> list[tuple[str, str]]:
    with pytest.raises(StoreRefused) as refused:
        await doing
    return [(fault.pointer, fault.code) for fault in refused.value.faults]


async def test_a_created_store_is_open_where_it_was_put(province):
    assert await create_store(province, GUO.actor, "NEW-1", CHENGGUAN, FIELDS) == "NEW-1"
    found = await kept("NEW-1")
    assert (found.name, found.state, found.region) == ("新街营业厅", "open", CHENGGUAN)
    assert found.region_path == REGION_PATHS[CHENGGUAN]
    assert found.features == '["guest_wifi","queue_machine"]'
    ((action, body),) = await events("NEW-1")
    assert action == "store.create"
    assert body["changes"]["name"] == [None, "新街营业厅"]
    assert body["changes"]["region"] == [None, CHENGGUAN]


async def test_everything_wrong_with_a_new_store_is_named_at_once(province):
    wrong = msgspec.structs.replace(
        FIELDS, name="", kind="kiosk", latitude_e6=None, contact_phone="x"
    )
    found = await faults(create_store(province, GUO.actor, "门店", CHENGGUAN, wrong))
    assert {pointer for pointer, _ in found} == {
        "/code",
        "/name",
        "/kind",
        "/latitude",
        "/contact_phone",
    }


async def test_a_code_is_given_once(province):
    doing = create_store(province, GUO.actor, CLUB, CHENGGUAN, FIELDS)
    assert await faults(doing) == [("/code", "store.code_taken")]


async def test_a_code_given_twice_at_once_is_given_once(province):
    both = await asyncio.gather(
        *(create_store(province, GUO.actor, "NEW-1", CHENGGUAN, FIELDS) for _ in range(4)),
        return_exceptions=True,
    )
    assert both.count("NEW-1") == 1
    assert sum(isinstance(each, StoreRefused) for each in both) == 3


async def test_a_store_hangs_below_a_branch_or_a_county(province):
    doing = create_store(province, GUO.actor, "NEW-1", PROVINCE, FIELDS)
    assert await faults(doing) == [("/region", "store.region_too_high")]
    await create_store(province, GUO.actor, "NEW-1", TIANSHUI, FIELDS)
    assert (await kept("NEW-1")).region_path == REGION_PATHS[TIANSHUI]


async def test_only_administrators_change_stores(province):
    for person in (WANG, SUN):
        with pytest.raises(NotAllowed):
            await edit_store(province, person.actor, CLUB, FIELDS)
    assert await events(CLUB) == []


async def test_an_administrator_of_a_branch_changes_the_own_stores_only(province):
    with pytest.raises(NotFound):
        await edit_store(province, TIANSHUI_ADMIN, CLUB, FIELDS)
    with pytest.raises(NotFound):
        await create_store(province, TIANSHUI_ADMIN, "NEW-1", CHENGGUAN, FIELDS)
    with pytest.raises(NotFound):
        await close_store(province, TIANSHUI_ADMIN, "nobody", CLOSING)
    with pytest.raises(NotFound):
        await move_store(province, GUO.actor, CLUB, "999999")
    await create_store(province, TIANSHUI_ADMIN, "NEW-1", QINZHOU, FIELDS)


async def test_an_edit_is_logged_field_by_field(province):
    fields = msgspec.structs.replace(FIELDS, name="改名营业厅")
    await edit_store(province, GUO.actor, HALL, fields, await version(HALL))
    found = await kept(HALL)
    assert (found.name, found.contact_phone, found.latitude_e6) == (
        "改名营业厅",
        "0931-5550123",
        36_061_000,
    )
    ((action, body),) = await events(HALL)
    assert action == "store.edit"
    assert body["code"] == HALL
    assert body["changes"]["name"] == ["城关盘旋路营业厅", "改名营业厅"]
    assert "kind" not in body["changes"]


async def test_the_same_again_changes_nothing_and_logs_nothing(province):
    await edit_store(province, GUO.actor, HALL, FIELDS)
    await edit_store(province, GUO.actor, HALL, FIELDS, await version(HALL))
    assert len(await events(HALL)) == 1


async def test_features_written_otherwise_are_no_change(province):
    await run('UPDATE store SET features = \'["queue_machine", "guest_wifi"]\'')
    await edit_store(province, GUO.actor, HALL, FIELDS)
    ((_, body),) = await events(HALL)
    assert "features" not in body["changes"]


async def test_a_change_made_in_between_is_not_overwritten(province):
    seen = await version(HALL)
    await edit_store(province, GUO.actor, HALL, FIELDS)
    other = msgspec.structs.replace(FIELDS, name="另一个名字")
    for doing in (
        edit_store(province, GUO.actor, HALL, other, seen),
        move_store(province, GUO.actor, HALL, QINZHOU, seen),
        close_store(province, GUO.actor, HALL, CLOSING, seen),
    ):
        with pytest.raises(StoreChanged):
            await doing
    assert (await kept(HALL)).name == "新街营业厅"


async def test_the_kind_of_an_inspected_store_stays(province):
    doing = edit_store(
        province, GUO.actor, HALL, msgspec.structs.replace(FIELDS, kind="customer_club")
    )
    assert await faults(doing) == [("/kind", "store.kind_pinned")]
    await create_store(province, GUO.actor, "NEW-1", CHENGGUAN, FIELDS)
    await edit_store(
        province, GUO.actor, "NEW-1", msgspec.structs.replace(FIELDS, kind="customer_club")
    )
    assert (await kept("NEW-1")).kind == "customer_club"


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
        ("x" * 241, datetime.date(2026, 11, 18), ("/reason", "body.too_long")),
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
