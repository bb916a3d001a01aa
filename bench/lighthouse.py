"""`python -m bench.lighthouse [ADDRESS]`: five runs of Lighthouse against the phones' app.

Accessibility and best practices are gates. Performance is reported: it says as much about the
machine as about the app, so runs on a machine busier than `benchmarkIndex` 1000 do not count.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.databases import databases
from bench.demo import demo_of
from bench.figures import at_least, median, number, table, within
from bench.serving import served
from bench.sizes import QUICK

ROOT = Path(__file__).resolve().parents[1]
RUNS = 5
QUIET = 1000
GATES = ("accessibility", "best-practices")
GOALS = {
    "first-contentful-paint": ("first paint, ms", None),
    "largest-contentful-paint": ("largest paint, ms", 2000),
    "total-blocking-time": ("blocked, ms", 200),
    "cumulative-layout-shift": ("layout shift", 0.05),
}


def main(words: list[str]) -> int:
    """Run, print the table; 1 when a gate fell."""
    with _address(words) as address, tempfile.TemporaryDirectory() as folder:
        runs = [_run(f"{address}/app/", Path(folder) / f"{n}.json") for n in range(RUNS)]
    fallen = [said for run in runs for said in _fallen(run)]
    print(_shown(runs))
    for said in sorted(set(fallen)):
        print(f"GATE: {said}")
    return 1 if fallen else 0


@contextmanager
def _address(words: list[str]) -> Iterator[str]:
    """The address given, or a demo province of our own."""
    if words:
        yield words[0].rstrip("/")
        return
    with databases(None, postgres=False) as made:
        demo = demo_of(made, QUICK, "lighthouse")
        with served(demo.settings) as server:
            yield f"http://127.0.0.1:{server.port}"


def _run(url: str, report: Path) -> dict[str, Any]:
    command = ["node", str(ROOT / "node_modules/lighthouse/cli/index.js"), url, "--quiet"]
    command += ["--output=json", f"--output-path={report}", "--no-enable-error-reporting"]
    command += ["--only-categories=performance,accessibility,best-practices"]
    command += ["--chrome-flags=--headless --no-sandbox --disable-dev-shm-usage"]
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    chromium = shutil.which("chromium-headless-shell") or shutil.which("chromium") or ""
    subprocess.run(command, check=True, env=os.environ | {"PATH": path, "CHROME_PATH": chromium})
    found: dict[str, Any] = json.loads(report.read_text(encoding="utf-8"))
    return found


def _fallen(run: dict[str, Any]) -> list[str]:
    """Audits that keep a gate below 100."""
    return [
        f"{gate}: {audit['id']} {run['audits'][audit['id']]['title']}"
        for gate in GATES
        for audit in run["categories"][gate]["auditRefs"]
        if audit["weight"] and (run["audits"][audit["id"]]["score"] or 0) < 1
        if run["audits"][audit["id"]]["scoreDisplayMode"] not in ("notApplicable", "manual")
    ]


def _shown(runs: list[dict[str, Any]]) -> str:
    quiet = [run for run in runs if run["environment"]["benchmarkIndex"] >= QUIET]
    scores = [run["categories"]["performance"]["score"] * 100 for run in quiet]
    gates = [min(run["categories"][gate]["score"] * 100 for run in runs) for gate in GATES]
    rows = [
        (gate, number(score), at_least(score, 100))
        for gate, score in zip(GATES, gates, strict=True)
    ]
    if quiet:
        rows.append(("performance, median", number(median(scores)), at_least(median(scores), 95)))
    for audit, (name, goal) in GOALS.items() if quiet else ():
        value = median(run["audits"][audit]["numericValue"] for run in quiet)
        rows.append((name, number(value), "-" if goal is None else within(value, goal)))
    indexes = ", ".join(number(run["environment"]["benchmarkIndex"]) for run in runs)
    note = f"{len(quiet)} of {RUNS} runs counted; benchmarkIndex {indexes}, counted from {QUIET}."
    return table("Lighthouse, the phones' first screen", ("", "found", "goal"), rows, note)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
