"""Who is calling: the session cookie, looked up once per request and kept beside it."""

from datetime import datetime
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.connection import ASGIConnection

from inspection.domain.access import Actor
from inspection.domain.refusals import NotSignedIn, SessionRevoked
from inspection.persistence.people.sessions import SessionRow
from inspection.services.people import api_token_use, sessions
from inspection.services.people.api_token_use import Reader
from inspection.services.people.sessions import Opened
from inspection.services.tools import Tools

COOKIE = "mingcha_session"

Connection = ASGIConnection[Any, Any, Any, Any]
WebRequest = Request[Any, Any, Any]

_LONGEST_TOKEN = 64
_REQUIRED = "caller_required"


class Caller(msgspec.Struct, frozen=True):
    """Somebody known, by the session they came with, or by a token that reads: then `reads_by` is
    what it is recognised by, and there is no session.
    """

    actor: Actor
    session: SessionRow | None
    token: str
    reads_by: str = ""


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


async def admit_reader(connection: Connection, text: str, address: str) -> Reader:
    """Have the reader behind a token be the caller of this request. Raises TokenRefused,
    TokenForbidden and TokenTooOften.
    """
    state = connection.scope["state"]
    # Whatever cookie comes along counts for nothing.
    state["caller"] = None
    reader = await api_token_use.reader_of(tools_of(connection), text, address)
    state["caller"] = Caller(reader.actor, None, text, reader.prefix)
    state[_REQUIRED] = True
    return reader


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
    look = api_token_use.look_once_more if caller.reads_by else sessions.look_once_more
    actor = await look(tools_of(connection), caller.token)
    state["caller"] = msgspec.structs.replace(caller, actor=actor) if actor else None
    if actor is None and _REQUIRED in state:
        raise await not_signed_in(connection)


def caller_of(connection: Connection) -> Caller | None:
    """The caller found earlier in this request, if any."""
    caller: Caller | None = connection.scope["state"].get("caller")
    return caller


def note_proved(connection: Connection, at: datetime) -> None:
    """Have the rest of this request know that its caller gave password or code just now."""
    if caller := caller_of(connection):
        actor = msgspec.structs.replace(caller.actor, proved_at=at)
        connection.scope["state"]["caller"] = msgspec.structs.replace(caller, actor=actor)


def actor_of(connection: Connection) -> Actor:
    """The person asking. Raises NotSignedIn on routes that anybody may call."""
    if caller := caller_of(connection):
        return caller.actor
    raise NotSignedIn


def session_of(connection: Connection) -> SessionRow:
    """The session asked with. Raises NotSignedIn on routes that anybody may call."""
    if (caller := caller_of(connection)) and caller.session:
        return caller.session
    raise NotSignedIn


def reads_by(connection: Connection) -> str:
    """What the token asked with is recognised by; empty for a person with a browser."""
    caller = caller_of(connection)
    return caller.reads_by if caller else ""


def tools_of(connection: Connection) -> Tools:
    """What the application was built with."""
    tools: Tools = connection.app.state.tools
    return tools


def csrf_token_of(connection: Connection) -> str:
    """What a state-changing request of this session must carry. Empty when nobody is signed in."""
    caller = caller_of(connection)
    return sessions.csrf_token(caller.token) if caller else ""


def keep_session(connection: Connection, response: Response[Any], opened: Opened) -> None:
    """Give the browser its new session; said at sign-in only."""
    life = tools_of(connection).lives.of(opened.actor.role)
    response.set_cookie(
        COOKIE,
        opened.token,
        max_age=int(life.absolute.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=connection.app.state.settings.secure_cookies,
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


def bearer_of(connection: Connection) -> str | None:
    """The token a program shows; None for a browser, empty for one that is none."""
    scheme, _, text = connection.headers.get("authorization", "").partition(" ")
    return text.strip() if scheme.lower() == "bearer" else None


def _token_of(connection: Connection) -> str:
    """The token the browser sends; empty when there is none, or none of ours."""
    token = connection.cookies.get(COOKIE, "")
    return token if len(token) <= _LONGEST_TOKEN else ""
