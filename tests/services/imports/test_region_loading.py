import asyncio

import pytest

from inspection.domain.refusals import StoreBusy
from inspection.persistence.audit import audit
from inspection.persistence.engines.integrity import UniqueBroken
from inspection.persistence.org import org
from inspection.services.imports import region_loading
from inspection.services.imports.region_loading import import_regions

HEAD = "level,code,parent,name_zh,name_en\n"
SHEET = HEAD + (
    "county,620102,620100,城关区,Chengguan\nbranch,620100,620000,兰州,Lanzhou\n"
    "province,620000,,甘肃,Gansu\n"
)


@pytest.fixture
async def loaded(database, tools):
    return await import_regions(tools, SHEET.encode(), None)


async def test_a_tree_is_kept_with_its_paths(loaded):
    assert (loaded.added, loaded.written) == (3, True)
    paths = {code: region.path for code, region in (await org.list_regions()).items()}
    assert paths["620102"] == "/620000/620100/620102/"
    assert paths["620100"] == "/620000/620100/"


async def test_a_kept_region_changes_its_names_only(tools, loaded):
    before = await org.list_regions()
    sheet = HEAD + "branch,620100,620000,兰州市,Lanzhou City\nprovince,620000,,甘肃,Gansu\n"
    report = await import_regions(tools, sheet.encode(), None)
    after = await org.list_regions()
    assert (report.added, report.updated, report.unchanged) == (0, 1, 1)
    assert (after["620100"].id, after["620100"].path) == (
        before["620100"].id,
        before["620100"].path,
    )
    assert after["620100"].name_zh == "兰州市"


async def test_a_county_may_join_a_branch_that_is_kept(tools, loaded):
    sheet = HEAD + "county,620105,620100,安宁区,Anning\n"
    await import_regions(tools, sheet.encode(), None)
    assert (await org.list_regions())["620105"].path == "/620000/620100/620105/"


async def test_one_bad_row_keeps_all_out(tools, loaded):
    sheet = HEAD + "county,620105,620100,安宁区,Anning\ncounty,620106,999,某区,Nowhere\n"
    report = await import_regions(tools, sheet.encode(), None)
    assert [(f.pointer, f.code) for f in report.faults] == [("/3/parent", "sheet.parent_unknown")]
    assert "620105" not in await org.list_regions()


async def test_an_import_is_in_the_log(loaded):
    (event,) = await audit.events_of("region", "")
    assert (event.action, event.body) == ("region.import", '{"added":3,"unchanged":0,"updated":0}')


async def test_first_imports_at_once_are_one_tree(database, tools):
    reports = await asyncio.gather(*(import_regions(tools, SHEET.encode(), None) for _ in range(6)))
    assert sorted((report.added, report.unchanged) for report in reports) == [*[(0, 3)] * 5, (3, 0)]
    assert len(await org.list_regions()) == 3


async def test_an_import_always_overtaken_is_told_to_come_again(database, tools, monkeypatch):
    async def overtaken(*_, **__):
        raise UniqueBroken(SHEET)

    monkeypatch.setattr(region_loading, "_import", overtaken)
    with pytest.raises(StoreBusy):
        await import_regions(tools, SHEET.encode(), None)
