"""Every setting an operator may change is in the README, with its default."""

import re

from inspection.settings import Settings, to_environment
from tests.habits.tree import ROOT


def test_every_setting_is_documented_with_its_default():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    rows = [line for line in readme.splitlines() if line.startswith("|")]
    for name, default in to_environment(Settings()).items():
        row = next((row for row in rows if f"`{name}`" in row), None)
        assert row, f"{name} is not in the README"
        assert default.lower() in row.lower(), f"{name}: the default {default!r} is not in its row"


def test_the_readme_names_no_setting_there_is_not():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    named = set(re.findall(r"MINGCHA_[A-Z_]+", readme))
    assert named - set(to_environment(Settings())) == set()
