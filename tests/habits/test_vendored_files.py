"""What is under static/vendor/ is what was fetched, no more and no less."""

import hashlib
import json
import re
import tomllib

import pytest

from tests.habits.tree import ROOT

VENDOR = ROOT / "static" / "vendor"
LOCK = json.loads((VENDOR / "vendor.lock.json").read_text(encoding="utf-8"))
PINS = tomllib.loads((ROOT / "tools" / "vendor.toml").read_text(encoding="utf-8"))["package"]
HASHES = {name: digest for entry in LOCK.values() for name, digest in entry["files"].items()}


@pytest.mark.parametrize("name", sorted(HASHES))
def test_a_vendored_file_has_the_hash_it_was_locked_with(name):
    assert hashlib.sha256((VENDOR / name).read_bytes()).hexdigest() == HASHES[name]


def test_every_vendored_file_is_locked():
    there = {path.name for path in VENDOR.iterdir()} - {"vendor.lock.json"}
    assert there == set(HASHES)


def test_the_lock_holds_the_pinned_versions():
    assert {name: entry["version"] for name, entry in LOCK.items()} == {
        pin["name"]: pin["version"] for pin in PINS
    }


def test_every_library_brings_its_licence():
    for name, entry in LOCK.items():
        assert entry["license"] in {"MIT", "ISC", "BSD-3-Clause", "Apache-2.0"}, name
        assert any(file.endswith(".LICENSE.txt") for file in entry["files"]), name


def test_vendored_scripts_import_only_each_other():
    imports = re.compile(r"""(?:\bfrom|\bimport)\s*['"]([^'"]+)['"]""")
    wanted = {
        target
        for script in VENDOR.glob("*.js")
        for target in imports.findall(script.read_text(encoding="utf-8"))
    }
    assert wanted <= {f"./{path.name}" for path in VENDOR.glob("*.js")}
