"""A rubric file gives a rubric, or every fault in it with its place and its line."""

import tomllib

import pytest

from inspection.domain.rubrics.rubric_reader import LARGEST_FILE, read
from inspection.wording import LOCALE, Language, catalogue
from tests.domain.rubrics.mistaken_rubrics import GOOD, MISTAKES, A


def changed(old: str, new: str) -> str:
    """The good file with the first place of `old` written otherwise."""
    assert old in GOOD, f"the file has no {old!r}"
    return GOOD.replace(old, new, 1)


def faults(text: str):
    """The faults of a text, as code and place."""
    reading = read(text.encode())
    assert (reading.rubric is None) == bool(reading.faults)
    return [(fault.code.removeprefix("rubric."), fault.place) for fault in reading.faults]


@pytest.mark.parametrize(("old", "new", "expected"), MISTAKES)
def test_a_mistake_is_named_with_its_place(old, new, expected):
    assert sorted(faults(changed(old, new))) == sorted(expected)


@pytest.mark.parametrize(("old", "new", "expected"), MISTAKES)
@pytest.mark.parametrize("language", Language)
def test_every_fault_has_a_sentence_whose_facts_are_there(old, new, expected, language):
    for fault in read(changed(old, new).encode()).faults:
        assert catalogue(language)[fault.code].format(**fault.facts)


def test_the_line_is_the_line_of_the_value():
    text = changed('{ code = "missing", loss = "20"', '{ code = "missing", loss = "21"')
    (fault,) = read(text.encode()).faults
    assert text.splitlines()[fault.line - 1].strip().startswith('{ code = "missing"')


def test_a_missing_field_points_at_the_table_that_lacks_it():
    text = changed('severity = "major"\n', "")
    (fault,) = read(text.encode()).faults
    lines = text.splitlines()
    assert (fault.code, lines[fault.line - 1]) == ("rubric.field_missing", "[[sections.items]]")
    assert lines[fault.line] == 'code = "MINI-A-01"'


def test_all_mistakes_are_named_at_once_in_the_order_of_the_file():
    text = GOOD
    for old, new in (
        ('edition = "1"\n', ""),
        ('title.en = "Sign"\n', ""),
        ('rule.each = "4"', 'rule.each = "11"'),
        ("hours = 12", "hours = 0"),
        ('floor = "80"', 'floor = "85"'),
    ):
        text = text.replace(old, new, 1)
    found = read(text.encode()).faults
    assert len(found) == 5
    assert [fault.line for fault in found] == sorted(fault.line for fault in found)


def test_a_value_that_cannot_be_read_causes_no_second_complaint():
    text = GOOD.replace('full = "60"', 'full = "x"').replace('full = "20"', 'full = "y"', 1)
    assert faults(text) == [
        ("points_malformed", "sections[0].full"),
        ("points_malformed", f"{A}[0].full"),
    ]


@pytest.mark.parametrize("language", Language)
def test_every_fault_that_is_worded_is_provoked_here(language):
    provoked = {code for *_, expected in MISTAKES for code, _ in expected}
    provoked |= {"file_too_large", "not_utf8", "too_deep", "toml_broken", "toml_broken_at_end"}
    text = (LOCALE / language.folder / "rubric.toml").read_text(encoding="utf-8")
    assert set(tomllib.loads(text)["rubric"]) == provoked


@pytest.mark.parametrize(
    ("content", "code", "line", "column"),
    [
        (b'a = "1"\nb = = 2\n', "rubric.toml_broken", 2, 5),
        (b'a = "1"\r\n\r\nb = ]\r\n', "rubric.toml_broken", 3, 5),
        (b"a = '''", "rubric.toml_broken_at_end", 1, None),
        (b"a = 1\nb = '\xff'\n", "rubric.not_utf8", 2, None),
        (b"a = " + b"[" * 5000, "rubric.too_deep", 1, None),
        (b"#" * (LARGEST_FILE + 1), "rubric.file_too_large", 1, None),
    ],
)
def test_a_file_that_is_no_toml_says_where(content, code, line, column):
    (fault,) = read(content).faults
    assert (fault.code, fault.line, fault.column, fault.place) == (code, line, column, "")
    assert catalogue(Language.ZH)[code].format(**fault.facts)


def test_an_empty_file_lacks_everything():
    found = faults("")
    assert {code for code, _ in found} == {"field_missing"}
    assert ("field_missing", "sections") in found


@pytest.mark.parametrize(
    "rewrite", [lambda text: "\ufeff" + text, lambda text: text.replace("\n", "\r\n")]
)
def test_marks_and_line_ends_of_other_systems_are_welcome(rewrite):
    assert read(rewrite(GOOD).encode()).rubric == read(GOOD.encode()).rubric


@pytest.mark.parametrize("optional", ["pass_line", "bonuses"])
def test_a_card_may_do_without(optional):
    lines = GOOD.splitlines(keepends=True)
    start = next(n for n, line in enumerate(lines) if line.startswith(optional))
    end = start + (4 if optional == "bonuses" else 1)
    reading = read("".join(lines[:start] + lines[end:]).encode())
    assert reading.faults == ()
    assert not getattr(reading.rubric, optional)


def test_a_critical_item_may_zero_the_card():
    text = GOOD.replace(
        'critical.effect = "cap"\ncritical.cap = "59"', 'critical.effect = "total_zero"'
    )
    assert read(text.encode()).faults == ()


def test_an_over_allocated_section_may_hold_more_marks():
    text = GOOD.replace('full = "60"', 'full = "40"\nover_allocated = true')
    assert faults(text) == [("sections_do_not_add_up", "full")]
