"""The changelog says what changed for whoever runs the product."""

import re

from tests.habits.tree import ROOT

GROUPS = {"Added", "Changed", "Fixed", "Migration notes"}


def unreleased() -> str:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    _, _, after = text.partition("## Unreleased\n")
    return after.partition("\n## ")[0]


def test_the_next_release_has_something_to_say():
    assert re.findall(r"^- \S.{20,}", unreleased(), re.M)


def test_entries_stand_under_the_four_groups():
    groups = re.findall(r"^### (.+)$", unreleased(), re.M)
    assert groups
    assert set(groups) <= GROUPS


def test_nothing_is_said_twice():
    openings = re.findall(r"^- (.{40})", unreleased(), re.M)
    assert sorted(openings) == sorted(set(openings))


def test_every_decision_has_a_number_of_its_own():
    records = sorted((ROOT / "docs/decisions").glob("*.md"))
    numbers = [path.name[:4] for path in records]
    assert numbers == [f"{n:04d}" for n in range(1, len(records) + 1)]
    for path in records:
        assert path.read_text(encoding="utf-8").startswith(f"# {path.name[:4]} "), path.name
