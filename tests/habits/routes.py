"""Every route of the application, as habits look at them."""

import re
from typing import NamedTuple

from litestar import Litestar
from litestar.handlers import BaseRouteHandler

from inspection.domain.access import Action
from inspection.web.forgery import SAFE_METHODS
from inspection.web.guards import ACTION, handlers_of

PLACES = {
    "id": "00000000-0000-7000-8000-000000009999",
    "visit": "00000000-0000-7000-8000-000000009999",
    "sending": "00000000-0000-7000-8000-000000009999",
    "device": "phone-9",
    "digest": "0" * 64,
    "sha256": "0" * 64,
    "sha": "0" * 64,
    "n": "1",
    "number": "1",
    "attempt": "1",
    "line": "1",
    "item": "KC-E-01",
    "k": "1",
    "code": "LZ-0007",
    "token": "0" * 40,
}
"""What goes where a path has a parameter: things nobody has."""

_PARAMETER = re.compile(r"\{([a-z_0-9]+)(?::[a-z]+)?\}")


class Route(NamedTuple):
    """One method of one path."""

    method: str
    path: str
    handler: BaseRouteHandler

    @property
    def action(self) -> Action:
        return self.handler.opt[ACTION]

    @property
    def address(self) -> str:
        """The path with something in the place of each parameter."""
        return self.address_with(None)

    def address_with(self, anything: str | None) -> str:
        """The path with this in the place of each parameter."""
        return _PARAMETER.sub(lambda found: anything or PLACES.get(found[1], "1"), self.path)

    @property
    def changes(self) -> bool:
        """Whether calling it can change anything."""
        return self.method not in SAFE_METHODS


def routes_of(app: Litestar) -> list[Route]:
    """Every method of every path somebody wrote a handler for."""
    found = []
    for route in app.routes:
        for handler in handlers_of(route):
            methods = getattr(handler, "http_methods", ["GET"])
            found += [Route(str(method), route.path, handler) for method in methods]
    return sorted(found, key=lambda each: (each.path, each.method))
