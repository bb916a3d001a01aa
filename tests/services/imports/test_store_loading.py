import asyncio

import msgspec
import pytest

from inspection.domain.refusals import StoreBusy
from inspection.persistence.audit import audit
from inspection.persistence.engines.integrity import UniqueBroken
from inspection.persistence.org import org
from inspection.persistence.statements import run
from inspection.services.imports import store_loading
from inspection.services.imports.store_loading import import_stores
from tests.cast import CHENGGUAN, CLUB, HALL, QINZHOU, QINZHOU_CLUB, REGION_PATHS, store_id

SHEET = f"code,name,kind,region\nNEW1,新街营业厅,营业厅,{CHENGGUAN}\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
async def test_a_new_store_is_kept_whatever_the_encoding(tools, province, encoding):
    report = await import_stores(tools, SHEET.encode(encoding), None, dry_run=False)
    assert (report.added, report.updated, report.written) == (1, 0, True)
    assert (await org.stores_by_code())["NEW1"].name == "新街营业厅"


async def test_the_same_sheet_again_changes_nothing(tools, province):
    await import_stores(tools, SHEET.encode(), None, dry_run=False)
    before = await org.stores_by_code()
    report = await import_stores(tools, SHEET.encode(), None, dry_run=False)
    assert (report.added, report.updated, report.unchanged) == (0, 0, 1)
    assert await org.stores_by_code() == before


async def test_an_existing_code_is_overwritten_and_keeps_its_id(tools, province):
    before = (await org.stores_by_code())[CLUB]
    sheet = f"code,name,kind,region\n{CLUB},改名客户俱乐部,客户俱乐部,{CHENGGUAN}\n"
    report = await import_stores(tools, sheet.encode(), None, dry_run=False)
    after = (await org.stores_by_code())[CLUB]
    assert report.updated == 1
    assert (after.id, after.name) == (before.id, "改名客户俱乐部")


FULL = (
    "code,name,kind,region,features,ownership,address,contact_name,contact_phone,latitude,longitude"
    f"\nNEW1,新街营业厅,营业厅,{CHENGGUAN},guest_wifi;queue_machine,合作,新街1号,周婷,0931-5550123,"
    "36.06,103.83\n"
)


async def test_a_column_the_sheet_does_not_have_keeps_what_is_stored(tools, province):
    await import_stores(tools, FULL.encode(), None, dry_run=False)
    before = (await org.stores_by_code())["NEW1"]
    report = await import_stores(tools, SHEET.encode(), None, dry_run=False)
    assert (report.updated, report.unchanged, report.losing_features) == (0, 1, 0)
    assert (await org.stores_by_code())["NEW1"] == before
    assert (before.features, before.ownership) == ('["guest_wifi","queue_machine"]', "partner")
    assert (before.latitude_e6, before.contact_phone) == (36_060_000, "0931-5550123")


async def test_an_empty_cell_under_a_column_clears(tools, province):
    await import_stores(tools, FULL.encode(), None, dry_run=False)
    heading = FULL.splitlines()[0]
    sheet = f"{heading}\nNEW1,新街营业厅,营业厅,{CHENGGUAN},,,,,,,\n"
    report = await import_stores(tools, sheet.encode(), None, dry_run=False)
    after = (await org.stores_by_code())["NEW1"]
    assert (report.updated, report.losing_features) == (1, 1)
    assert (after.features, after.ownership, after.address) == ("[]", "own", "")
    assert (after.contact_name, after.contact_phone) == ("", "")
    assert (after.latitude_e6, after.longitude_e6) == (None, None)


@pytest.mark.parametrize(
    ("features", "losing"),
    [("guest_wifi", 1), ("", 1), ("guest_wifi;queue_machine", 0)],
)
async def test_a_dry_run_counts_the_stores_that_would_lose_features(
    tools, province, features, losing
):
    await import_stores(tools, FULL.encode(), None, dry_run=False)
    sheet = f"code,name,kind,region,features\nNEW1,新街营业厅,营业厅,{CHENGGUAN},{features}\n"
    report = await import_stores(tools, sheet.encode(), None, dry_run=True)
    assert (report.losing_features, report.written) == (losing, False)


async def test_a_dry_run_writes_nothing(tools, province):
    report = await import_stores(tools, SHEET.encode(), None, dry_run=True)
    assert (report.added, report.written) == (1, False)
    assert "NEW1" not in await org.stores_by_code()


