"""HTTP by hand: what a phone writes to its line and what it reads, and when the line was cut."""

import asyncio
from collections.abc import Mapping

import msgspec

LONGEST_HEAD = 64 * 1024


class CutOff(Exception):
    """The connection ended before the answer did: nobody knows what came of the request."""


class Answer(msgspec.Struct, frozen=True):
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes


class Connection:
    """One keep-alive connection that opens anew after it was cut."""

    def __init__(self, port: int, *, seconds: float = 30.0) -> None:
        self.port = port
        self.seconds = seconds
        self.sent = 0
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(
        self, method: str, path: str, headers: Mapping[str, str], body: bytes = b""
    ) -> Answer:
        """Send one request and read its answer. Raises CutOff."""
        lines = [f"{method} {path} HTTP/1.1", f"host: 127.0.0.1:{self.port}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        if method not in ("GET", "HEAD"):
            lines.append(f"content-length: {len(body)}")
        return await self.send("\r\n".join(lines).encode() + b"\r\n\r\n" + body, method)

    async def send(self, request: bytes, method: str) -> Answer:
        """Send the bytes of one request and read its answer. Raises CutOff."""
        try:
            async with asyncio.timeout(self.seconds):
                return await self._send(request, method)
        except (OSError, EOFError, TimeoutError, ValueError) as error:
            self.close()
            raise CutOff from error
        except BaseException:
            self.close()
            raise

    async def _send(self, request: bytes, method: str) -> Answer:
        if self._streams is None:
            self._streams = await asyncio.open_connection(
                "127.0.0.1", self.port, limit=LONGEST_HEAD
            )
        reader, writer = self._streams
        writer.write(request)
        await writer.drain()
        answer = await read_answer(reader, method)
        if answer.headers.get("connection") == "close":
            self.close()
        return answer

    def close(self) -> None:
        """Let go of the connection; the next request opens another."""
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None


async def read_head(reader: asyncio.StreamReader) -> tuple[bytes, dict[str, str]]:
    """The first line and the headers. Raises EOFError where the connection ends before that."""
    head = await reader.readuntil(b"\r\n\r\n")
    first, *lines = head[:-4].split(b"\r\n")
    pairs = (line.decode("latin-1").partition(":") for line in lines)
    return first, {name.lower(): value.strip() for name, _, value in pairs}


async def read_answer(reader: asyncio.StreamReader, method: str) -> Answer:
    """A whole answer; the product says of each how long it is."""
    first, headers = await read_head(reader)
    status = int(first.split()[1])
    bodiless = method == "HEAD" or status in (204, 304)
    length = 0 if bodiless else int(headers["content-length"])
    return Answer(status, headers, await reader.readexactly(length))
