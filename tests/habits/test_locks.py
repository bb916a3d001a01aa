"""The lock files pin exactly what was chosen, by hash, and name no index or host."""

import json
import re
import tomllib

import pytest

from tests.habits.tree import ROOT

PYTHON_LOCKS = ["requirements.lock", "requirements-dev.lock"]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CHOSEN = [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"]]
PINNED = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[a-z,]+\])?==([^ ;\\]+)")


def pins(lines):
    """Name and version of every line that pins something."""
    return dict(found.groups() for line in lines if (found := PINNED.match(line)))


@pytest.mark.parametrize(
    "name", [*PYTHON_LOCKS, "package-lock.json", "static/vendor/vendor.lock.json"]
)
def test_a_lock_file_names_no_address(name):
    assert "://" not in (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PYTHON_LOCKS)
def test_every_locked_requirement_carries_hashes(name):
    entries = re.split(r"\n(?=[a-z])", (ROOT / name).read_text(encoding="utf-8").strip())
    assert len(entries) > len(PROJECT["project"]["dependencies"])
    assert [entry.splitlines()[0] for entry in entries if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize(
    ("name", "chosen"),
    [
        ("requirements.lock", PROJECT["project"]["dependencies"]),
        ("requirements-dev.lock", PROJECT["project"]["dependencies"]),
        ("requirements-dev.lock", PROJECT["dependency-groups"]["dev"]),
    ],
)
def test_a_lock_file_holds_the_versions_the_project_chose(name, chosen):
    assert len(pins(chosen)) == len(chosen), "every choice is an exact version"
    assert (
        pins(chosen).items() <= pins((ROOT / name).read_text(encoding="utf-8").splitlines()).items()
    )


def test_both_python_locks_agree():
    product, everything = (
        pins((ROOT / name).read_text(encoding="utf-8").splitlines()) for name in PYTHON_LOCKS
    )
    assert product.items() <= everything.items()


def test_every_javascript_package_carries_its_hash_and_the_chosen_version():
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    chosen = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    assert [path for path, entry in packages.items() if path and "integrity" not in entry] == []
    assert {name: packages[f"node_modules/{name}"]["version"] for name in chosen} == chosen


def test_no_javascript_package_follows_whatever_is_newest():
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    pinned = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["overrides"]
    loose = {
        name
        for entry in packages.values()
        for name, version in entry.get("dependencies", {}).items()
        if version == "latest"
    }
    assert loose == pinned.keys()
    assert {name: packages[f"node_modules/{name}"]["version"] for name in pinned} == pinned


def test_every_python_package_says_above_its_pin_what_it_is_for():
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    pinned = [n for n, line in enumerate(lines) if PINNED.match(line.strip(' "'))]
    assert len(pinned) == len(CHOSEN)
    assert [lines[n] for n in pinned if not lines[n - 1].lstrip().startswith("# ")] == []


def test_contributing_says_what_every_javascript_package_is_for():
    chosen = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["devDependencies"]
    contributing = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert [name for name in chosen if f"`{name}`" not in contributing] == []