async def test_one_bad_row_keeps_all_out(tools, province):
    report = await import_stores(
        tools, (SHEET + "NEW2,某店,营业厅,999999\n").encode(), None, dry_run=False
    )
    assert [(f.pointer, f.code) for f in report.faults] == [("/3/region", "sheet.region_unknown")]
    assert "NEW1" not in await org.stores_by_code()


@pytest.mark.parametrize("content", [b"\xff\xfe\x00\x00\x81", b"\x80\x81\xff"])
async def test_bytes_that_are_no_text_are_refused(tools, province, content):
    report = await import_stores(tools, content, None, dry_run=False)
    assert report.faults
    assert not report.written


def moved(code: str, region: str) -> str:
    return f"{code},改名店,营业厅,{region}\n"


async def test_a_store_that_moves_keeps_its_place_in_rounds_that_are_over(tools, province):
    await run("UPDATE round SET state = 'locked'")
    sheet = SHEET.splitlines(keepends=True)[0] + moved(HALL, QINZHOU)
    await import_stores(tools, sheet.encode(), None, dry_run=False)
    assert (await org.stores_by_code())[HALL].region_path == REGION_PATHS[QINZHOU]
    (kept,) = await run("SELECT store, region_path FROM round_place")
    assert kept == {"store": store_id(HALL), "region_path": REGION_PATHS[CHENGGUAN]}
    (event,) = await audit.events_of("store", store_id(HALL))
    assert (event.action, msgspec.json.decode(event.body)) == (
        "store.move",
        {"code": HALL, "changes": {"region": [CHENGGUAN, QINZHOU]}},
    )


async def test_nothing_is_imported_into_a_closed_region_and_what_is_there_stays(tools, province):
    await run("UPDATE region SET state = 'closed' WHERE code = ?", QINZHOU)
    head = SHEET.splitlines(keepends=True)[0]
    stays = f"{QINZHOU_CLUB},改名俱乐部,客户俱乐部,{QINZHOU}\n"
    sheet = head + moved("NEW1", QINZHOU) + moved(HALL, QINZHOU) + stays
    report = await import_stores(tools, sheet.encode(), None, dry_run=True)
    assert [(f.pointer, f.code) for f in report.faults] == [
        ("/2/region", "sheet.region_closed"),
        ("/3/region", "sheet.region_closed"),
    ]
    report = await import_stores(tools, (head + stays).encode(), None, dry_run=False)
    assert report.updated == 1


async def test_a_store_without_a_history_moves(tools, province):
    await import_stores(tools, SHEET.encode(), None, dry_run=False)
    sheet = SHEET.splitlines(keepends=True)[0] + moved("NEW1", QINZHOU)
    report = await import_stores(tools, sheet.encode(), None, dry_run=False)
    assert (report.updated, report.faults) == (1, ())
    assert (await org.stores_by_code())["NEW1"].region_path == REGION_PATHS[QINZHOU]


async def test_a_store_with_a_history_is_changed_where_it_stands(tools, province):
    sheet = SHEET.splitlines(keepends=True)[0] + moved(HALL, CHENGGUAN)
    report = await import_stores(tools, sheet.encode(), None, dry_run=False)
    assert (report.updated, report.faults) == (1, ())


async def test_a_file_too_large_is_refused(tools, province):
    report = await import_stores(tools, b"x" * (8 * 1024 * 1024 + 1), None, dry_run=False)
    assert report.faults[0].code == "sheet.too_large"


async def test_an_import_is_in_the_log(tools, province):
    await import_stores(tools, SHEET.encode(), None, dry_run=False)
    (event,) = await audit.events_of("store", "")
    assert (event.action, event.body) == ("store.import", '{"added":1,"unchanged":0,"updated":0}')


async def test_imports_of_a_new_store_at_once_keep_one(tools, province):
    reports = await asyncio.gather(
        *(import_stores(tools, SHEET.encode(), None, dry_run=False) for _ in range(6))
    )
    assert sum(report.added for report in reports) == 1
    assert sum(report.unchanged for report in reports) == 5


async def test_an_import_always_overtaken_is_told_to_come_again(tools, province, monkeypatch):
    async def overtaken(*_, **__):
        raise UniqueBroken(SHEET)

    monkeypatch.setattr(store_loading, "_import", overtaken)
    with pytest.raises(StoreBusy):
        await import_stores(tools, SHEET.encode(), None, dry_run=False)
