"""Print the coverage of each room from the last test run; fail below the floors."""

import json
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
REPORT = ROOT / ".cache" / "coverage.json"

FLOORS = {"domain": 100.0, "services": 100.0, "all rooms": 90.0}
"""Per cent of lines and branches together that a test must reach."""


class Tally:
    """Lines and branches of one room, and the places no test reaches."""

    def __init__(self) -> None:
        self.reached = 0
        self.total = 0
        self.gaps: list[str] = []

    def add(self, path: str, facts: dict[str, Any]) -> None:
        """Count one file."""
        summary = facts["summary"]
        self.reached += summary["covered_lines"] + summary["covered_branches"]
        self.total += summary["num_statements"] + summary["num_branches"]
        branches = [f"{a}->{b if b > 0 else 'exit'}" for a, b in facts["missing_branches"]]
        places = [*map(str, facts["missing_lines"]), *branches]
        if places:
            self.gaps.append(f"    {path}: {', '.join(places)}")

    @property
    def per_cent(self) -> float:
        """Share reached; an empty room is whole."""
        return 100.0 * self.reached / self.total if self.total else 100.0


def tallies(files: dict[str, Any]) -> dict[str, Tally]:
    """One tally per room, the modules beside the rooms together, and one over everything."""
    rooms: dict[str, Tally] = defaultdict(Tally)
    for path, facts in sorted(files.items()):
        _, *inner = Path(path).parts
        room = inner[0] if len(inner) > 1 else "(beside the rooms)"
        for name in (room, "all rooms"):
            rooms[name].add(path, facts)
    return rooms


def main() -> int:
    """Print the table; the exit code says whether every floor holds."""
    REPORT.parent.mkdir(exist_ok=True)
    command = ["coverage", "json", "-q", "-o", str(REPORT)]
    subprocess.run([sys.executable, "-m", *command], cwd=ROOT, check=True)
    rooms = tallies(json.loads(REPORT.read_text(encoding="utf-8"))["files"])
    whole = rooms.pop("all rooms")
    low = False
    for name, tally in [*sorted(rooms.items()), ("all rooms", whole)]:
        floor = FLOORS.get(name, 0.0)
        short = tally.per_cent < floor
        low = low or short
        note = f"  below its floor of {floor:g} %" if short else ""
        print(f"{name:<20} {tally.total:>6} lines and branches {tally.per_cent:>7.2f} %{note}")
        if short and name != "all rooms":
            print("\n".join(tally.gaps))
    return int(low)


if __name__ == "__main__":
    sys.exit(main())
