"""One line of JSON per answer: which route, not which address, for addresses can hold secrets."""

import logging
from time import perf_counter

import msgspec
from litestar.types import Scope

LOG = logging.getLogger("inspection.access")

_BEGAN = "began"


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """What is noted of a request. `ms` counts from the guard to the head of the answer."""

    at: str
    id: str
    method: str
    route: str
    status: int
    ms: float | None


def note_begin(scope: Scope) -> None:
    """Remember when the request got to its route."""
    scope["state"][_BEGAN] = perf_counter()


def note_answer(scope: Scope, *, at: str, request_id: str, status: int) -> None:
    """Write the line, when somebody asked for the log."""
    if not LOG.isEnabledFor(logging.INFO):
        return
    began = scope["state"].get(_BEGAN)
    line = Line(
        at=at,
        id=request_id,
        method=str(scope.get("method", "")),
        route=str(scope.get("path_template", "unknown") or "files"),
        status=status,
        ms=None if began is None else round((perf_counter() - began) * 1000, 1),
    )
    LOG.info("%s", msgspec.json.encode(line).decode())
