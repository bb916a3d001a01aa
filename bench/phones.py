"""Phones: a few keep-alive connections that send one request after the other, and cost little.

One thread and raw sockets, because the phones share the machine with the server they measure.
"""

import http.client
import json
import selectors
import socket
from collections.abc import Iterable, Iterator, Sequence

import msgspec

RECEIVE = 256 * 1024
GATHERED = 64


class SignedIn(msgspec.Struct, frozen=True):
    """A session of the product, as the headers every request of it carries."""

    port: int
    headers: str


class Errand(msgspec.Struct, frozen=True):
    """Requests that belong together, each as the pieces of its bytes: a visit and its photos."""

    requests: Sequence[Sequence[bytes]]


class Answer(msgspec.Struct, frozen=True):
    """What came back."""

    status: int
    body: bytes
    tag: str = ""


def sign_in(port: int, name: str, password: str) -> SignedIn:
    """Sign in the way a phone does."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    typed = json.dumps({"sign_in": name, "password": password})
    connection.request("POST", "/api/sessions", typed, {"content-type": "application/json"})
    answer = connection.getresponse()
    body = json.loads(answer.read())
    assert answer.status == 201, body
    cookie = (answer.getheader("set-cookie") or "").partition(";")[0]
    connection.close()
    lines = (f"Host: 127.0.0.1:{port}", f"Cookie: {cookie}", f"X-CSRF-Token: {body['csrf_token']}")
    return SignedIn(port, "\r\n".join(lines))


def request(
    session: SignedIn,
    method: str,
    path: str,
    headers: Sequence[str] = (),
    body: Sequence[bytes] = (),
) -> tuple[bytes, ...]:
    """One request as the pieces of its bytes, so that a photo is never copied."""
    lines = [f"{method} {path} HTTP/1.1", session.headers, *headers]
    if method not in ("GET", "HEAD"):
        lines.append(f"Content-Length: {sum(map(len, body))}")
    return ("\r\n".join(lines).encode() + b"\r\n\r\n", *body)


def send_all(port: int, errands: Sequence[Iterable[Errand]]) -> int:
    """Let each phone run its own errands, all at once; how many were run. Any refusal is an error:
    a benchmark of refusals would be a fast one.
    """
    with selectors.DefaultSelector() as selector:
        for mine in errands:
            _Phone(selector, port, iter(mine))
        done = 0
        while selector.get_map():
            for key, events in selector.select(timeout=30) or _stalled():
                done += key.data.go_on(events)
        return done


def get_all(
    session: SignedIn, paths: Iterable[str], *, packed: bool = False, status: int = 200
) -> list[Answer]:
    """Read addresses one after the other over one connection; `packed`, as a browser gets them."""
    connection = http.client.HTTPConnection("127.0.0.1", session.port, timeout=60)
    pairs = (line.partition(": ") for line in session.headers.split("\r\n"))
    headers = {name: value for name, _, value in pairs}
    if packed:
        headers["Accept-Encoding"] = "br, gzip"
    found = []
    for path in paths:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        found.append(Answer(answer.status, answer.read(), answer.getheader("etag") or ""))
        assert answer.status == status, (path, answer.status, found[-1].body[:400])
    connection.close()
    return found


def _stalled() -> list[tuple[selectors.SelectorKey, int]]:
    msg = "the server has not answered for half a minute"
    raise RuntimeError(msg)


class _Phone:
    """One connection and the errands still to run over it."""

    def __init__(
        self, selector: selectors.BaseSelector, port: int, errands: Iterator[Errand]
    ) -> None:
        self._selector = selector
        self._errands = errands
        self._requests: list[Sequence[bytes]] = []
        self._out: list[memoryview] = []
        self._in = bytearray()
        self._socket = socket.create_connection(("127.0.0.1", port))
        self._socket.settimeout(0)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        selector.register(self._socket, selectors.EVENT_READ, self)
        self._next_errand()

    def go_on(self, events: int) -> int:
        """Write and read what is possible now; 1 when that ended an errand."""
        if events & selectors.EVENT_WRITE:
            self._write()
        if not events & selectors.EVENT_READ or not self._read():
            return 0
        if self._requests:
            self._send(self._requests.pop(0))
            return 0
        self._next_errand()
        return 1

    def _next_errand(self) -> None:
        errand = next(self._errands, None)
        if errand is None:
            self._selector.unregister(self._socket)
            self._socket.close()
            return
        first, *self._requests = errand.requests
        self._send(first)

    def _send(self, pieces: Sequence[bytes]) -> None:
        self._in.clear()
        self._out = [memoryview(piece) for piece in pieces]
        self._write()

    def _write(self) -> None:
        while self._out:
            try:
                sent = self._socket.sendmsg(self._out[:GATHERED])
            except BlockingIOError:
                break
            while sent:
                taken = min(sent, len(self._out[0]))
                self._out[0] = self._out[0][taken:]
                sent -= taken
                if not self._out[0]:
                    self._out.pop(0)
        wanted = selectors.EVENT_READ | (selectors.EVENT_WRITE if self._out else 0)
        self._selector.modify(self._socket, wanted, self)

    def _read(self) -> bool:
        """Whether the answer is complete. The product says how long every answer is."""
        piece = self._socket.recv(RECEIVE)
        assert piece, "the server closed the connection"
        self._in += piece
        head, found, body = self._in.partition(b"\r\n\r\n")
        if not found:
            return False
        status, *lines = head.lower().split(b"\r\n")
        length = next(line for line in lines if line.startswith(b"content-length:"))
        if len(body) < int(length.partition(b":")[2]):
            return False
        assert int(status.split()[1]) in (200, 201), bytes(self._in[:2000]).decode()
        return True
