"""A browser without a screen: keeps cookies, carries the token of its session, follows nothing."""

from typing import Any

import httpx
from litestar import Litestar

from tests.cast import PASSWORD, Person
from tests.makers import ADDRESS

COOKIE = "mingcha_session"


class Visitor:
    """Somebody calling the application, signed in or not."""

    def __init__(self, app: Litestar, address: str = "203.0.113.7") -> None:
        transport = httpx.ASGITransport(app=app, client=(address, 40000))
        self.http = httpx.AsyncClient(transport=transport, base_url=ADDRESS)
        self.csrf_token = ""

    async def sign_in(self, person: Person, password: str = PASSWORD) -> httpx.Response:
        """Sign in as somebody of the cast; the answer."""
        typed = {"sign_in": person.sign_in, "password": password}
        answer = await self.http.post("/api/sessions", json=typed)
        self.csrf_token = answer.json().get("csrf_token", "")
        return answer

    async def send(self, method: str, path: str, **parts: Any) -> httpx.Response:
        """Any request, with the token of the session unless the test gives one."""
        headers = {"x-csrf-token": self.csrf_token, **parts.pop("headers", {})}
        return await self.http.request(method, path, headers=headers, **parts)

    async def get(self, path: str, **parts: Any) -> httpx.Response:
        """Read."""
        return await self.send("GET", path, **parts)

    async def post(self, path: str, **parts: Any) -> httpx.Response:
        """Send something new."""
        return await self.send("POST", path, **parts)

    async def submit(self, path: str, fields: dict[str, str]) -> httpx.Response:
        """Send a form the way a page does: the token is one of the fields."""
        return await self.http.post(path, data={"csrf_token": self.csrf_token, **fields})
