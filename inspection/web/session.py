"""Who is calling: the session cookie, looked up once per request and kept beside it."""

from typing import Any

import msgspec
from litestar import Request, Response
from litestar.connection import ASGIConnection

from inspection.domain.access import Actor
from inspection.domain.account import ABSOLUTE_LIFE
from inspection.domain.refusals import NotSignedIn, SessionRevoked
from inspection.persistence.sessions import SessionRow
from inspection.services import sessions
from inspection.services.tools import Tools

COOKIE = "mingcha_session"
COOKIE_SECONDS = int(ABSOLUTE_LIFE.total_seconds())

Connection = ASGIConnection[Any, Any, Any, Any]
WebRequest = Request[Any, Any, Any]

_LONGEST_TOKEN = 64
_REQUIRED = "caller_required"


class Caller(msgspec.Struct, frozen=True):
    """A signed-in person and the session they came with."""

    actor: Actor
    session: SessionRow
    token: str


async def not_signed_in(connection: Connection) -> NotSignedIn:
    """Why nobody is signed in: a session that ended, or one whose device must erase itself."""
    token = _token_of(connection)
    return SessionRevoked() if token and await sessions.is_revoked(token) else NotSignedIn()


async def find_caller(connection: Connection) -> Caller | None:
    """Look the cookie's session up; the row decides, so a revoked one ends at once."""
    state = connection.scope["state"]
    if "caller" not in state:
        state["caller"] = await _look_up(connection)
    return caller_of(connection)


async def require_caller(connection: Connection) -> Caller:
    """The same on a route for signed-in people, from now until its body is read. Raises
    NotSignedIn, or SessionRevoked where the device must erase itself.
    """
    connection.scope["state"][_REQUIRED] = True
    if caller := await find_caller(connection):
        return caller
    raise await not_signed_in(connection)


async def check_caller(connection: Connection) -> None:
    """Look again at who is asking, for a body may take long to come: whoever was shut out since is
    nobody now. Raises NotSignedIn or SessionRevoked on routes for signed-in people.
    """
    state = connection.scope["state"]
    if (caller := caller_of(connection)) is None:
        return
    actor = await sessions.look_once_more(tools_of(connection), caller.token)
    state["caller"] = msgspec.structs.replace(caller, actor=actor) if actor else None
    if actor is None and _REQUIRED in state:
        raise await not_signed_in(connection)


def caller_of(connection: Connection) -> Caller | None:
    """The caller found earlier in this request, if any."""
    caller: Caller | None = connection.scope["state"].get("caller")
    return caller


def actor_of(connection: Connection) -> Actor:
    """The person asking. Raises NotSignedIn on routes that anybody may call."""
    if caller := caller_of(connection):
        return caller.actor
    raise NotSignedIn


def session_of(connection: Connection) -> SessionRow:
    """The session asked with. Raises NotSignedIn on routes that anybody may call."""
    if caller := caller_of(connection):
        return caller.session
    raise NotSignedIn


def tools_of(connection: Connection) -> Tools:
    """What the application was built with."""
    tools: Tools = connection.app.state.tools
    return tools


def csrf_token_of(connection: Connection) -> str:
    """What a state-changing request of this session must carry. Empty when nobody is signed in."""
    caller = caller_of(connection)
    return sessions.csrf_token(caller.token) if caller else ""


def keep_session(response: Response[Any], token: str, *, secure: bool) -> None:
    """Give the browser its new session; said at sign-in only."""
    response.set_cookie(
        COOKIE, token, max_age=COOKIE_SECONDS, httponly=True, samesite="lax", secure=secure
    )


def drop_session(response: Response[Any], *, secure: bool) -> None:
    """Take the session from the browser, and the pages it kept for going back."""
    response.headers["clear-site-data"] = '"cache"'
    response.set_cookie(COOKIE, "", max_age=0, httponly=True, samesite="lax", secure=secure)


async def _look_up(connection: Connection) -> Caller | None:
    if not (token := _token_of(connection)):
        return None
    found = await sessions.actor_of(tools_of(connection), token)
    return Caller(*found, token) if found else None


def _token_of(connection: Connection) -> str:
    """The token the browser sends; empty when there is none, or none of ours."""
    token = connection.cookies.get(COOKIE, "")
    return token if len(token) <= _LONGEST_TOKEN else ""
