"""A rubric file gives a rubric, or every fault in it with its place and its line."""

import tomllib

import pytest

from inspection.domain.rubrics.rubric_reader import LARGEST_FILE, read
from inspection.wording import LOCALE, Language, catalogue
from tests.domain.sheets import MINI_FILE

GOOD = MINI_FILE.read_text(encoding="utf-8")
A = "sections[0].items"
B = "sections[1].items"

# What is written instead of what, and the faults that follow: code and place.
MISTAKES = [
    # --- the fields themselves
    ('full = "60"', 'full = 60', [("kind_wrong", "sections[0].full")]),
    ('full = "60"', 'full = "sixty"', [("points_malformed", "sections[0].full")]),
    ('full = "60"', 'full = "60.005"', [("points_malformed", "sections[0].full")]),
    ('edition = "1"\n', "", [("field_missing", "edition")]),
    ('edition = "1"', 'edition = " "', [("text_empty", "edition")]),
    ('edition = "1"', 'edition = "1\\u0000"', [("text_unprintable", "edition")]),
    ('edition = "1"', f'edition = "{"x" * 301}"', [("text_too_long", "edition")]),
    ('edition = "1"', 'edition = "1"\nsize = 3', [("field_unknown", "size")]),
    ('title.en = "Sign"\n', "", [("translation_missing", f"{A}[0].title.en")]),
    ('title.en = "Sign"', 'title.en = ""', [("text_empty", f"{A}[0].title.en")]),
    ('title.en = "Sign"', 'title.fr = "Enseigne"',
     [("translation_missing", f"{A}[0].title.en"), ("field_unknown", f"{A}[0].title.fr")]),
    ('hours = 48\nsource = "own"\n\n[[sections.items]]\ncode = "MINI-A-02"',
     'hours = true\nsource = "own"\n\n[[sections.items]]\ncode = "MINI-A-02"',
     [("kind_wrong", f"{A}[0].hours")]),
    ('evidence = "none"', 'evidence = "video"', [("word_unknown", f"{A}[2].evidence")]),
    ('rule.kind = "sum"', 'rule.kind = "add"', [("word_unknown", f"{A}[2].rule.kind")]),
    ('rule.kind = "info"', 'rule = "info"', [("kind_wrong", f"{B}[2].rule")]),
    ('rule.kind = "info"', 'rule.kind = "info"\nrule.each = "1"',
     [("field_unknown", f"{B}[2].rule.each")]),
    ('rule.veto_option = { code', 'rule.veto_option = "abuse" # { code',
     [("kind_wrong", f"{B}[1].rule.veto_option")]),
    ('critical.effect = "veto"', 'critical = "veto"', [("kind_wrong", f"{B}[1].critical")]),
    ('loss = "20", veto = true, text = { zh = "未确认"',
     'loss = "20", veto = 1, text = { zh = "未确认"',
     [("kind_wrong", f"{B}[0].rule.options[1].veto")]),
    ('{ code = "PLUS-1", points', '"PLUS-0", { code = "PLUS-1", points',
     [("kind_wrong", "bonuses[0]")]),
    ('code = "MINI"', 'code = "mini"', [("code_malformed", "code")]),
    ('key = "first"', 'key = "First part"', [("code_malformed", "sections[0].key")]),
    ('{ code = "damaged"', '{ code = "Damaged"',
     [("code_malformed", f"{A}[0].rule.options[0].code")]),
    ('key = "second"', 'key = "first"', [("code_repeated", "sections[1].key")]),
    ('code = "MINI-B-02"', 'code = "MINI-A-01"', [("code_repeated", f"{B}[1].code")]),
    ('code = "MINI-B"', 'code = "MINI-A"', [("code_repeated", "sections[1].code")]),
    ('{ code = "missing"', '{ code = "damaged"',
     [("code_repeated", f"{A}[0].rule.options[1].code")]),
    ('"PLUS-2", points', '"PLUS-1", points', [("code_repeated", "bonuses[1].code")]),
    ('{ code = "low"', '{ code = "high"', [("code_repeated", "bands[1].code")]),
    # --- sums
    ('\nfull = "100"', '\nfull = "0"',
     [("full_missing", "full"), ("sections_do_not_add_up", "full"),
      ("bands_end", "bands[0].ceiling"),
      ("number_out_of_range", "bonus_cap"), ("number_out_of_range", "pass_line"),
      ("cap_out_of_range", f"{B}[0].critical.cap")]),
    ('full = "60"', 'full = "61"',
     [("sections_do_not_add_up", "full"), ("section_does_not_add_up", "sections[0].full")]),
    ('full = "60"', 'full = "60"\nover_allocated = true',
     [("over_allocated_needlessly", "sections[0].over_allocated")]),
    # --- the card's numbers
    ('repeat_factor = "1.5"', 'repeat_factor = "0.5"', [("number_out_of_range", "repeat_factor")]),
    ('spot_refund = "0.5"', 'spot_refund = "0.51"', [("number_out_of_range", "spot_refund")]),
    ('pass_line = "60"', 'pass_line = "100.01"', [("number_out_of_range", "pass_line")]),
    ('bonus_cap = "3"', 'bonus_cap = "-3"', [("number_out_of_range", "bonus_cap")]),
    ('min_applicable_share = "0.8"', 'min_applicable_share = "80"',
     [("number_out_of_range", "min_applicable_share")]),
    ('points = "2.5"', 'points = "0"', [("bonus_worthless", "bonuses[1].points")]),
    # --- grades
    ('floor = "80"', 'floor = "85"', [("bands_gap", "bands[0].floor")]),
    ('floor = "80"', 'floor = "75"', [("bands_overlap", "bands[0].floor")]),
    ('floor = "0"', 'floor = "1"', [("bands_start", "bands[1].floor")]),
    ('ceiling = "100"', 'ceiling = "99.99"', [("bands_end", "bands[0].ceiling")]),
    ('floor = "0", ceiling = "80"', 'floor = "0", ceiling = "0"',
     [("bands_gap", "bands[0].floor"), ("band_empty", "bands[1]")]),
    # --- one item
    ('{ code = "missing", loss = "20"', '{ code = "missing", loss = "21"',
     [("loss_above_marks", f"{A}[0].rule.options[1].loss")]),
    ('{ code = "missing", loss = "20"', '{ code = "missing", loss = "19"',
     [("worst_below_marks", f"{A}[0].rule")]),
    ('{ code = "damaged", loss = "10"', '{ code = "damaged", loss = "0"',
     [("loss_not_positive", f"{A}[0].rule.options[0].loss")]),
    ('rule.each = "4"', 'rule.each = "0"',
     [("worst_below_marks", f"{A}[1].rule"), ("loss_not_positive", f"{A}[1].rule.each")]),
    ('rule.each = "4"', 'rule.each = "four"', [("points_malformed", f"{A}[1].rule.each")]),
    ('rule.kind = "tier"\nrule.options = [\n  { code = "damaged"',
     'rule.kind = "tier"\nrule.options = []\nrule.others = [\n  { code = "damaged"',
     [("list_empty", f"{A}[0].rule.options"), ("field_unknown", f"{A}[0].rule.others")]),
    ('full = "0"', 'full = "1"',
     [("section_does_not_add_up", "sections[1].full"), ("info_with_marks", f"{B}[2].full")]),
    ('full = "0"', 'full = "-1"',
     [("section_does_not_add_up", "sections[1].full"), ("info_with_marks", f"{B}[2].full")]),
    ('code = "MINI-A-02"\nfull = "10"', 'code = "MINI-A-02"\nfull = "0"',
     [("section_does_not_add_up", "sections[0].full"), ("item_without_marks", f"{A}[1].full")]),
    ("hours = 12", "hours = 0", [("hours_out_of_range", f"{B}[0].hours")]),
    ("hours = 12", "hours = 9000", [("hours_out_of_range", f"{B}[0].hours")]),
    ('feature = "guest_wifi"', 'feature = "sauna"', [("feature_unknown", f"{A}[1].feature")]),
    ('na = "allowed"\nfeature', 'na = "never"\nfeature', [("feature_never_na", f"{A}[1].na")]),
    # --- reference photos
    ("hours = 12", 'hours = 12\nphotos = ["front.jpg"]',
     [("photo_malformed", f"{B}[0].photos[0]")]),
    ("hours = 12", f'hours = 12\nphotos = ["{"a" * 64}", "{"a" * 64}"]',
     [("photo_repeated", f"{B}[0].photos[1]")]),
    ("hours = 12", f"hours = 12\nphotos = {[f'{n:064x}' for n in range(7)]}",
     [("photos_too_many", f"{B}[0].photos")]),
    ("hours = 12", "hours = 12\nphotos = []", [("list_empty", f"{B}[0].photos")]),
    ("hours = 12", "hours = 12\nphotos = [1]", [("kind_wrong", f"{B}[0].photos[0]")]),
    ("hours = 12", 'hours = 12\nphotos = "front"', [("kind_wrong", f"{B}[0].photos")]),
    ("hours = 12", 'hours = 12\nresponsible.zh = "店长"',
     [("translation_missing", f"{B}[0].responsible.en")]),
    # --- measurements
    ('rule.most = "240"', 'rule.most = "0"',
     [("range_empty", f"{A}[3].rule.most"), ("band_out_of_reach", f"{A}[3].rule.bands[0].above"),
      ("band_out_of_reach", f"{A}[3].rule.bands[1].above")]),
    ('rule.most = "240"', 'rule.most = "13"',
     [("band_out_of_reach", f"{A}[3].rule.bands[1].above")]),
    ('above = "8"', 'above = "14"', [("band_not_rising", f"{A}[3].rule.bands[1]")]),
    # --- critical effects
    ('veto = true, text = { zh = "未确认"', 'text = { zh = "未确认"',
     [("effect_without_veto", f"{B}[0].critical")]),
    ('critical.effect = "veto"\n', "",
     [("veto_without_effect", f"{B}[1].rule"), ("severity_mismatch", f"{B}[1].severity")]),
    ('severity = "major"', 'severity = "veto"', [("severity_mismatch", f"{A}[0].severity")]),
    ('code = "abuse", loss = "20", veto = true', 'code = "abuse", loss = "20"',
     [("veto_option_without_veto", f"{B}[1].rule.veto_option"),
      ("effect_without_veto", f"{B}[1].critical")]),
    ('text = { zh = "略慢"', 'veto = true, text = { zh = "略慢"',
     [("veto_without_effect", f"{A}[3].rule")]),
    ('critical.cap = "59"\n', "", [("cap_missing", f"{B}[0].critical.cap")]),
    ('critical.effect = "cap"', 'critical.effect = "total_zero"',
     [("cap_without_effect", f"{B}[0].critical.cap")]),
    ('critical.cap = "59"', 'critical.cap = "100"', [("cap_out_of_range", f"{B}[0].critical.cap")]),
]  # fmt: skip


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
