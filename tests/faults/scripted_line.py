"""A line that does with each request what the test says, and holds answers against the model."""

import asyncio
import json
import threading
from collections import Counter, deque
from collections.abc import Coroutine
from typing import Any

import msgspec

from tests.faults.line import bytes_of, read_request
from tests.faults.server_model import Expected, ServerModel
from tests.faults.wire import LONGEST_HEAD, Answer, Connection, CutOff
from tests.submissions import sha256_of

FINE, LOST_REQUEST, LOST_REPLY, DOUBLED, LATE = (
    "fine",
    "lost request",
    "lost reply",
    "doubled",
    "late",
)
HABITS = (FINE, LOST_REQUEST, LOST_REPLY, DOUBLED, LATE)


class Request(msgspec.Struct, frozen=True):
    """A request as it came from a phone."""

    phone: str
    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    raw: bytes

    @property
    def cookie(self) -> str:
        return self.headers.get("cookie", "")

    @property
    def content(self) -> tuple[str, int, str]:
        """Visit, attempt and hash of a submission."""
        _, _, _, visit, _, attempt = self.path.split("/")
        return visit, int(attempt), sha256_of(self.body)


class ScriptedLine:
    """One line for every phone, in a thread of its own; requests arrive one after the other."""

    def __init__(self, target: int) -> None:
        self.model = ServerModel(0)
        self.plan: deque[str] = deque()
        self.held: list[Request] = []
        self.faults: list[str] = []
        self.passed: list[str] = []
        self.told: dict[str, dict[tuple[str, int, str], Answer]] = {}
        """By phone: what it was last told about each content it sent."""
        self.requests = 0
        self.outcomes: Counter[str] = Counter()
        """How often the server gave each answer the model knows."""
        self._behind = Connection(target)
        self._one_at_a_time = asyncio.Lock()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._listeners: list[asyncio.Server] = []
        self._writers: set[asyncio.StreamWriter] = set()
        self.ports: dict[str, int] = {}

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Run it in the line's thread."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(60)

    def begin(self, model: ServerModel, phones: tuple[str, ...]) -> None:
        """A new sequence."""
        self.model = model
        self.plan.clear()
        self.held.clear()
        self.faults.clear()
        self.passed.clear()
        self.told = {phone: {} for phone in phones}
        for phone in phones:
            if phone not in self.ports:
                self.ports[phone] = self.run(self._listen(phone))

    def bring_late(self, which: int) -> None:
        """A request that was held arrives now."""
        self.run(self._deliver(self.held.pop(which % len(self.held))))

    def direct(self, method: str, path: str, headers: dict[str, str], body: bytes = b"") -> Answer:
        """A request of somebody whose line is good."""
        answer: Answer = self.run(self._asked(method, path, headers, body))
        return answer

    async def _asked(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Answer:
        async with self._one_at_a_time:
            return await self._behind.ask(method, path, headers, body)

    def close(self) -> None:
        """Let go of every connection and of the thread."""
        self.run(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _close(self) -> None:
        self._behind.close()
        for listener in self._listeners:
            listener.close()
        for writer in self._writers:
            writer.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        await asyncio.wait(others, timeout=2) if others else None
        await asyncio.sleep(0.05)

    async def _listen(self, phone: str) -> int:
        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            self._writers.add(writer)
            try:
                while answer := await self._answered(await _next(reader, phone)):
                    writer.write(bytes_of(answer))
                    await writer.drain()
            except (OSError, EOFError):
                pass
            finally:
                self._writers.discard(writer)
                writer.close()

        listener = await asyncio.start_server(serve, "127.0.0.1", 0, limit=LONGEST_HEAD)
        self._listeners.append(listener)
        port: int = listener.sockets[0].getsockname()[1]
        return port

    async def _answered(self, request: Request) -> Answer | None:
        self.requests += 1
        habit = self.plan.popleft() if self.plan else FINE
        self.passed.append(f"{request.phone} {request.method} {request.path}: {habit}")
        if habit == LOST_REQUEST:
            return None
        if habit == LATE:
            self.held.append(request)
            return None
        answer = await self._deliver(request)
        if habit == DOUBLED:
            await self._deliver(request)
        if habit == LOST_REPLY or answer is None:
            return None
        if request.method == "PUT" and "/attempts/" in request.path:
            self.told[request.phone][request.content] = answer
        return answer

    async def _deliver(self, request: Request) -> Answer | None:
        async with self._one_at_a_time:
            try:
                answer = await self._behind.send(request.raw, request.method)
            except CutOff as cut:
                self.faults.append(f"{request.method} {request.path}: {cut!r}")
                return None
            self._follow(request, answer)
            return answer

    def _follow(self, request: Request, answer: Answer) -> None:
        """Let the model see the request, and hold the answer against it."""
        expected = self._expected(request, answer)
        if expected is None:
            if answer.status >= 500:
                self.faults.append(f"{request.method} {request.path}: {answer}")
            return
        found = Expected(
            answer.status,
            json.loads(answer.body)["code"] if expected.code else "",
            answer.body if expected.receipt is not None else None,
            int(answer.headers["upload-offset"]) if expected.offset is not None else None,
        )
        self.outcomes[expected.code or str(expected.status)] += 1
        if found != expected:
            self.faults.append(f"{request.method} {request.path}: {found}, expected {expected}")

    def _expected(self, request: Request, answer: Answer) -> Expected | None:
        model = self.model
        if request.method == "PUT" and "/attempts/" in request.path:
            visit, attempt, _ = request.content
            expected = model.submission(request.cookie, visit, attempt, request.body)
            if expected.status == 201:
                model.receipts[visit, attempt] = answer.body
            return expected
        if request.path.startswith("/api/photos/"):
            return self._expected_photo(request)
        if request.method == "POST" and request.path == "/api/sessions":
            model.sessions.discard(request.cookie)
            model.sessions.add(answer.headers["set-cookie"].partition(";")[0])
        return None

    def _expected_photo(self, request: Request) -> Expected | None:
        sha256 = request.path.rpartition("/")[2]
        if request.method == "HEAD":
            return self.model.whereabouts(request.cookie, sha256)
        if request.method != "PATCH":
            return None
        offset, length = (int(request.headers[f"upload-{what}"]) for what in ("offset", "length"))
        return self.model.piece(request.cookie, sha256, offset, length, len(request.body))


async def _next(reader: asyncio.StreamReader, phone: str) -> Request:
    raw, method = await read_request(reader)
    head, _, body = raw.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    pairs = (line.partition(": ") for line in lines)
    return Request(phone, method, first.split()[1], {n: v for n, _, v in pairs}, body, raw)
