"""A plan made beside the server: its memory, its time and its faults are its own."""

import asyncio
import os
import sys
from contextlib import suppress
from pathlib import Path

import msgspec

import inspection
from inspection.domain.rounds.planning import Plan, PlanAsked
from inspection.planning.worker import PlanAnswer, PlanOrder

# No database address, no keys: a planner needs its question and nothing else.
_PASSED_ON = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH")


class PlanLimits(msgspec.Struct, frozen=True, kw_only=True):
    """What one plan may take."""

    wall_seconds: float = 120.0
    cpu_seconds: int = 90
    memory_bytes: int = 3 * 1024 * 1024 * 1024


class PlanningFailed(Exception):
    """No plan came: `code` is time, memory or crashed."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


async def made_plan(asked: PlanAsked, limits: PlanLimits | None = None) -> Plan:
    """The plan. Cancelled, its process is gone too. Raises PlanningFailed."""
    limits = limits or PlanLimits()
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-P",
        "-m",
        "inspection.planning.worker",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        env=_environment(),
        start_new_session=True,
    )
    order = PlanOrder(asked=asked, memory_bytes=limits.memory_bytes, cpu_seconds=limits.cpu_seconds)
    try:
        async with asyncio.timeout(limits.wall_seconds):
            body, _ = await process.communicate(msgspec.msgpack.encode(order))
    except TimeoutError:
        msg = "time"
        raise PlanningFailed(msg) from None
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
    return _read(body)


def _read(body: bytes) -> Plan:
    try:
        answer = msgspec.msgpack.decode(body, type=PlanAnswer)
    except msgspec.DecodeError:
        msg = "crashed"
        raise PlanningFailed(msg) from None
    if answer.plan is None:
        raise PlanningFailed(answer.fault)
    return answer.plan


def _environment() -> dict[str, str]:
    root = str(Path(inspection.__file__).resolve().parents[1])
    paths = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
    return {
        **{name: os.environ[name] for name in _PASSED_ON if name in os.environ},
        "PYTHONPATH": os.pathsep.join(paths),
        "PYTHONDONTWRITEBYTECODE": "1",
        # Nothing here adds up matrices; threads would only take address space.
        "OPENBLAS_NUM_THREADS": "1",
    }
