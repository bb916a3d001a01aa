"""Web servers on this machine for what the product calls: another system, and a proxy behind which
the makers of bots seem to be.
"""

import asyncio
import ssl
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HERE = "127.0.0.1"


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
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, names[0])])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(n) for n in names]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .sign(key, hashes.SHA256())
    )
    path = folder / "hosts.pem"
    pem, private = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    path.write_bytes(
        made.public_bytes(pem) + key.private_bytes(pem, private, serialization.NoEncryption())
    )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(path)
    return path, context
