import pytest

from inspection.domain.org.region_sheet import RegionPlace, read_region_sheet
from tests.sheet_texts import text_of

HEAD = "level,code,parent,name_zh,name_en\n"
TREE = "county,620102,620100,城关区,Chengguan\nprovince,620000,,甘肃,Gansu\n"
BRANCH = "branch,620100,620000,兰州,Lanzhou\n"


def faults(rows: str, kept=None) -> list[tuple[str, str]]:
    sheet = read_region_sheet(text_of((HEAD + rows).encode()), kept or {})
    return [(fault.pointer, fault.code) for fault in sheet.faults]


def test_parents_may_follow_their_children_and_come_out_first():
    sheet = read_region_sheet(text_of((HEAD + TREE + BRANCH).encode()), {})
    assert [region.code for region in sheet.regions] == ["620000", "620100", "620102"]


def test_chinese_headings_and_levels_are_read():
    text = "层级,区域编码,上级编码,中文名称,英文名称\n省,620000,,甘肃,Gansu\n"
    (region,) = read_region_sheet(text_of(text.encode("gb18030")), {}).regions
    assert (region.place.level, region.name_zh) == ("province", "甘肃")


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("town,1,620100,镇,Town", ("/5/level", "sheet.level_unknown")),
        ("county,6_2,620100,区,County", ("/5/code", "sheet.region_code_form")),
        (f"county,{'6' * 26},620100,区,County", ("/5/code", "sheet.too_long")),
        ("county,620102,620100,城关,Chengguan", ("/5/code", "sheet.code_twice")),
        ("county,620103,620100,,Qilihe", ("/5/name_zh", "sheet.cell_empty")),
        ("province,630000,620000,青海,Qinghai", ("/5/parent", "sheet.parent_of_province")),
        ("branch,620200,620100,某市,City", ("/5/parent", "sheet.parent_of_branch")),
        ("county,620103,620000,某区,County", ("/5/parent", "sheet.parent_of_county")),
        ("county,620103,999999,某区,County", ("/5/parent", "sheet.parent_unknown")),
        ("county,620103,,某区,County", ("/5/parent", "sheet.cell_empty")),
    ],
)
def test_every_fault_is_named(row, fault):
    assert faults(f"{TREE}{BRANCH}{row}\n") == [fault]


def test_a_kept_region_does_not_move():
    kept = {"620100": RegionPlace(level="branch", parent="630000")}
    assert faults(TREE + BRANCH, kept) == [("/4/code", "sheet.region_moved")]
