"""Faults compare by what they say; a place nobody can name reaches nobody."""

from inspection.domain.access import AccountId, Action, Actor, Place, Role, may
from inspection.domain.org.region_sheet import read_region_sheet
from inspection.domain.refusals import Fault
from tests.sheet_texts import text_of

MANAGER = Actor(
    account=AccountId("1"), role=Role.REGIONAL_MANAGER, name="王", region_path="/62/6201/"
)


def test_a_place_without_a_region_is_out_of_a_managers_reach():
    assert not may(MANAGER, Action.NOTICE_READ, Place(inspector=AccountId("2")))
    assert may(MANAGER, Action.NOTICE_READ, Place(region_path="/62/6201/620102/"))


def test_faults_are_equal_when_they_say_the_same():
    one, same = Fault("/a", "x.y", n=1), Fault("/a", "x.y", n=1)
    assert one == same
    assert len({one, same, Fault("/b", "x.y", n=1)}) == 2
    assert repr(one) == "Fault('/a', 'x.y', {'n': 1})"


def test_a_region_without_a_code_is_named():
    sheet = read_region_sheet(
        text_of("level,code,parent,name_zh,name_en\nprovince,,,甘肃,Gansu\n".encode()), {}
    )
    assert ("/2/code", "sheet.cell_empty") in [(f.pointer, f.code) for f in sheet.faults]
