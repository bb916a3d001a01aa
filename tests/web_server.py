"""Web servers on this machine for what the product calls: another system, and a proxy behind which
the makers of bots seem to be.
"""

import asyncio
from contextlib import asynccontextmanager
from typing import NamedTuple

from tests.certificates import HERE, certificate, showing


class Request(NamedTuple):
    """What was asked."""

    line: str
    headers: dict[str, str]
    body: bytes


class WebServer:
    """Answers 200 unless told otherwise; keeps what it was asked."""

    def __init__(self):
        self.received = []
        self.connected = []
        self.answer, self.says = "200 OK", b"{}"
        self.more = ""
        self.port = 0

    async def serve(self, reader, writer):
        if (head := await lines_of(reader)) is None:
            writer.close()
            return
        headers = {name.lower(): value for name, _, value in (h.partition(": ") for h in head[1:])}
        body = await reader.readexactly(int(headers.get("content-length", 0)))
        self.received.append(Request(head[0], headers, body))
        length = f"content-length: {len(self.says)}\r\nconnection: close\r\n\r\n"
        writer.write(f"HTTP/1.1 {self.answer}\r\n{self.more}{length}".encode() + self.says)
        await writer.drain()
        writer.close()


async def lines_of(reader):
    try:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
    except (asyncio.IncompleteReadError, ConnectionError):
        return None
    return [line for line in head.split("\r\n") if line]


@asynccontextmanager
async def web_server(context=None):
    """A running server, by TLS when given a context."""
    server = WebServer()
    running = await asyncio.start_server(server.serve, HERE, 0, ssl=context)
    async with running:
        server.port = running.sockets[0].getsockname()[1]
        yield server


@asynccontextmanager
async def proxy_to(server, context):
    """A proxy that opens every way asked for, and the server stands at the end of each."""

    async def serve(reader, writer):
        head = await lines_of(reader)
        server.connected.append(head[0].split()[1])
        writer.write(b"HTTP/1.1 200 open\r\n\r\n")
        await writer.drain()
        await writer.start_tls(context)
        await server.serve(reader, writer)

    running = await asyncio.start_server(serve, HERE, 0)
    async with running:
        yield f"http://{HERE}:{running.sockets[0].getsockname()[1]}"


def certificate_for(folder, *names):
    """A certificate for these hosts, and a context that shows it."""
    path = certificate(folder, *names)
    return path, showing(path)
