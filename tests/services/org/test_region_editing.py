"""Regions created, renamed, moved, closed and opened again: who may, what is refused and logged."""

import asyncio

import msgspec
import pytest

from inspection.domain.org.region import NewRegion, RegionNames
from inspection.domain.refusals import (
    NotAllowed,
    NotFound,
    RegionChanged,
    RegionInUse,
    RegionRefused,
)
from inspection.domain.version import version_of
from inspection.persistence.audit import audit
from inspection.persistence.org import kept_regions
from inspection.persistence.org.kept_regions import KeptRegion
from inspection.persistence.statements import run
from inspection.services.org.region_editing import (
    close_region,
    create_region,
    move_region,
    rename_region,
    reopen_region,
)
from tests.cast import (
    ANNING,
    ANNING_HALL,
    CHENGGUAN,
    CLUB,
    GUO,
    LANZHOU,
    PROVINCE,
    QINZHOU,
    REGION_PATHS,
    TIANSHUI,
    WANG,
    Person,
    region_id,
    store_id,
)
from tests.makers import an_account

NAMES = RegionNames(name_zh="七里河区", name_en="Qilihe")
QILIHE = NewRegion(code="620103", parent=LANZHOU, names=NAMES)
TIANSHUI_ADMIN = msgspec.structs.replace(GUO.actor, region_path=REGION_PATHS[TIANSHUI])
WHY = " 撤并 "
MOVED = f"{REGION_PATHS[TIANSHUI]}{CHENGGUAN}/"


async def kept(code: str) -> KeptRegion:
    found = await kept_regions.find_kept(code)
    assert found is not None
    return found


async def version(code: str) -> str:
    return version_of(await kept(code))


async def events(code: str) -> list[tuple[str, dict]]:
    found = await audit.events_of("region", (await kept(code)).id)
    return [(event.action, msgspec.json.decode(event.body)["changes"]) for event in found]


async def faults(doing) -> list[tuple[str, str]]:
    with pytest.raises(RegionRefused) as refused:
        await doing
    return [(fault.pointer, fault.code) for fault in refused.value.faults]


async def test_the_level_of_a_new_region_follows_from_its_parent(province):
    await create_region(province, GUO.actor, QILIHE)
    await create_region(province, GUO.actor, NewRegion(code="620700", parent=PROVINCE, names=NAMES))
    assert (await kept("620103")).level == "county"
    assert (await kept("620103")).path == f"{REGION_PATHS[LANZHOU]}620103/"
    assert (await kept("620700")).level == "branch"
    assert await events("620103") == [
        (
            "region.create",
            {
                "level": [None, "county"],
                "code": [None, "620103"],
                "name_zh": [None, "七里河区"],
                "name_en": [None, "Qilihe"],
                "path": [None, f"{REGION_PATHS[LANZHOU]}620103/"],
                "state": [None, "open"],
            },
        )
    ]


async def test_nothing_hangs_below_a_county(province):
    new = NewRegion(code="620103", parent=CHENGGUAN, names=NAMES)
    assert await faults(create_region(province, GUO.actor, new)) == [
        ("/parent", "region.parent_wrong")
    ]


async def test_everything_wrong_with_a_new_region_is_named_at_once(province):
    names = RegionNames(name_zh="", name_en="\u202e" + "x" * 120)
    new = NewRegion(code="七里河", parent=LANZHOU, names=names)
    assert await faults(create_region(province, GUO.actor, new)) == [
        ("/code", "sheet.region_code_form"),
        ("/name_zh", "sheet.cell_empty"),
        ("/name_en", "body.text_too_long"),
        ("/name_en", "sheet.characters"),
    ]


@pytest.mark.parametrize("code", ["abc", "62010", "6201030", "62-103"])
async def test_a_code_below_an_administrative_code_is_one_too(province, code):
    new = NewRegion(code=code, parent=LANZHOU, names=NAMES)
    assert await faults(create_region(province, GUO.actor, new)) == [
        ("/code", "region.code_digits")
    ]


@pytest.mark.parametrize(
    ("reason", "code"), [(" ", "store.reason_missing"), ("x" * 241, "body.text_too_long")]
)
async def test_a_region_closes_for_a_reason(province, reason, code):
    doing = close_region(province, GUO.actor, ANNING, reason, await version(ANNING))
    assert await faults(doing) == [("/reason", code)]


async def test_a_code_is_given_once(province):
    both = await asyncio.gather(
        *(create_region(province, GUO.actor, QILIHE) for _ in range(3)), return_exceptions=True
    )
    assert both.count("620103") == 1
    again = create_region(province, GUO.actor, QILIHE)
    assert await faults(again) == [("/code", "region.code_taken")]


