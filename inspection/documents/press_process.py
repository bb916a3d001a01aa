"""One worker process as the server sees it."""

import asyncio
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path

import msgspec

import inspection
from inspection.documents.printed import AnyJob, Failed, Fault, PressFailed, Printed, Ready, Setup

# Enough to find the interpreter's libraries and nothing else: no database address, no keys.
_PASSED_ON = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH")
_DYING_SECONDS = 5.0
_GONE = (asyncio.IncompleteReadError, BrokenPipeError, ConnectionResetError)


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What a worker may use. It is replaced after `jobs`, or sooner above `worn_mb` of memory."""

    wall_seconds: float = 15.0
    cpu_seconds: int = 20
    memory_bytes: int = 1024 * 1024 * 1024
    jobs: int = 200
    worn_mb: int = 150
    start_seconds: float = 30.0


class PressProcess:
    """A running worker. After a failure that may have left it half way it is worn out."""

    def __init__(self, process: asyncio.subprocess.Process, limits: Limits) -> None:
        self._process = process
        self._limits = limits
        self._left = limits.jobs
        self.warnings: tuple[str, ...] = ()

    @classmethod
    async def start(cls, setup: Setup, fonts_conf: Path, limits: Limits) -> "PressProcess":
        """A warm worker, ready for a job."""
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-P",
            "-m",
            "inspection.documents.worker",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env=_environment(fonts_conf),
            # Ctrl-C in a terminal goes to the server, which then closes its workers in order.
            start_new_session=True,
        )
        started = cls(process, limits)
        answer = await started._exchange(
            msgspec.msgpack.encode(setup), limits.start_seconds, permanent=False
        )
        if isinstance(answer, Ready):
            started.warnings = answer.warnings
            return started
        await started.close()
        raise _failure(answer)

    @property
    def worn_out(self) -> bool:
        """Whether it should be replaced before the next job, or is gone already."""
        return self._left <= 0 or self._process.returncode is not None

    async def ask(self, job: AnyJob) -> Printed:
        """The document of one job. Raises PressFailed."""
        self._left -= 1
        answer = await self._exchange(
            msgspec.msgpack.encode(job), self._limits.wall_seconds, permanent=True
        )
        if isinstance(answer, Printed):
            if answer.memory_mb > self._limits.worn_mb:
                self._left = 0
            return answer
        raise _failure(answer)

    async def close(self) -> None:
        """Hang up and wait until the process is gone."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        if self._left <= 0:
            self._kill()
        with suppress(TimeoutError):
            async with asyncio.timeout(5):
                await self._process.wait()
        self._kill()
        await self._process.wait()

    async def _exchange(
        self, body: bytes, seconds: float, *, permanent: bool
    ) -> Ready | Printed | Failed:
        try:
            async with asyncio.timeout(seconds):
                return await self._send_and_read(body)
        except TimeoutError:
            self._wear_out()
            raise PressFailed(Fault.TIMEOUT, permanent=permanent) from None
        except _GONE:
            self._left = 0
            code, detail = await self._last_words()
            raise PressFailed(code, permanent=code is Fault.CPU_TIME, detail=detail) from None
        except BaseException:
            # Cancelled between question and answer: the answer must not reach the next job.
            self._wear_out()
            raise

    async def _send_and_read(self, body: bytes) -> Ready | Printed | Failed:
        questions, answers = self._process.stdin, self._process.stdout
        if questions is None or answers is None:
            raise BrokenPipeError
        questions.write(len(body).to_bytes(4, "big") + body)
        await questions.drain()
        length = int.from_bytes(await answers.readexactly(4), "big")
        return msgspec.msgpack.decode(
            await answers.readexactly(length), type=Ready | Printed | Failed
        )

    async def _last_words(self) -> tuple[Fault, str]:
        # Killing what has died takes its status away from whoever waits for it: it is given time.
        try:
            async with asyncio.timeout(_DYING_SECONDS):
                status = await self._process.wait()
        except TimeoutError:
            self._kill()
            status = await self._process.wait()
        if status == -signal.SIGXCPU:
            return Fault.CPU_TIME, ""
        return Fault.WORKER_DIED, f"status {status}"

    def _wear_out(self) -> None:
        self._left = 0
        self._kill()

    def _kill(self) -> None:
        if self._process.returncode is None:
            with suppress(ProcessLookupError):
                self._process.kill()


def _failure(answer: Ready | Printed | Failed) -> PressFailed:
    if isinstance(answer, Failed):
        return PressFailed(answer.code, permanent=answer.permanent, detail=answer.detail)
    return PressFailed(Fault.CRASHED, permanent=False, detail=type(answer).__name__)


def _environment(fonts_conf: Path) -> dict[str, str]:
    passed_on = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    root = str(Path(inspection.__file__).resolve().parents[1])
    paths = [root, *filter(None, [os.environ.get("PYTHONPATH")])]
    return {
        **passed_on,
        "FONTCONFIG_FILE": str(fonts_conf),
        "PYTHONPATH": os.pathsep.join(paths),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
