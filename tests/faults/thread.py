"""A line as thin as a thread: bytes crawl, come in bursts, and it breaks anywhere, or hangs."""

import asyncio
import contextlib
from random import Random

import msgspec

PORTION = 8 * 1024


class Quality(msgspec.Struct, frozen=True, kw_only=True):
    """What the line is like."""

    bytes_to_a_break: int
    """On average; both directions count."""
    hanging: float
    """Share of breaks nobody is told about: the line says nothing more, to either side."""
    hanging_seconds: float
    slowest: int
    fastest: int
    """Bytes a second of one connection."""
    longest_pause: float


class Thread:
    """Listens on a port of its own and carries bytes to and from the server's."""

    def __init__(self, target: int, random: Random, quality: Quality) -> None:
        self.target = target
        self.port = 0
        self.breaks = self.hung = self.photo_bytes = 0
        self._quality = quality
        self._random = random
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> "Thread":
        self._listener = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._listener.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._listener.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        with contextlib.suppress(OSError):
            up_reader, up_writer = await asyncio.open_connection("127.0.0.1", self.target)
            wire = _Wire(self, self._random, self._quality)
            try:
                await wire.carry((reader, up_writer), (up_reader, writer))
            finally:
                up_writer.close()
                writer.close()


class _Wire:
    """One connection until it breaks or ends."""

    def __init__(self, thread: Thread, random: Random, quality: Quality) -> None:
        self._thread = thread
        self._random = random
        self._quality = quality
        self._left = int(random.expovariate(1 / quality.bytes_to_a_break))
        self._speed = random.uniform(quality.slowest, quality.fastest)
        self._counted = _PhotoBytes()
        self._broken = False

    async def carry(self, up: "Way", down: "Way") -> None:
        """Carry both ways; the first way that ends or breaks ends both."""
        ways = [asyncio.create_task(self._carry(up, count=True))]
        ways.append(asyncio.create_task(self._carry(down, count=False)))
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for way in ways:
                way.cancel()
            await asyncio.gather(*ways, return_exceptions=True)
            self._thread.photo_bytes += self._counted.bodies

    async def _carry(self, way: "Way", *, count: bool) -> None:
        reader, writer = way
        while portion := await reader.read(self._random.randint(1, PORTION)):
            portion = portion[: self._left]
            self._left -= len(portion)
            if count:
                self._counted.feed(portion)
            writer.write(portion)
            await writer.drain()
            if not self._left:
                await self._break()
                break
            pause = self._random.uniform(0, self._quality.longest_pause)
            await asyncio.sleep(pause + len(portion) / self._speed)

    async def _break(self) -> None:
        if self._broken:
            # The other way has said so already, and decides how long nobody is told.
            await asyncio.Event().wait()
        self._broken = True
        self._thread.breaks += 1
        if self._random.random() < self._quality.hanging:
            self._thread.hung += 1
            await asyncio.sleep(self._quality.hanging_seconds)


Way = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class _PhotoBytes:
    """How many bytes of photos a stream of requests held so far."""

    def __init__(self) -> None:
        self.bodies = 0
        self._head = bytearray()
        self._left = 0
        self._is_photo = False

    def feed(self, portion: bytes) -> None:
        while portion:
            portion = self._body(portion) if self._left else self._heading(portion)

    def _body(self, portion: bytes) -> bytes:
        taken = portion[: self._left]
        self._left -= len(taken)
        self.bodies += len(taken) if self._is_photo else 0
        return portion[len(taken) :]

    def _heading(self, portion: bytes) -> bytes:
        self._head += portion
        head, found, rest = bytes(self._head).partition(b"\r\n\r\n")
        if not found:
            return b""
        self._head.clear()
        lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-len")]
        self._left = int(lengths[0].partition(b":")[2]) if lengths else 0
        self._is_photo = head.startswith(b"PATCH ")
        return rest
