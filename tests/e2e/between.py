"""What stands between a phone and the server: a hotel's sign-in page, a newer release, gaps."""

import http.client
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Edit = Callable[[bytes], bytes]

PORTAL = b"<!doctype html><title>Wi-Fi</title><p>Please sign in to the network</p>"
_HOP = {"connection", "content-length", "content-encoding", "transfer-encoding", "keep-alive"}


class Between:
    """A reverse proxy on a port of its own."""

    def __init__(self) -> None:
        self.behind = 0
        """Port of the server."""
        self.portal = False
        """Every answer is the network's own page, with status 200."""
        self.gone = False
        """Every connection is cut before an answer, as if the server stood still."""
        self.failing: set[str] = set()
        """Paths that cannot be fetched now."""
        self.edits: dict[str, Edit] = {}
        """What another release has instead, by path."""
        self.answers: dict[str, tuple[str, bytes]] = {}
        """Type and content of what is answered here, by path: the server has nothing there."""
        self.caught: list[str] = []
        """Paths of the requests that the network's own page answered."""
        self.asked: list[tuple[str, str, int]] = []
        """Method, path and length of every request that reached the server."""
        self._server = _Server(self)
        self.address = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def calm(self) -> None:
        """No fault any more."""
        self.portal = False
        self.gone = False
        self.failing.clear()
        self.edits.clear()
        self.answers.clear()
        self.caught.clear()

    def patched(self, path: str = "") -> list[int]:
        """The length of every piece of a photo that arrived, of all photos by default."""
        return [size for way, where, size in self.asked if way == "PATCH" and path in where]

    def stop(self) -> None:
        """Close the port."""
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, between: Between) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.between = between

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that was killed leaves its connections behind."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"

    def answer_all(self) -> None:
        between = self.server.between
        path = self.path.partition("?")[0]
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        if between.gone:
            self.close_connection = True
        elif between.portal:
            self._answer(200, [("content-type", "text/html")], PORTAL)
            between.caught.append(path)
        elif path in between.answers:
            media_type, content = between.answers[path]
            self._answer(200, [("content-type", media_type)], content)
        elif path in between.failing:
            self._answer(503, [("content-type", "text/plain")], b"no")
        else:
            between.asked.append((self.command, path, len(body)))
            self._pass_on(path, body)

    def _pass_on(self, path: str, body: bytes) -> None:
        between = self.server.between
        behind = http.client.HTTPConnection("127.0.0.1", between.behind, timeout=30)
        headers = {name: value for name, value in self.headers.items() if name.lower() not in _HOP}
        edit = between.edits.get(path)
        if edit:
            headers = {n: v for n, v in headers.items() if n.lower() != "if-none-match"}
        headers["accept-encoding"] = "identity"
        behind.request(self.command, self.path, body, headers)
        answer = behind.getresponse()
        content = answer.read()
        behind.close()
        kept = [(n, v) for n, v in answer.getheaders() if n.lower() not in _HOP]
        if edit:
            content = edit(content)
            kept = [(n, v) for n, v in kept if n.lower() != "etag"]
        self._answer(answer.status, kept, content, length=answer.getheader("content-length"))

    def _answer(
        self, status: int, headers: list[tuple[str, str]], body: bytes, length: str | None = None
    ) -> None:
        self.send_response_only(status)
        for name, value in headers:
            self.send_header(name, value)
        head = self.command == "HEAD"
        self.send_header("content-length", (length or "0") if head else str(len(body)))
        self.end_headers()
        if not head:
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


for _way in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"):
    setattr(_Handler, f"do_{_way}", _Handler.answer_all)
