"""Whatever a file or a sheet of answers says, it is judged and never breaks the judge."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspection.domain.rubrics.rubric_digest import canonical, restore
from inspection.domain.rubrics.rubric_reader import read
from inspection.domain.scoring.answer_checks import MOST_OCCURRENCES, faults
from inspection.domain.scoring.answers import Answer
from inspection.domain.scoring.scoring import score
from inspection.wording import Language, catalogue
from tests.domain.sheets import KC, MINI, MINI_FILE, sheet

LINES = MINI_FILE.read_text(encoding="utf-8").splitlines(keepends=True)
WORDS = [
    '"',
    "[",
    "]",
    "{",
    "}",
    "=",
    ",",
    "#",
    "true",
    "1",
    '""',
    '"-1"',
    '"1e9"',
    "[]",
    "{}",
    "'''",
    "\n",
]


@st.composite
def damaged_files(draw):
    """The small rubric with some lines lost, doubled or spoilt."""
    lines = list(LINES)
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(lines) - 1))
        match draw(st.sampled_from(["lose", "double", "spoil", "value"])):
            case "lose":
                del lines[at]
            case "double":
                lines.insert(at, lines[at])
            case "spoil":
                cut = draw(st.integers(0, len(lines[at])))
                lines[at] = lines[at][:cut] + draw(st.sampled_from(WORDS)) + lines[at][cut:]
            case "value":
                key, equals, _ = lines[at].partition("=")
                if equals:
                    lines[at] = f"{key}= {draw(st.sampled_from(WORDS))}\n"
    return "".join(lines)


@given(damaged_files())
def test_a_damaged_file_gives_a_rubric_or_faults_with_sentences(text):
    reading = read(text.encode())
    assert (reading.rubric is None) == bool(reading.faults)
    for fault in reading.faults:
        assert 1 <= fault.line <= text.count("\n") + 1
        assert catalogue(Language.ZH)[fault.code].format(**fault.facts)
    if reading.rubric is not None:
        assert restore(canonical(reading.rubric)) == reading.rubric


@given(st.binary(max_size=200))
def test_any_bytes_are_judged(content):
    assert read(content).rubric is None


def any_answer(rubric):
    """An answer of the right form that need not fit."""
    items = [item.code for item in rubric.items()]
    texts = st.sampled_from(["", "x", "所见", "8.01", "NaN", "missing", "smile", "not_provided"])
    return st.builds(
        Answer,
        item=st.sampled_from(items),
        verdict=st.sampled_from(["pass", "loss", "na", "not_observed"]),
        option=st.none() | texts,
        count=st.none() | st.integers(-3, MOST_OCCURRENCES + 3),
        ticks=st.lists(texts, max_size=2).map(tuple),
        measured=st.none() | texts,
        veto=st.booleans(),
        note=texts,
        reason=texts,
        photos=st.lists(st.sampled_from(["a" * 64, "b" * 64, "c"]), max_size=2).map(tuple),
        corrected_on_spot=st.booleans(),
    )


@pytest.mark.parametrize("rubric", [KC, MINI], ids=["KC", "MINI"])
@given(data=st.data())
def test_an_answer_without_faults_can_be_scored_and_others_are_named(rubric, data):
    answer = data.draw(any_answer(rubric))
    answers = sheet(rubric, answer)
    features = rubric.features()
    found = faults(rubric, answers, features)
    for fault in found:
        assert catalogue(Language.EN)[fault.code].format(**fault.facts)
    if not found:
        card = score(rubric, answers, features)
        assert msgspec.json.decode(msgspec.json.encode(card), type=type(card)) == card
