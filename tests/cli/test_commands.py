"""Commands are named, and what they name is there; it is imported when it is asked for."""

import argparse
import subprocess
import sys

import pytest

from inspection.cli.commands import function, parser

LIGHT = "import sys, inspection.cli.commands as c; c.parser(); print(' '.join(sys.modules))"
HEAVY = ("inspection.services", "inspection.cli.demo.province", "inspection.web", "PIL", "piccolo")


def named(of: argparse.ArgumentParser) -> list[str]:
    """What the commands of a parser run, and those below them."""
    found = [of.get_default("run")] if of.get_default("run") else []
    for action in of._actions:
        if isinstance(action, argparse._SubParsersAction):
            found += [name for below in action.choices.values() for name in named(below)]
    return found


@pytest.mark.parametrize("name", named(parser()))
def test_what_a_command_names_is_there(name):
    assert callable(function(name))


def test_reading_the_words_loads_nothing_that_does_the_work():
    loaded = subprocess.run(
        [sys.executable, "-c", LIGHT], capture_output=True, text=True, check=True
    ).stdout.split()
    assert "inspection.cli.commands" in loaded
    assert [name for name in HEAVY if name in loaded] == []
