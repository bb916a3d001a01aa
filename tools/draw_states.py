"""Draws docs/states.md from the tables of states and moves in inspection/domain.

Run from the root of the repository: python tools/draw_states.py > docs/states.md
"""

import importlib
import pkgutil
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from inspection import domain

HEADER = """# States and moves

Drawn from the `MOVES` tables in `inspection/domain` by `tools/draw_states.py`; a test keeps both
equal. A move that is not drawn is refused. What is derived, like overdue,
is not drawn.
"""


class StateTable(NamedTuple):
    """A table of moves: what it is about, where it is written, `(state, move) -> state`."""

    noun: str
    module: str
    moves: dict[tuple[str, str], str]

    @property
    def states(self) -> list[str]:
        """Every state of the enumeration, also those no move leads to."""
        kind = type(next(iter(self.moves))[0])
        return [str(member) for member in kind] if issubclass(kind, StrEnum) else []


def tables() -> list[StateTable]:
    """Every table of the domain, in the order of their modules' names."""
    found = [table for module in _modules() if (table := _table(module)) is not None]
    return sorted(found, key=lambda table: table.module)


def drawn() -> str:
    """The whole document."""
    return HEADER + "".join(f"\n{_section(table)}" for table in tables())


def _modules() -> Iterator[ModuleType]:
    for info in pkgutil.walk_packages(domain.__path__, f"{domain.__name__}."):
        yield importlib.import_module(info.name)


def _table(module: ModuleType) -> StateTable | None:
    moves = vars(module).get("MOVES")
    if not isinstance(moves, dict):
        return None
    kind = type(next(iter(moves))[0])
    # Imported from the module that owns it: drawn there.
    if kind.__module__ != module.__name__:
        return None
    noun = kind.__name__.removesuffix("State")
    return StateTable(noun, module.__name__.replace(".", "/"), moves)


def _section(table: StateTable) -> str:
    leads = {str(state) for (state, _), after in table.moves.items() if after != state}
    lines = [f"## {table.noun}", "", f"`{table.module}.py`", "", "```mermaid"]
    lines += ["stateDiagram-v2", f"    [*] --> {table.states[0]}"]
    lines += [f"    {state} --> {after}: {move}" for (state, move), after in table.moves.items()]
    lines += [f"    {state} --> [*]" for state in table.states if state not in leads]
    return "\n".join([*lines, "```", ""])


if __name__ == "__main__":
    sys.stdout.write(drawn())
