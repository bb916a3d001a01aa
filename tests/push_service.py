"""A push service on this machine, by HTTPS, and a browser that can open what it is sent."""

import asyncio
import secrets
from base64 import urlsafe_b64encode
from contextlib import asynccontextmanager
from typing import NamedTuple

import msgspec
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from inspection.domain.messages.push import PushSubscriptionIn, decoded
from inspection.services.tools import PushDesk
from tests.certificates import HERE, certificate, showing


def text(content):
    return urlsafe_b64encode(content).rstrip(b"=").decode()


class Browser:
    """Has a key pair and a secret, like every subscription of a real one."""

    def __init__(self, key=None, auth=None):
        self.key = key or ec.generate_private_key(ec.SECP256R1())
        self.auth = auth or secrets.token_bytes(16)
        self.point = self.key.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )

    def said(self, endpoint):
        """What it tells the product."""
        return PushSubscriptionIn(endpoint=endpoint, p256dh=text(self.point), auth=text(self.auth))

    def opened(self, body):
        """The message inside: written from the RFCs' side of the receiver."""
        salt, size, length = body[:16], int.from_bytes(body[16:20]), body[20]
        theirs, record = body[21 : 21 + length], body[21 + length :]
        assert len(record) <= size
        peer = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs)
        secret = self.key.exchange(ec.ECDH(), peer)

        def derived(secret, salt, info, length):
            return HKDF(hashes.SHA256(), length, salt, info).derive(secret)

        shared = derived(secret, self.auth, b"WebPush: info\0" + self.point + theirs, 32)
        key = derived(shared, salt, b"Content-Encoding: aes128gcm\0", 16)
        nonce = derived(shared, salt, b"Content-Encoding: nonce\0", 12)
        padded = AESGCM(key).decrypt(nonce, record, None)
        message, mark, padding = padded.rpartition(b"\x02")
        assert (mark, padding.strip(b"\0")) == (b"\x02", b"")
        return message


class Received(NamedTuple):
    """One request to the push service."""

    path: str
    headers: dict[str, str]
    body: bytes


class PushService:
    """Answers 201 unless told otherwise, by path."""

    def __init__(self):
        self.received = []
        self.answers = {}
        self.port = 0

    @property
    def origin(self):
        return f"https://{HERE}:{self.port}"

    def address(self, name):
        return f"{self.origin}/push/{name}"

    def listed(self, tools):
        """The tools with this service among the hosts that may be sent to."""
        desk = PushDesk(tools.push.key, (f"{HERE}:{self.port}",))
        return msgspec.structs.replace(tools, push=desk)

    async def answer(self, reader, writer):
        head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        lines = [line.partition(": ") for line in head[1:] if line]
        headers = {name.lower(): value for name, _, value in lines}
        body = await reader.readexactly(int(headers["content-length"]))
        path = head[0].split()[1]
        self.received.append(Received(path, headers, body))
        status, more = self.answers.get(path.removeprefix("/push/"), (201, ""))
        writer.write(f"HTTP/1.1 {status} .\r\n{more}content-length: 0\r\n\r\n".encode())
        await writer.drain()
        writer.close()


@asynccontextmanager
async def push_service(folder, monkeypatch):
    """A running service that HTTPS clients of this process believe."""
    path = certificate(folder)
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(name, HERE)
    service = PushService()
    server = await asyncio.start_server(service.answer, HERE, 0, ssl=showing(path))
    async with server:
        service.port = server.sockets[0].getsockname()[1]
        yield service


def claims_of(authorization):
    """What the signed line says, and the key it was proved with. Raises when the proof fails."""
    scheme, _, rest = authorization.partition(" ")
    assert scheme == "vapid"
    parts = dict(part.strip().split("=", 1) for part in rest.split(","))
    said, _, signature = parts["t"].rpartition(".")
    header, claims = (msgspec.json.decode(decoded(each)) for each in said.split("."))
    assert header == {"typ": "JWT", "alg": "ES256"}
    proof = decoded(signature)
    assert len(proof) == 64
    r, s = int.from_bytes(proof[:32]), int.from_bytes(proof[32:])
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), decoded(parts["k"]))
    key.verify(encode_dss_signature(r, s), said.encode(), ec.ECDSA(hashes.SHA256()))
    return claims, parts["k"]
