"""`inspection rubric check`: one line for each fault, exit code 1 when there is any."""

import pytest

from inspection.cli.rubric_check import check
from tests.domain.sheets import MINI_FILE
from tests.habits.tree import ROOT


@pytest.mark.parametrize("code", ["KC", "KH"])
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_our_rubrics_are_right(code, language, capsys):
    path = ROOT / f"scorecards/{code}.toml"
    assert check(path, language) == 0
    assert str(path) in capsys.readouterr().out


def test_every_fault_has_its_line_and_its_path(tmp_path, capsys):
    path = tmp_path / "mine.toml"
    text = MINI_FILE.read_text(encoding="utf-8")
    text = text.replace('title.en = "Sign"\n', "").replace("hours = 12", "hours = 0", 1)
    path.write_text(text, encoding="utf-8")
    assert check(path, "en") == 1
    first, second, count = capsys.readouterr().out.splitlines()
    assert first.startswith(f"{path}:")
    assert "sections[0].items[0].title.en: The en wording is missing" in first
    line = int(second.removeprefix(f"{path}:").partition(":")[0])
    assert text.splitlines()[line - 1] == "hours = 0"
    assert count == "2 to mend."


def test_a_broken_file_points_at_line_and_column(tmp_path, capsys):
    path = tmp_path / "broken.toml"
    path.write_text("code = = 1\n", encoding="utf-8")
    assert check(path, "zh-CN") == 1
    first, count = capsys.readouterr().out.splitlines()
    assert first.startswith(f"{path}:1:8：不是正确的 TOML")
    assert count == "共 1 处要改。"


@pytest.mark.parametrize("name", ["", "missing.toml"])
def test_what_cannot_be_opened_is_said(name, tmp_path, capsys):
    assert check(tmp_path / name, "en") == 1
    assert capsys.readouterr().out.startswith(f"Cannot read {tmp_path / name}: ")
