"""A signed-in browser without a client library: every byte of an address goes in as it is, where
a library would put it in order first, and thousands of questions take half the time.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlencode

from litestar import Litestar

from tests.visitor import Visitor


@dataclass(frozen=True)
class Answer:
    """What came back; names of headers in small letters, the last of equal ones."""

    status_code: int
    headers: dict[str, str]
    content: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.content.decode(errors="replace")


class Caller:
    """Calls as a visitor would who has signed in; cookies of answers are not kept."""

    def __init__(self, app: Litestar, visitor: Visitor) -> None:
        self._app = app
        cookies = "; ".join(f"{name}={value}" for name, value in visitor.http.cookies.items())
        self._headers = {
            "host": visitor.http.base_url.netloc.decode(),
            "cookie": cookies,
            "x-csrf-token": visitor.csrf_token,
        }

    async def hand_in(self, method: str, address: str, body: Mapping[str, object] | None) -> Answer:
        """A request with what it wants: JSON for the API, for a page a form with the token."""
        if body is None:
            return await self.send(method, address)
        if address.startswith("/api"):
            content, media_type = json.dumps(body), "application/json"
        else:
            token = {"csrf_token": self._headers["x-csrf-token"]}
            content, media_type = urlencode({**token, **body}), "application/x-www-form-urlencoded"
        headers = {"content-type": media_type}
        return await self.send(method, address, content=content.encode(), headers=headers)

    async def send(
        self, method: str, address: str, *, content: bytes = b"", headers: Mapping[str, str] = {}
    ) -> Answer:
        """Any request, as a server hands it on that parsed nothing but the percent signs."""
        path, _, query = address.partition("?")
        given = {**self._headers, "content-length": str(len(content)), **headers}
        scope: dict[str, Any] = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method,
            "scheme": "http", "root_path": "", "path": unquote(path), "raw_path": path.encode(),
            "query_string": query.encode(), "client": ("203.0.113.7", 40000),
            "server": ("mingcha.test", 80), "extensions": {},
            "headers": [(name.encode(), value.encode()) for name, value in given.items() if value],
        }  # fmt: skip
        sent: list[Any] = []
        asked = [{"type": "http.request", "body": content, "more_body": False}]

        async def receive() -> Any:
            return asked.pop() if asked else {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            sent.append(message)

        await self._app(scope, receive, send)  # type: ignore[arg-type]
        start, *bodies = sent
        head = {name.decode().lower(): value.decode() for name, value in start["headers"]}
        body = b"".join(message.get("body", b"") for message in bodies)
        return Answer(start["status"], head, body)
