"""Stores created and edited: who may, what is refused and logged."""

import asyncio

import msgspec
import pytest

from inspection.domain.refusals import NotAllowed, NotFound, StoreChanged, StoreRefused
from inspection.persistence.statements import run
from inspection.services.org.store_editing import close_store, create_store, edit_store, move_store
from tests.cast import (
    CHENGGUAN,
    CLUB,
    GUO,
    HALL,
    PROVINCE,
    QINZHOU,
    REGION_PATHS,
    SUN,
    TIANSHUI,
    WANG,
)
from tests.services.org.store_records import CLOSING, FIELDS, events, faults, kept, version

TIANSHUI_ADMIN = msgspec.structs.replace(GUO.actor, region_path=REGION_PATHS[TIANSHUI])


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
