"""Signing in and out from a phone, and who is signed in."""

from datetime import datetime
from typing import Annotated

import msgspec
from litestar import Response, delete, get, post, put
from msgspec import Meta

from inspection.domain.access import Action, Actor
from inspection.persistence.people.sessions import SessionRow
from inspection.services.people import accounts, sessions
from inspection.services.people.accounts import Profile
from inspection.services.people.sessions import Device
from inspection.web.addresses import client_address
from inspection.web.decoding import json_of
from inspection.web.guards import needs
from inspection.web.languages import language_of
from inspection.web.session import (
    COOKIE,
    WebRequest,
    actor_of,
    caller_of,
    drop_session,
    keep_session,
    not_signed_in,
    session_of,
    tools_of,
)
from inspection.wording import Language


class SignInIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a person types to sign in; the code is for those who have a second step."""

    sign_in: Annotated[str, Meta(min_length=1, max_length=120)]
    password: Annotated[str, Meta(min_length=1, max_length=128)]
    code: Annotated[str, Meta(max_length=40)] = ""


class LanguageIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The language a person wants to read."""

    language: Language


class SessionOut(msgspec.Struct, frozen=True):
    """Who is signed in, until when, and the token their state-changing requests carry."""

    account: Profile
    csrf_token: str
    expires_at: datetime
    server_time: datetime


class VisitorOut(msgspec.Struct, frozen=True):
    """Who is asking, if anybody is signed in."""

    session: SessionOut | None


@post("/api/sessions", opt=needs(Action.SESSION_OPEN, reads=SignInIn))
async def open_session(request: WebRequest) -> Response[SessionOut]:
    """Sign in. The cookie is new every time."""
    typed = await json_of(request, SignInIn)
    opened = await sessions.sign_in(
        tools_of(request), typed.sign_in, typed.password, device_of(request), typed.code
    )
    shown = await _shown(request, opened.actor, opened.session, opened.token)
    answer = Response(shown, status_code=201)
    keep_session(request, answer, opened)
    return answer


@get("/api/session", opt=needs(Action.SESSION_READ))
async def read_session(request: WebRequest) -> SessionOut:
    """Say who is signed in."""
    return await _shown(request, actor_of(request), session_of(request), request.cookies[COOKIE])


@get("/api/visitor", opt=needs(Action.PUBLIC))
async def read_visitor(request: WebRequest) -> VisitorOut:
    """Say who is asking, also when nobody is signed in: a phone's first start is no failure."""
    if caller := caller_of(request):
        return VisitorOut(await _shown(request, caller.actor, session_of(request), caller.token))
    if request.cookies.get(COOKIE):
        raise await not_signed_in(request)
    return VisitorOut(None)


@put("/api/session/language", opt=needs(Action.LANGUAGE_CHOOSE, reads=LanguageIn))
async def choose_language(request: WebRequest) -> SessionOut:
    """Remember the language on the account."""
    chosen = await json_of(request, LanguageIn)
    actor = await accounts.change_language(tools_of(request), actor_of(request), chosen.language)
    return await _shown(request, actor, session_of(request), request.cookies[COOKIE])


@delete("/api/session", opt=needs(Action.SESSION_CLOSE), status_code=204)
async def close_session(request: WebRequest) -> Response[None]:
    """Sign out."""
    await sessions.sign_out(tools_of(request), session_of(request))
    answer = Response(None, status_code=204)
    drop_session(answer, secure=request.app.state.settings.secure_cookies)
    return answer


def device_of(request: WebRequest) -> Device:
    """Where a sign-in comes from."""
    return Device(
        address=client_address(request),
        user_agent=request.headers.get("user-agent", ""),
        earlier_token=request.cookies.get(COOKIE, ""),
    )


async def _shown(request: WebRequest, actor: Actor, session: SessionRow, token: str) -> SessionOut:
    # A sign-in is answered in the language of the account that has just signed in.
    return SessionOut(
        account=await accounts.profile_of(actor, language_of(request, actor)),
        csrf_token=sessions.csrf_token(token),
        expires_at=session.expires_at,
        server_time=tools_of(request).now(),
    )


ROUTES = [open_session, read_session, read_visitor, choose_language, close_session]
