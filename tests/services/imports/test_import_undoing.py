"""A day long an import can be taken back, unless somebody built on it since."""

import asyncio

import pytest

from inspection.domain.imports.sheet_import import Duplicates, ImportState
from inspection.domain.refusals import ImportTooOld, ImportUsed, MoveRefused
from inspection.domain.version import version_of
from inspection.persistence.audit import audit
from inspection.persistence.engines.integrity import ReferenceBroken
from inspection.persistence.org import kept_regions, org
from inspection.persistence.statements import run
from inspection.services.imports.import_undoing import undo_import
from inspection.services.imports.store_loading import import_stores
from inspection.services.org import region_editing
from tests.cast import ANNING, ANNING_HALL, CHEN, CHENGGUAN, CLUB, GUO, HALL, PROVINCE, TIANSHUI
from tests.importing import BRANCH_ADMIN, HEAD, NEW, RENAMED, detail, state, written


async def test_an_import_is_undone_as_a_whole(tools, province):
    before = await org.stores_by_code()
    id = await written(tools, NEW, RENAMED)
    assert (await detail(tools, id)).can_undo
    await undo_import(tools, GUO.actor, id)
    assert await org.stores_by_code() == before
    assert await state(tools, id) is ImportState.UNDONE
    with pytest.raises(MoveRefused):
        await undo_import(tools, GUO.actor, id)


async def test_only_what_was_written_is_undone(tools, province):
    id = await written(tools, NEW, RENAMED, duplicates=Duplicates.SKIP)
    other = ",".join(HEAD) + "\n" + ",".join((HALL, "别人改的名", *RENAMED[2:])) + "\n"
    await import_stores(tools, other.encode(), None, dry_run=False)
    await undo_import(tools, GUO.actor, id)
    stores = await org.stores_by_code()
    assert stores[HALL].name == "别人改的名"
    assert "N-1" not in stores


async def test_an_import_whose_rows_were_changed_since_stays(tools, province):
    id = await written(tools, NEW, RENAMED)
    other = ",".join(HEAD) + "\n" + ",".join((HALL, "别人改的名", *RENAMED[2:])) + "\n"
    await import_stores(tools, other.encode(), None, dry_run=False)
    await run("DELETE FROM store WHERE code = 'N-1'")
    with pytest.raises(ImportUsed) as refused:
        await undo_import(tools, GUO.actor, id)
    assert refused.value.facts == {"count": 2, "codes": f"N-1, {HALL}"}
    assert (await org.stores_by_code())[HALL].name == "别人改的名"


async def test_an_import_whose_rows_were_used_since_stays(tools, province):
    id = await written(tools, NEW)
    new = (await org.stores_by_code())["N-1"]
    await run("UPDATE account SET store = ? WHERE id = ?", new.id, CHEN.account)
    with pytest.raises(ImportUsed) as refused:
        await undo_import(tools, GUO.actor, id)
    assert refused.value.facts == {"count": 1, "codes": "N-1"}
    assert "N-1" in await org.stores_by_code()


async def test_what_nobody_thought_of_refers_to_keeps_an_import(tools, province, monkeypatch):
    async def broken(*_):
        raise ReferenceBroken(HALL)

    id = await written(tools, NEW)
    monkeypatch.setattr(org, "remove_stores", broken)
    with pytest.raises(ImportUsed):
        await undo_import(tools, GUO.actor, id)
    assert await state(tools, id) is ImportState.WRITTEN


async def test_after_a_day_an_import_stays(tools, province, clock):
    id = await written(tools, NEW)
    clock.go_on(hours=24)
    assert not (await detail(tools, id)).can_undo
    with pytest.raises(ImportTooOld):
        await undo_import(tools, GUO.actor, id)


async def test_a_move_is_written_noted_and_undone(tools, province):
    moved = (HALL, "城关盘旋路营业厅", "营业厅", ANNING)
    id = await written(tools, moved)
    assert (await org.stores_by_code())[HALL].region_path.endswith(f"{ANNING}/")
    await undo_import(tools, GUO.actor, id)
    store = (await org.stores_by_code())[HALL]
    assert store.region_path.endswith(f"{CHENGGUAN}/")
    events = await audit.events_of("store", store.id)
    assert [event.action for event in events] == ["store.move", "store.move"]


async def moved_region(tools, code, parent):
    seen = version_of(await kept_regions.find_kept(code))
    await region_editing.move_region(tools, GUO.actor, code, parent, seen)


async def test_a_store_goes_back_below_its_region_where_that_is_now(tools, province):
    id = await written(tools, NEW, (HALL, "盘旋路新名", "营业厅", ANNING))
    await moved_region(tools, CHENGGUAN, TIANSHUI)
    await undo_import(tools, GUO.actor, id)
    stores = await org.stores_by_code()
    assert "N-1" not in stores
    assert stores[HALL].name == "城关盘旋路营业厅"
    assert stores[HALL].region_path == f"/{PROVINCE}/{TIANSHUI}/{CHENGGUAN}/"
    assert stores[CLUB].region_path == stores[HALL].region_path


async def test_a_store_whose_own_region_moved_since_is_given_back_its_name(tools, province):
    id = await written(tools, RENAMED)
    await moved_region(tools, CHENGGUAN, TIANSHUI)
    await undo_import(tools, GUO.actor, id)
    store = (await org.stores_by_code())[HALL]
    assert (store.name, store.region_path) == (
        "城关盘旋路营业厅",
        f"/{PROVINCE}/{TIANSHUI}/{CHENGGUAN}/",
    )


async def test_a_store_goes_back_into_no_region_that_closed_or_left(tools, province):
    move = (ANNING_HALL, "安宁西路营业厅", "营业厅", CHENGGUAN)
    id = await written(tools, move, by=BRANCH_ADMIN)
    await moved_region(tools, ANNING, TIANSHUI)
    with pytest.raises(ImportUsed) as refused:
        await undo_import(tools, BRANCH_ADMIN.actor, id)
    assert refused.value.facts == {"count": 1, "codes": ANNING_HALL}
    await run("UPDATE region SET state = 'closed' WHERE code = ?", ANNING)
    with pytest.raises(ImportUsed):
        await undo_import(tools, GUO.actor, id)
    await run("UPDATE region SET state = 'open' WHERE code = ?", ANNING)
    await undo_import(tools, GUO.actor, id)
    store = (await org.stores_by_code())[ANNING_HALL]
    assert store.region_path == f"/{PROVINCE}/{TIANSHUI}/{ANNING}/"


async def test_a_region_that_moves_while_an_import_is_undone_takes_the_store_along(tools, province):
    id = await written(tools, (HALL, "城关盘旋路营业厅", "营业厅", ANNING))
    await asyncio.gather(
        undo_import(tools, GUO.actor, id), moved_region(tools, CHENGGUAN, TIANSHUI)
    )
    regions, stores = await org.regions_by_code(), await org.stores_by_code()
    assert stores[HALL].region == regions[CHENGGUAN].id
    assert stores[HALL].region_path == regions[CHENGGUAN].path
    assert regions[CHENGGUAN].path == f"/{PROVINCE}/{TIANSHUI}/{CHENGGUAN}/"
