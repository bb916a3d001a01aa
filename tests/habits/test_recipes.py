"""Every task has one documented command, and CI runs those and nothing else."""

import re

from tests.habits.tree import ROOT

MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
TARGETS = re.findall(r"^([a-z0-9-]+):(.*)$", MAKEFILE, re.MULTILINE)


def test_every_recipe_says_what_it_does():
    assert [name for name, rest in TARGETS if not re.search(r"## [A-Z].{10,}", rest)] == []


def test_every_recipe_is_phony():
    phony = re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)
    assert phony is not None
    assert sorted(phony[1].split()) == sorted(name for name, _ in TARGETS)


def test_check_runs_every_checker_and_then_the_tests():
    recipe = MAKEFILE.split("\ncheck:", 1)[1].split("\n\n", 1)[0]
    assert re.findall(r"[a-z]+", recipe.rsplit("$(MAKE)", 1)[1]) == [
        "lint", "types", "imports", "js", "test",
    ]  # fmt: skip


def test_ci_calls_only_a_recipe():
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert script.rstrip().endswith("exec make check </dev/null")
