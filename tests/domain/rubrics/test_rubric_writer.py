"""Writing a rubric and reading it again is the identity, for every rubric and every draft."""

import tomllib

import pytest
from hypothesis import given

from inspection.domain.rubrics.rubric_digest import canonical, digest
from inspection.domain.rubrics.rubric_document import check_document, tidy
from inspection.domain.rubrics.rubric_reader import read
from inspection.domain.rubrics.rubric_writer import document_of, write
from tests.domain.any_rubric import DOCUMENTS, rubrics
from tests.domain.sheets import KC, KH, MINI, MINI_FILE
from tests.habits.tree import ROOT

FILES = [ROOT / "scorecards/KC.toml", ROOT / "scorecards/KH.toml", MINI_FILE]


@pytest.mark.parametrize("rubric", [KC, KH, MINI], ids=["KC", "KH", "MINI"])
def test_a_written_rubric_reads_as_itself(rubric):
    again = read(write(document_of(rubric)).encode()).rubric
    assert again == rubric
    assert digest(again) == digest(rubric)


@pytest.mark.parametrize("path", FILES, ids=["KC", "KH", "MINI"])
def test_a_rubrics_document_is_what_its_file_parses_to(path):
    document = tomllib.loads(path.read_text(encoding="utf-8"))
    assert document_of(read(path.read_bytes()).rubric) == document
    assert tomllib.loads(write(document)) == document


@given(rubrics())
def test_any_rubric_survives_its_file(rubric):
    document = document_of(rubric)
    reading = read(write(document).encode())
    assert reading.faults == ()
    assert canonical(reading.rubric) == canonical(rubric)
    assert check_document(document).rubric == rubric
    assert document_of(reading.rubric) == document


@given(DOCUMENTS)
def test_any_draft_survives_its_file_and_is_judged_the_same(document):
    text = write(document)
    assert tomllib.loads(text) == document
    read_there = {(fault.code, fault.path) for fault in read(text.encode()).faults}
    judged_here = {fault.code for fault in check_document(document).faults}
    assert {code for code, _ in read_there} == judged_here


def test_what_says_nothing_is_left_out():
    document = {"code": None, "sections": [None, {"code": "A", "key": None}], "full": "1"}
    assert tidy(document) == {"sections": [{"code": "A"}], "full": "1"}
    assert tomllib.loads(write(document)) == {"sections": [{"code": "A"}], "full": "1"}
