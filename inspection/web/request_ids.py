"""One id per request, in every answer and beside every line of the log."""

from collections.abc import Callable
from typing import Any

from inspection.web.session import Connection

HEADER = "x-request-id"


def request_id_of(connection: Connection) -> str:
    """The id the server gave this request."""
    return request_id_in(connection.scope["state"], connection.app.state.tools.random_id)


def request_id_in(state: dict[str, Any], new_id: Callable[[], str]) -> str:
    """The id kept in a request's state, made at the first question."""
    found: str = state.setdefault("request_id", "") or new_id()[:16]
    state["request_id"] = found
    return found
