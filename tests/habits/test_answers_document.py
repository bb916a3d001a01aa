"""What docs/answers.md says about answers is what the code takes."""

import json
import re

from inspection.domain.rubrics.rubric import STORE_FEATURES
from inspection.domain.scoring.answers import Answer, AnswerFile
from inspection.domain.scoring.scorecard import Scorecard
from tests.habits.tree import ROOT

TEXT = (ROOT / "docs/answers.md").read_text(encoding="utf-8")


def chapter(title):
    """The text below one heading."""
    return TEXT.split(f"## {title}\n")[1].split("\n## ")[0]


def first_column(title):
    """The names in the first column of a chapter's table."""
    rows = re.findall(r"^\| (`.*?) \|", chapter(title), re.MULTILINE)
    return [name for row in rows for name in re.findall(r"`([a-z_]+)`", row)]


def test_every_field_of_the_file_is_described():
    assert first_column("The file") == list(AnswerFile.__struct_fields__)


def test_every_field_of_an_answer_is_described():
    assert set(first_column("One answer")) == set(Answer.__struct_fields__)


def test_every_feature_is_named():
    assert set(re.findall(r"`([a-z_]+)`", chapter("The file"))) >= STORE_FEATURES


def test_every_field_of_the_card_it_describes_is_there():
    described = [
        name for name in first_column("The card as JSON") if name in Scorecard.__struct_fields__
    ]
    unnamed = set(Scorecard.__struct_fields__) - set(described)
    assert unnamed == {"full", "rubric_code", "critical_items", "major_losses"}


def test_the_examples_are_answers():
    lines = chapter("One answer").split("```json\n")[1].split("```")[0].splitlines()
    assert len(lines) == 6
    assert all(set(json.loads(line)) <= set(Answer.__struct_fields__) for line in lines)
