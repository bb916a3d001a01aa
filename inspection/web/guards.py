"""Deny by default: a route says which action it is, and only who holds it gets in."""

from collections.abc import Set
from typing import Any

from litestar import Litestar
from litestar.handlers import BaseRouteHandler
from litestar.routes import ASGIRoute, BaseRoute, HTTPRoute

from inspection.domain.access import Action, Actor, granted
from inspection.domain.decoding_faults import is_storable
from inspection.domain.people.api_token import TokenScope
from inspection.domain.refusals import NotAllowed, NotFound, SecondStepMissing
from inspection.domain.refusals.api_tokens import TokenForbidden
from inspection.services.people.second_step import is_missing
from inspection.web.access_log import note_begin
from inspection.web.addresses import client_address
from inspection.web.bell import note_unread
from inspection.web.forgery import is_from_here, refuse_forgery
from inspection.web.forms import keep_form
from inspection.web.proofs import take_proof
from inspection.web.session import (
    Caller,
    Connection,
    WebRequest,
    admit_reader,
    bearer_of,
    find_caller,
    require_caller,
)

ACTION = "action"
READS = "reads"
ASKS = "asks"
TOKENS = "tokens"
_NO_CALLER = "no_caller"

NO_TOKENS: Set[TokenScope] = frozenset()
ANY_TOKEN: Set[TokenScope] = frozenset(TokenScope)

OPEN_TO_ALL = frozenset({Action.PUBLIC, Action.SESSION_OPEN})
"""Actions nobody has to be signed in for."""

WITHOUT_SECOND_STEP = OPEN_TO_ALL | {
    Action.SESSION_READ,
    Action.SESSION_CLOSE,
    Action.LANGUAGE_CHOOSE,
    Action.SELF_READ,
    Action.SELF_EDIT,
}
"""What somebody may do who still has to set up the second step their role needs."""


def needs(
    action: Action,
    *,
    reads: type | None = None,
    asks: type | None = None,
    tokens: Set[TokenScope] = NO_TOKENS,
) -> dict[str, Any]:
    """For `opt=`: the one action a route is, the structs its body (or `bytes`) and its query are
    read as, and the scopes of tokens that may read it. PUBLIC routes know their caller when there
    is one.
    """
    return {ACTION: action, READS: reads, ASKS: asks, TOKENS: tokens}


FILES = {ACTION: Action.PUBLIC, _NO_CALLER: True}
"""For `opt=` of routes that serve the same bytes to everybody and never look at the session."""


async def admit(connection: Connection, handler: BaseRouteHandler) -> None:
    """Let the request in, or raise NotSignedIn, NotAllowed, ForgeryRefused, SecondStepMissing,
    NotFound, or what a token is refused with.
    """
    note_begin(connection.scope)
    action = handler.opt.get(ACTION)
    if _NO_CALLER in handler.opt or action is None:
        # No action: the OPTIONS answer the router makes by itself. check_declared saw to the rest.
        return
    if (text := bearer_of(connection)) is not None:
        await _admit_reader(connection, handler, text)
    else:
        await _admit_person(connection, action)
    if not all(is_storable(str(place)) for place in connection.path_params.values()):
        # Nothing has such a name, and PostgreSQL takes no U+0000 even to look for it.
        raise NotFound(noun="page")


async def _admit_reader(connection: Connection, handler: BaseRouteHandler, text: str) -> None:
    """Let a token in where it may read. It changes nothing, so no other site has a use for it."""
    reader = await admit_reader(connection, text, client_address(connection))
    scopes: Set[TokenScope] = handler.opt.get(TOKENS, NO_TOKENS)
    if connection.scope.get("method") != "GET" or not reader.scopes & scopes:
        raise TokenForbidden
    await _refuse_without_second_step(connection, reader.actor)


async def _admit_person(connection: Connection, action: Action) -> None:
    """Let somebody with a browser in, or nobody where anybody may come."""
    caller = await find_caller(connection)
    if action not in OPEN_TO_ALL:
        if caller is None and is_from_here(connection):
            await keep_form(WebRequest(connection.scope, connection.receive))
        if not granted((await require_caller(connection)).actor.role, action):
            raise NotAllowed
    # Whoever signs in may still have a session, and no page of ours that knows its token.
    await refuse_forgery(connection, None if action is Action.SESSION_OPEN else caller)
    if caller is not None:
        await _meet(connection, caller, action)


async def _meet(connection: Connection, caller: Caller, action: Action) -> None:
    """What there is with somebody known: the second step, a proof they send along, their bell."""
    if action not in WITHOUT_SECOND_STEP:
        await _refuse_without_second_step(connection, caller.actor)
    if action not in OPEN_TO_ALL:
        await take_proof(WebRequest(connection.scope, connection.receive), caller)
    await note_unread(connection, caller)


async def _refuse_without_second_step(connection: Connection, actor: Actor) -> None:
    if await is_missing(actor, required=connection.app.state.settings.require_totp):
        raise SecondStepMissing


class ActionMissing(RuntimeError):
    """A route was added without saying which action it is; the application does not start."""


def check_declared(app: Litestar) -> None:
    """Refuse to start while a route declares no action."""
    for route in app.routes:
        for handler in handlers_of(route):
            if not isinstance(handler.opt.get(ACTION), Action):
                msg = (
                    f"{route.path}: {handler.handler_name} declares no action: opt=needs(Action.…)"
                )
                raise ActionMissing(msg)


def handlers_of(route: BaseRoute) -> tuple[BaseRouteHandler, ...]:
    """The handlers people wrote for a route: all but the OPTIONS answer the router adds."""
    if isinstance(route, HTTPRoute):
        return tuple(h for h in route.route_handlers if h.http_methods != {"OPTIONS"})
    return (route.route_handler,) if isinstance(route, ASGIRoute) else ()
