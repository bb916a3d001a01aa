"""`python -m bench [PART ...]`: one run, one report on standard output."""

import argparse
import logging
import sys
import time
from collections.abc import Callable
from pathlib import Path

from bench import lists, memory, notices, phone, planning, ranking, visits
from bench.databases import Databases, databases
from bench.machine import described
from bench.sizes import FULL, QUICK, TINY, Sizes

Part = Callable[[Databases, Sizes], list[str]]

PARTS: dict[str, Part] = {
    "visits": visits.measure,
    "ranking": ranking.measure,
    "notices": notices.measure,
    "planning": planning.measure,
    "lists": lists.measure,
    "memory": memory.measure,
    "phone": phone.measure,
}
COMPARED = frozenset({"visits", "ranking", "lists"})
"""Parts that measure every database; the others do not depend on it."""

SIZES = {"full": FULL, "quick": QUICK, "tiny": TINY}


def main(words: list[str] | None = None) -> int:
    """Measure the parts asked for, all by default; prints each table as it is ready."""
    parser = _parser()
    arguments = parser.parse_args(words)
    sizes = SIZES[arguments.size]
    # Filling a database in bulk holds statements nobody would run while people wait.
    logging.getLogger("inspection").setLevel(logging.ERROR)
    began = time.monotonic()
    chosen = arguments.parts or list(PARTS)
    if unknown := set(chosen) - set(PARTS):
        parser.error(f"there is no part {', '.join(sorted(unknown))}: {', '.join(PARTS)}")
    postgres = arguments.databases != "sqlite" and not COMPARED.isdisjoint(chosen)
    with databases(arguments.folder, postgres=postgres) as made:
        print(described(made.folder, made.postgres_version), end="\n\n", flush=True)
        for name in chosen:
            before = time.monotonic()
            for shown in PARTS[name](made, sizes):
                print(shown, flush=True)
            print(f"{name} took {time.monotonic() - before:.0f} s", end="\n\n", flush=True)
    print(f"all of it took {time.monotonic() - began:.0f} s")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bench", description="Measure the product against the floor it stands on."
    )
    parser.add_argument(
        "parts", nargs="*", metavar="PART", help=f"any of {', '.join(PARTS)}; all by default"
    )
    parser.add_argument(
        "--quick",
        dest="size",
        action="store_const",
        const="quick",
        default="full",
        help="fewer repetitions and rounds; figures are rougher",
    )
    parser.add_argument(
        "--tiny",
        dest="size",
        action="store_const",
        const="tiny",
        help="just enough to see that it runs; the figures mean nothing",
    )
    parser.add_argument(
        "--databases",
        choices=("all", "sqlite"),
        default="all",
        help="sqlite leaves PostgreSQL out",
    )
    parser.add_argument(
        "--folder", type=Path, help="a folder on the disk to measure; the system's temporary one"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
