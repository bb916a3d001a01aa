"""Every value of a TOML text is found on the line where it stands."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspection.domain.rubrics.rubric_places import line_of, places, shown
from tests.domain.sheets import MINI_FILE
from tests.habits.tree import ROOT

EVERYTHING = '''\
# a comment with [brackets] and "quotes"
a.b = 1 # = 2
"q.x" = """
several "lines" with \\""" inside \\\\
"""""
'single' = \'\'\'it's ''here''\'\'\'
list = [ 1, [2,   # nested
 3], {z = 'a]', y.k = "}"}, ] # the end
when = 1979-05-27T07:32:00Z
none = {}

[[stores]]
code = "1"
  [[stores.items]]
  full = '3'
  [[stores.items]]
  [stores.items.rule] # last
  k = "caf\\u00e9 = #"
[[stores]]
[[stores.items]]
"g\\"h" = true
[last . table]
x = inf
'''


def paths(value, above=()):
    """Every path of a parsed document."""
    if above:
        yield above
    inner = value.items() if isinstance(value, dict) else enumerate(value)
    for key, part in inner:
        if isinstance(part, dict | list):
            yield from paths(part, (*above, key))
        else:
            yield (*above, key)


@pytest.mark.parametrize(
    "text",
    [EVERYTHING, *(path.read_text(encoding="utf-8") for path in
                   (MINI_FILE, ROOT / "scorecards/KC.toml", ROOT / "scorecards/KH.toml"))],
    ids=["everything", "mini", "KC", "KH"],
)  # fmt: skip
def test_every_path_of_the_document_has_a_place(text):
    assert set(places(text)) == set(paths(tomllib.loads(text)))


@pytest.mark.parametrize(
    ("path", "start"),
    [
        (("a", "b"), "a.b"),
        (("q.x",), '"q.x"'),
        (("single",), "'single'"),
        (("list", 1, 1), " 3]"),
        (("list", 2, "y", "k"), " 3]"),
        (("none",), "none"),
        (("stores", 0, "items", 0, "full"), "  full"),
        (("stores", 0, "items", 1, "rule", "k"), "  k"),
        (("stores", 1, "items", 0, 'g"h'), '"g\\"h"'),
        (("last", "table", "x"), "x = inf"),
    ],
)
def test_a_value_is_on_its_line(path, start):
    line = places(EVERYTHING)[path]
    assert EVERYTHING.splitlines()[line - 1].startswith(start)


def test_what_is_missing_is_found_at_what_should_hold_it():
    found = places(EVERYTHING)
    assert line_of(found, ("stores", 1, "items", 0, "full")) == found[("stores", 1, "items", 0)]
    assert line_of(found, ("nowhere",)) == 1


def test_a_path_is_shown_as_people_write_it():
    path = ("sections", 2, "items", 4, "rule", "options", 1, "loss")
    assert shown(path) == "sections[2].items[4].rule.options[1].loss"
    assert shown(()) == ""


def test_text_that_is_no_toml_is_an_error():
    with pytest.raises(ValueError, match="character 0"):
        places("= 1")


KEYS = st.from_regex(r"[A-Za-z0-9_-]{1,8}", fullmatch=True)
SCALARS = st.one_of(
    st.integers(-99, 99).map(str),
    st.booleans().map(lambda flag: str(flag).lower()),
    st.text("ab #,=[]{}'\n\"\\", max_size=8).map(
        lambda text: '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
    ),
    st.text('ab #,=[]{}"\n', max_size=8).map(lambda text: f"'''{text}'''"),
)


def inline(values):
    """Arrays and inline tables of values."""
    arrays = st.lists(values, max_size=3).map(lambda parts: "[\n" + " ,\n".join(parts) + "]")
    tables = st.dictionaries(KEYS, values, max_size=3).map(
        lambda table: "{" + ", ".join(f"{key} = {value}" for key, value in table.items()) + "}"
    )
    return arrays | tables


@given(
    st.dictionaries(KEYS, st.recursive(SCALARS, inline, max_leaves=6), max_size=4),
    st.lists(st.dictionaries(KEYS, SCALARS, max_size=2), max_size=3),
)
def test_any_document_is_walked_to_its_end(top, rows):
    text = "".join(f"{key} = {value} # {key}\n" for key, value in top.items() if key != "rows")
    for row in rows:
        text += "[[rows]]\n" + "".join(f"{key} = {value}\n" for key, value in row.items())
    assert set(places(text)) == set(paths(tomllib.loads(text)))
