"""Rubrics and filled-in sheets for tests: everything passes but what a test names."""

from pathlib import Path

from inspection.domain.rubrics.rubric import Rubric
from inspection.domain.rubrics.rubric_reader import read
from inspection.domain.scoring.answers import Answer, Answers
from tests.habits.tree import ROOT

MINI_FILE = Path(__file__).with_name("mini.toml")
PHOTO = "a" * 64


def rubric_in(path: Path) -> Rubric:
    """The rubric of a file that must be right."""
    reading = read(path.read_bytes())
    assert reading.rubric is not None, reading.faults
    return reading.rubric


KC = rubric_in(ROOT / "scorecards/KC.toml")
KH = rubric_in(ROOT / "scorecards/KH.toml")
MINI = rubric_in(MINI_FILE)


def loss(item: str, **finding) -> Answer:
    """A loss with all the evidence anybody could ask for."""
    return Answer(item=item, verdict="loss", **{"photos": (PHOTO,), "note": "所见", **finding})


def passed(rubric: Rubric, code: str) -> Answer:
    """Full marks; a measurement is measured and an info item is noted."""
    item = rubric.item(code)
    assert item is not None
    kind = type(item.rule).__name__
    extra = {"Meas": {"measured": "0"}, "Info": {"note": "所见", "photos": (PHOTO,)}}
    return Answer(item=code, verdict="pass", **extra.get(kind, {}))


def not_applicable(item: str) -> Answer:
    """N/A with a reason."""
    return Answer(item=item, verdict="na", reason="本店没有")


def unseen(item: str) -> Answer:
    """Not observed, with a reason."""
    return Answer(item=item, verdict="not_observed", reason="当时没有客户投诉")


def sheet(rubric: Rubric, *findings: Answer, bonuses: tuple[str, ...] = ()) -> Answers:
    """A whole sheet: the findings given, everything else passed."""
    given = {answer.item: answer for answer in findings}
    answers = (given.get(item.code) or passed(rubric, item.code) for item in rubric.items())
    return Answers(tuple(answers), bonuses)


GOLDEN_REPLAY = sheet(
    KC,
    loss("KC-V-06", count=1),
    loss("KC-F-01", option="not_provided"),
    loss("KC-F-02", option="not_provided"),
    loss("KC-F-03", option="not_provided"),
    loss("KC-M-01", count=1),
    loss("KC-M-02", count=1),
)
"""The customer-club scorecard of year-end 2010: 89.5."""
