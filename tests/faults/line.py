"""A bad line between phones and server: it eats answers, repeats requests and brings them late."""

import asyncio
import contextlib
from collections.abc import Coroutine
from random import Random

import msgspec

from tests.faults.wire import LONGEST_HEAD, Answer, Connection, CutOff, read_head


class Habits(msgspec.Struct, frozen=True, kw_only=True):
    """How often the line does what, as shares of all requests."""

    eaten: float = 0.0
    """Answers the phone never sees, after the server gave them."""
    doubled: float = 0.0
    """Requests that arrive twice, the second time beside the first."""
    late: float = 0.0
    """Requests the phone gives up on and that arrive all the same, after others."""
    latest_seconds: float = 1.0


class Line:
    """Listens on a port of its own and passes requests on to the server's."""

    def __init__(self, target: int, random: Random, habits: Habits) -> None:
        self.target = target
        self.habits = habits
        self.port = 0
        self.eaten = self.doubled = self.late = self.asked = 0
        self.statuses: dict[int, int] = {}
        self._random = random
        self._listener: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> "Line":
        self._listener = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=LONGEST_HEAD)
        self.port = self._listener.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._listener is not None
        self._listener.close()
        await self.quiet()

    async def quiet(self) -> None:
        """Wait until every late and doubled request has arrived."""
        while self._tasks:
            await asyncio.gather(*self._tasks)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        behind = Connection(self.target)
        try:
            while True:
                request, method = await read_request(reader)
                answer = await self._pass_on(behind, request, method)
                if answer is None:
                    return
                writer.write(answer)
                await writer.drain()
        except (OSError, EOFError, CutOff):
            pass
        finally:
            behind.close()
            writer.close()
            with contextlib.suppress(OSError):
                await writer.wait_closed()

    async def _pass_on(self, behind: Connection, request: bytes, method: str) -> bytes | None:
        """The answer's bytes, or None where the phone gets none."""
        self.asked += 1
        habits, dice = self.habits, self._random.random()
        if dice < habits.late:
            self.late += 1
            self._meanwhile(self._bring_late(request, method))
            return None
        if dice < habits.late + habits.doubled:
            self.doubled += 1
            self._meanwhile(self._bring(request, method))
        answer = self._counted(await behind.send(request, method))
        if self._random.random() < habits.eaten:
            self.eaten += 1
            return None
        return bytes_of(answer)

    def _meanwhile(self, work: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _bring_late(self, request: bytes, method: str) -> None:
        await asyncio.sleep(self._random.uniform(0, self.habits.latest_seconds))
        await self._bring(request, method)

    async def _bring(self, request: bytes, method: str) -> None:
        another = Connection(self.target)
        with contextlib.suppress(CutOff):
            self._counted(await another.send(request, method))
        another.close()

    def _counted(self, answer: Answer) -> Answer:
        self.statuses[answer.status] = self.statuses.get(answer.status, 0) + 1
        return answer


async def read_request(reader: asyncio.StreamReader) -> tuple[bytes, str]:
    """The bytes of one request and its method. Raises EOFError where the connection ends."""
    first, headers = await read_head(reader)
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    lines = [first, *(f"{name}: {value}".encode("latin-1") for name, value in headers.items())]
    return b"\r\n".join(lines) + b"\r\n\r\n" + body, first.split()[0].decode()


def bytes_of(answer: Answer) -> bytes:
    """An answer as it travels."""
    lines = [f"HTTP/1.1 {answer.status} .", *(f"{n}: {v}" for n, v in answer.headers.items())]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + answer.body
