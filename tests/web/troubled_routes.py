"""Routes that fail in every way there is."""

import msgspec
from litestar import get, post
from litestar.exceptions import InternalServerException

from inspection.domain.access import Action
from inspection.domain.refusals import DiskFull, MoveRefused, SignInTooOften, StoreBusy
from inspection.web.decoding import json_bytes_of, query_of
from inspection.web.forms import form_fields
from inspection.web.guards import needs
from inspection.web.session import WebRequest, actor_of, session_of


@get("/api/broken", opt=needs(Action.PUBLIC))
async def broken() -> None:
    secret = "0931-8888888"
    raise RuntimeError(secret)


@get("/broken", opt=needs(Action.PUBLIC))
async def broken_page() -> None:
    raise RuntimeError


@get("/api/busy", opt=needs(Action.PUBLIC))
async def busy() -> None:
    raise StoreBusy


@get("/api/full", opt=needs(Action.PUBLIC))
async def full() -> None:
    raise DiskFull


@get("/api/later", opt=needs(Action.PUBLIC))
async def later() -> None:
    raise SignInTooOften(seconds=17)


@get("/api/forgetful", opt=needs(Action.PUBLIC))
async def forgetful() -> None:
    raise MoveRefused(noun="visit")


class Choices(msgspec.Struct):
    """What the address of a page may say."""

    name: str = ""
    count: int = 0


@get("/choosy", opt=needs(Action.PUBLIC))
async def choosy(request: WebRequest) -> None:
    query_of(request, Choices)


@post("/reviews", opt=needs(Action.VISIT_REVIEW))
async def refusing(request: WebRequest) -> None:
    await form_fields(request)
    raise StoreBusy


@post("/api/small", opt=needs(Action.PUBLIC), status_code=200)
async def small(request: WebRequest) -> dict[str, int]:
    return {"bytes": len(await json_bytes_of(request, limit=10))}


@get("/api/whoever", opt=needs(Action.PUBLIC))
async def whoever(request: WebRequest) -> dict[str, str]:
    return {"name": actor_of(request).name, "session": session_of(request).id}


@get("/api/framework", opt=needs(Action.PUBLIC))
async def framework() -> None:
    raise InternalServerException(detail="a detail of ours")


@get("/api/undeclared")
async def undeclared() -> None:
    """A route that forgot its action."""
