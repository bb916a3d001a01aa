"""A draft's document: its faults with their places, its sums while it is unfinished."""

import copy

import pytest
from hypothesis import given

from inspection.domain.refusals import MoveRefused
from inspection.domain.rubrics.rubric_document import (
    DraftFault,
    SectionSum,
    check_document,
    slashed,
    sums,
)
from inspection.domain.rubrics.rubric_draft import MOVES, DraftMove, DraftState, allowed, move
from inspection.domain.rubrics.rubric_leaves import MOST_CHANGES, changed_leaves
from inspection.domain.rubrics.rubric_writer import document_of
from inspection.wording import Language, catalogue
from tests.domain.any_rubric import DOCUMENTS
from tests.domain.sheets import KC, MINI


def changed(path, value, rubric=KC):
    """The document of a rubric with one value changed."""
    document = copy.deepcopy(document_of(rubric))
    *above, last = path
    inner = document
    for part in above:
        inner = inner[part]
    inner[last] = value
    return document


def test_a_document_without_a_fault_is_a_rubric():
    checked = check_document(document_of(KC))
    assert (checked.rubric, checked.faults) == (KC, ())
    assert (checked.sums.full, checked.sums.sections_together) == (10000, 10000)
    assert checked.sums.items_together == 10000
    assert checked.sums.sections[2] == SectionSum(
        path="sections/2", code="KC-F", full=2100, together=2100, items=9
    )


def test_a_fault_leads_to_its_place():
    checked = check_document(changed(("sections", 2, "items", 1, "full"), "4"))
    assert [(fault.path, fault.code) for fault in checked.faults] == [
        ("sections/2/full", "rubric.section_does_not_add_up"),
        ("sections/2/items/1/rule", "rubric.worst_below_marks"),
    ]
    assert checked.rubric is None
    assert checked.sums.sections[2].together == 2300


def test_faults_come_in_the_order_of_the_document():
    document = document_of(KC)
    document["sections"][0]["items"] = [{}] * 12
    found = check_document(document).faults
    places = [int(fault.path.split("/")[3]) for fault in found if "/items/" in fault.path]
    assert places == sorted(places)
    assert places[-1] == 11


def test_names_no_column_holds_are_faults():
    (fault,) = check_document(changed(("edition",), "2" * 41)).faults
    assert fault == DraftFault("edition", "rubric.name_too_long", {"length": "41", "most": "40"})


def test_sums_count_what_there_is():
    document = {
        "full": "x",
        "sections": [{"full": "10", "items": [{"full": "3"}, {"full": ""}, 7]}, "x", {"full": 5}],
    }
    found = sums(document)
    assert (found.full, found.sections_together, found.items_together) == (None, 1000, 300)
    assert [(each.full, each.together, each.items) for each in found.sections] == [
        (1000, 300, 3),
        (None, 0, 0),
        (None, 0, 0),
    ]
    assert sums({"sections": "none"}).sections == ()


@given(DOCUMENTS)
def test_any_document_is_judged_in_words(document):
    checked = check_document(document)
    assert checked.faults
    for fault in checked.faults:
        assert catalogue(Language.EN)[fault.code].format(**fault.facts)


def test_a_path_with_odd_names_stays_readable():
    assert slashed(("a/b", 0, "c~d")) == "a~1b/0/c~0d"


def test_changes_are_named_by_code_and_say_old_and_new():
    after = changed(("sections", 2, "items", 0, "full"), "4")
    after["sections"].reverse()
    after["sections"].append({"title": {"zh": "新"}})
    assert changed_leaves(document_of(KC), after) == {
        "sections/KC-F/items/KC-F-01/full": ["3", "4"],
        "sections/7/title/zh": [None, "新"],
    }


def test_a_change_of_everything_is_cut_at_what_the_log_takes():
    assert len(changed_leaves(document_of(KC), document_of(MINI))) == MOST_CHANGES


@pytest.mark.parametrize("state", DraftState)
@pytest.mark.parametrize("wanted", DraftMove)
def test_only_the_moves_of_the_table_are_made(state, wanted):
    if allowed(state, wanted):
        assert move(state, wanted) is MOVES[state, wanted]
    else:
        with pytest.raises(MoveRefused):
            move(state, wanted)