async def test_only_administrators_change_regions_and_only_their_own(province):
    with pytest.raises(NotAllowed):
        await rename_region(province, WANG.actor, LANZHOU, NAMES, await version(LANZHOU))
    with pytest.raises(NotFound):
        await rename_region(province, TIANSHUI_ADMIN, LANZHOU, NAMES, await version(LANZHOU))
    with pytest.raises(NotFound):
        await create_region(province, TIANSHUI_ADMIN, QILIHE)
    with pytest.raises(NotFound):
        await close_region(province, GUO.actor, "999999", WHY, "")
    assert await faults(
        move_region(province, TIANSHUI_ADMIN, QINZHOU, LANZHOU, await version(QINZHOU))
    ) == [("/parent", "region.parent_wrong")]


async def test_a_region_is_renamed_and_the_log_has_both_names(province):
    await rename_region(province, GUO.actor, CHENGGUAN, NAMES, await version(CHENGGUAN))
    await rename_region(province, GUO.actor, CHENGGUAN, NAMES, await version(CHENGGUAN))
    assert await events(CHENGGUAN) == [
        (
            "region.rename",
            {"name_zh": ["城关区", "七里河区"], "name_en": ["Chengguan", "Qilihe"]},
        )
    ]


async def test_a_change_made_in_between_is_not_overwritten(province):
    seen = await version(CHENGGUAN)
    await rename_region(province, GUO.actor, CHENGGUAN, NAMES, seen)
    other = RegionNames(name_zh="别名", name_en="Other")
    with pytest.raises(RegionChanged):
        await rename_region(province, GUO.actor, CHENGGUAN, other, seen)
    assert (await kept(CHENGGUAN)).name_zh == "七里河区"


async def test_everything_below_a_moved_county_follows(province):
    county = Person(sign_in="he", name="何江", role=WANG.role, region=CHENGGUAN)
    await an_account(province, county)
    await move_region(province, GUO.actor, CHENGGUAN, TIANSHUI, await version(CHENGGUAN))
    found = await kept(CHENGGUAN)
    assert (found.path, found.parent) == (MOVED, region_id(TIANSHUI))
    (store,) = await run("SELECT region_path FROM store WHERE id = ?", store_id(CLUB))
    (account,) = await run("SELECT region_path FROM account WHERE id = ?", county.account)
    assert (store["region_path"], account["region_path"]) == (MOVED, MOVED)
    assert await events(CHENGGUAN) == [("region.move", {"path": [REGION_PATHS[CHENGGUAN], MOVED]})]


async def test_moving_to_where_it_is_changes_nothing(province):
    await move_region(province, GUO.actor, CHENGGUAN, LANZHOU, await version(CHENGGUAN))
    assert await events(CHENGGUAN) == []


@pytest.mark.parametrize(
    ("region", "parent"),
    [(CHENGGUAN, PROVINCE), (CHENGGUAN, ANNING), (LANZHOU, TIANSHUI), (CHENGGUAN, "999999")],
)
async def test_only_a_county_moves_and_only_below_a_branch(province, region, parent):
    doing = move_region(province, GUO.actor, region, parent, await version(region))
    assert await faults(doing) == [("/parent", "region.parent_wrong")]


async def test_a_region_in_use_does_not_close(province):
    with pytest.raises(RegionInUse) as refused:
        await close_region(province, GUO.actor, LANZHOU, WHY, await version(LANZHOU))
    assert refused.value.facts == {"stores": 3, "regions": 2}


async def test_an_empty_region_closes_once_and_opens_again(province):
    await run("UPDATE store SET state = 'closed' WHERE id = ?", store_id(ANNING_HALL))
    seen = await version(ANNING)
    await close_region(province, GUO.actor, ANNING, WHY, seen)
    await close_region(province, GUO.actor, ANNING, WHY, seen)
    assert (await kept(ANNING)).state == "closed"
    seen = await version(ANNING)
    await reopen_region(province, GUO.actor, ANNING, seen)
    await reopen_region(province, GUO.actor, ANNING, seen)
    assert await events(ANNING) == [
        ("region.close", {"state": ["open", "closed"], "close_reason": [None, "撤并"]}),
        ("region.reopen", {"state": ["closed", "open"]}),
    ]


async def test_nothing_is_put_below_a_closed_region(province):
    await run("UPDATE region SET state = 'closed' WHERE code IN (?, ?)", TIANSHUI, QINZHOU)
    closed = [("/parent", "region.parent_closed")]
    new = NewRegion(code="620103", parent=TIANSHUI, names=NAMES)
    assert await faults(create_region(province, GUO.actor, new)) == closed
    seen = await version(CHENGGUAN)
    assert await faults(move_region(province, GUO.actor, CHENGGUAN, TIANSHUI, seen)) == closed
    seen = await version(QINZHOU)
    assert await faults(reopen_region(province, GUO.actor, QINZHOU, seen)) == closed


async def test_a_province_opens_again(province):
    await run("UPDATE region SET state = 'closed' WHERE code = ?", PROVINCE)
    await reopen_region(province, GUO.actor, PROVINCE, await version(PROVINCE))
    assert (await kept(PROVINCE)).state == "open"
