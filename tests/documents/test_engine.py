"""What printing needs is checked before anybody waits for it."""

import pytest

from inspection.documents import engine, typefaces
from inspection.documents.press import Press, PressUnavailable
from inspection.wording import Language, say
from tests.documents.notices import CATALOGUES


def test_a_machine_that_can_print_is_ready():
    assert engine.ready() == ()


def test_a_missing_library_is_named_with_the_line_that_installs_it(monkeypatch):
    monkeypatch.setattr(engine, "_LIBRARIES", {"libnowhere.so.9": "libnowhere9"})
    (problem,) = engine.ready()
    assert (problem.code, problem.name) == ("press.library_missing", "libnowhere.so.9")
    assert "apt-get install" in problem.remedy
    assert "libharfbuzz-subset0" in problem.remedy
    for language in Language:
        said = say(language, problem.code, name=problem.name, remedy=problem.remedy)
        assert problem.remedy in said


def test_a_missing_font_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr(typefaces, "FOLDER", tmp_path)
    assert [problem.name for problem in engine.ready()] == list(typefaces.NAMES)
    assert {problem.code for problem in engine.ready()} == {"press.font_missing"}


async def test_the_press_refuses_to_open_loudly(monkeypatch):
    monkeypatch.setattr(engine, "_LIBRARIES", {"libnowhere.so.9": "libnowhere9"})
    with pytest.raises(PressUnavailable, match=r"libnowhere\.so\.9.*apt-get install"):
        async with Press(CATALOGUES):
            pytest.fail("it opened")
