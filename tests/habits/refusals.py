"""Every refusal and every fault there is."""

import importlib
import pkgutil
import re

import inspection
from inspection.domain.refusals import Refusal
from tests.habits.tree import ROOT

# How faults name their code in the source: Fault(pointer, "code" …) and tables of codes.
FAULT_CODE = re.compile(r"Fault\(\s*[^()\"]*(?:\([^()]*\))?[^()\"]*,\s*\"([a-z_]+\.[a-z_]+)\"")
BODY_CODE = re.compile(r"\"(body\.[a-z_]+)\"")


def all_refusals() -> set[type[Refusal]]:
    for module in pkgutil.walk_packages(inspection.__path__, "inspection."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    found, left = set(), [Refusal]
    while left:
        below = left.pop().__subclasses__()
        found.update(below)
        left += below
    return found


def fault_codes() -> set[str]:
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "inspection").rglob("*.py")]
    found = {code for text in sources for code in FAULT_CODE.findall(text)}
    return found | {code for text in sources for code in BODY_CODE.findall(text)}
