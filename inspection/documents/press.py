"""The press: a few long-lived worker processes that print notices and cannot hurt the server.

A worker has no secrets in its environment, no network, no files, and limits of memory and time. A
job that breaks one of them is refused for good; the worker is replaced.
"""

import asyncio
import tempfile
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

from inspection.documents import engine, typefaces
from inspection.documents.notice import WORDS, Part, Stamp
from inspection.documents.press_process import Limits, PressProcess
from inspection.documents.printed import AnyJob, BulletinJob, Job, OpinionJob, Printed, Setup
from inspection.domain.bulletins.bulletin_snapshot import BulletinSnapshot
from inspection.domain.notices.notice import NoticeSnapshot
from inspection.domain.rectifications.opinion import OpinionSnapshot


class PressUnavailable(Exception):
    """Something the press needs is not installed; the message names it and the line to run."""

    def __init__(self, problems: tuple[engine.Problem, ...]) -> None:
        said = ", ".join(problem.name for problem in problems)
        super().__init__(f"cannot print, missing: {said}. Run: {problems[0].remedy}")
        self.problems = problems


class Press:
    """`async with Press(catalogues) as press: await press.print(snapshot, photos)`.

    `catalogues` holds the words of each language by its tag. Workers start with the first jobs.
    """

    def __init__(
        self,
        catalogues: Mapping[str, Mapping[str, str]],
        *,
        workers: int = 1,
        limits: Limits | None = None,
    ) -> None:
        self._limits = limits or Limits()
        self._setup = Setup(
            catalogues={
                language: {key: word for key, word in words.items() if key.startswith(WORDS)}
                for language, words in catalogues.items()
            },
            cpu_seconds=self._limits.cpu_seconds,
            memory_bytes=self._limits.memory_bytes,
        )
        # Last in, first out: a quiet server keeps one worker warm and starts no second one.
        self._idle: asyncio.LifoQueue[PressProcess | None] = asyncio.LifoQueue()
        for _ in range(workers):
            self._idle.put_nowait(None)
        self._workers = workers

    async def __aenter__(self) -> "Press":
        if problems := engine.ready():
            raise PressUnavailable(problems)
        self._folder = tempfile.TemporaryDirectory(prefix="press-")
        self._conf = typefaces.write_conf(Path(self._folder.name))
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for _ in range(self._workers):
            if (process := await self._idle.get()) is not None:
                await process.close()
        self._folder.cleanup()

    async def warm_up(self) -> None:
        """Start one worker now, so that the first job does not wait for it."""
        await self._give_back(await self._take())

    async def print(
        self,
        snapshot: NoticeSnapshot,
        photos: Mapping[str, bytes],
        parts: tuple[Part, ...] = (Part.RECEIPT,),
        *,
        seal: bytes = b"",
        stamp: Stamp | None = None,
    ) -> Printed:
        """The document, the same bytes each time. `photos` holds print copies by their SHA-256,
        `seal` is the image the snapshot names, `stamp` says why it counts no more.

        Raises PressFailed; `permanent` says that trying again makes no sense.
        """
        return await self._print(
            Job(snapshot=snapshot, parts=parts, photos=photos, seal=seal, stamp=stamp)
        )

    async def print_bulletin(
        self, snapshot: BulletinSnapshot, photos: Mapping[str, bytes]
    ) -> Printed:
        """An issue of the bulletin, the same bytes each time. Raises PressFailed."""
        return await self._print(BulletinJob(snapshot=snapshot, photos=photos))

    async def print_opinion(self, snapshot: OpinionSnapshot) -> Printed:
        """An opinion on more time, the same bytes each time. Raises PressFailed."""
        return await self._print(OpinionJob(snapshot=snapshot))

    async def _print(self, job: AnyJob) -> Printed:
        process = await self._take()
        try:
            return await process.ask(job)
        finally:
            await self._give_back(process)

    async def _take(self) -> PressProcess:
        process = await self._idle.get()
        if process is not None and not process.worn_out:
            return process
        try:
            if process is not None:
                await process.close()
            return await PressProcess.start(self._setup, self._conf, self._limits)
        except BaseException:
            self._idle.put_nowait(None)
            raise

    async def _give_back(self, process: PressProcess) -> None:
        if process.worn_out:
            self._idle.put_nowait(None)
            await process.close()
        else:
            self._idle.put_nowait(process)
