"""Comparing rubrics: what is new, gone, elsewhere or different, matched by code."""

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspection.domain.rubrics.rubric_comparison import Change, compare
from inspection.domain.rubrics.rubric_order import out_of_order
from inspection.domain.rubrics.rubric_writer import document_of
from tests.domain.any_rubric import DOCUMENTS
from tests.domain.sheets import KC, KH, MINI


@pytest.fixture
def document():
    """The club rubric, to change."""
    return copy.deepcopy(document_of(KC))


def against_kc(document):
    return compare(document_of(KC), document)


def items_of(document, section):
    return document["sections"][section]["items"]


def test_a_rubric_is_no_different_from_itself():
    assert compare(document_of(KC), document_of(KC)).same


def test_a_reworded_item_shows_both_wordings(document):
    items_of(document, 2)[0]["title"]["zh"] = "手机加油站可用"
    found = against_kc(document)
    (item,) = found.items
    assert (item.code, item.changed, item.moved, found.count("changed")) == (
        "KC-F-01",
        True,
        False,
        1,
    )
    assert item.changes == (Change("title/zh", KC.item("KC-F-01").title.zh, "手机加油站可用"),)
    assert found.sections == ()
    assert (found.old_full, found.new_full) == (10000, 10000)


def test_a_new_reason_is_counted(document):
    items_of(document, 2)[0]["rule"]["options"].append(
        {"code": "cable_missing", "loss": "1.5", "text": {"zh": "缺线", "en": "No cable"}}
    )
    del items_of(document, 2)[1]["rule"]["options"][0]
    found = against_kc(document)
    assert (found.reasons_added, found.reasons_removed) == (1, 1)
    assert Change("rule/options/cable_missing/loss", None, "1.5") in found.items[0].changes


def test_items_come_and_go(document):
    gone = items_of(document, 0).pop(0)
    items_of(document, 6).append({**gone, "code": "KC-D-09"})
    found = against_kc(document)
    assert [(item.code, item.added, item.removed) for item in found.items] == [
        ("KC-D-09", True, False),
        ("KC-E-01", False, True),
    ]
    added, removed = found.items
    assert (added.old_full, added.new_full, added.is_in) == (None, 300, "KC-D")
    assert (removed.old_full, removed.new_full, removed.was_in) == (300, None, "KC-E")
    assert removed.title == KC.item("KC-E-01").title


def test_an_item_in_another_section_moved(document):
    items_of(document, 1).insert(0, items_of(document, 0).pop(3))
    (item,) = against_kc(document).items
    assert (item.moved, item.changed, item.was_in, item.is_in) == (True, False, "KC-E", "KC-V")


def test_of_an_item_put_first_the_others_stayed(document):
    items = items_of(document, 2)
    items.insert(0, items.pop(4))
    assert [item.code for item in against_kc(document).items] == ["KC-F-05"]


def test_sections_move_change_and_go(document):
    sections = document["sections"]
    sections.insert(0, sections.pop(3))
    sections[1]["full"] = "21"
    del sections[6]
    found = against_kc(document)
    assert [(s.code, s.moved, s.removed, s.changed) for s in found.sections] == [
        ("KC-M", True, False, False),
        ("KC-E", False, False, True),
        ("KC-D", False, True, False),
    ]
    assert found.count("removed") == 5


def test_the_card_itself_may_differ(document):
    document["pass_line"] = "70"
    document["bands"][0]["floor"] = "95"
    assert against_kc(document).card == (
        Change("pass_line", "60", "70"),
        Change("bands/excellent/floor", "90", "95"),
    )


def test_what_has_no_code_is_compared_by_its_place(document):
    del items_of(document, 0)[0]["code"]
    items_of(document, 0)[1]["code"] = "KC-E-03"
    found = against_kc(document)
    assert {item.code for item in found.items if item.added} == {"#1", "KC-E-03"}


def test_two_rubrics_of_different_codes_share_nothing():
    found = compare(document_of(KC), document_of(KH))
    assert found.count("removed") == 37
    assert found.count("added") == 41
    assert found.count("changed") == 0


@given(DOCUMENTS, DOCUMENTS)
def test_any_two_drafts_are_compared(old, new):
    assert compare(old, old).same
    compare(old, new)
    compare(document_of(MINI), new)


@given(st.permutations(range(7)))
def test_as_few_as_needed_are_out_of_order(order):
    names = [str(number) for number in order]
    moved = out_of_order(names, {str(number): number for number in range(7)})
    stayed = [number for number in order if str(number) not in moved]
    assert stayed == sorted(stayed)
    assert bool(moved) == (order != sorted(order))


def test_one_moved_to_the_end_moved_alone():
    assert out_of_order("bcda", {"a": 0, "b": 1, "c": 2, "d": 3}) == {"a"}
    assert out_of_order("", {}) == set()
