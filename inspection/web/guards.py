"""Deny by default: a route says which action it is, and only who holds it gets in."""

from typing import Any

from litestar import Litestar
from litestar.handlers import BaseRouteHandler
from litestar.routes import ASGIRoute, BaseRoute, HTTPRoute

from inspection.domain.access import Action, Actor, granted
from inspection.domain.decoding_faults import is_storable
from inspection.domain.refusals import NotAllowed, NotFound, SecondStepMissing
from inspection.services.second_step import is_missing
from inspection.web.access_log import note_begin
from inspection.web.forgery import is_from_here, refuse_forgery
from inspection.web.forms import keep_form
from inspection.web.session import Connection, WebRequest, find_caller, require_caller

ACTION = "action"
READS = "reads"
_NO_CALLER = "no_caller"

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


def needs(action: Action, *, reads: type | None = None) -> dict[str, Any]:
    """For `opt=`: the one action a route is, and the struct its body is read as (or `bytes`).
    PUBLIC routes know their caller when there is one.
    """
    return {ACTION: action, READS: reads}


FILES = {ACTION: Action.PUBLIC, _NO_CALLER: True}
"""For `opt=` of routes that serve the same bytes to everybody and never look at the session."""


async def admit(connection: Connection, handler: BaseRouteHandler) -> None:
    """Let the request in, or raise NotSignedIn, NotAllowed, ForgeryRefused, SecondStepMissing or
    NotFound.
    """
    note_begin(connection.scope)
    action = handler.opt.get(ACTION)
    if _NO_CALLER in handler.opt or action is None:
        # No action: the OPTIONS answer the router makes by itself. check_declared saw to the rest.
        return
    caller = await find_caller(connection)
    if action not in OPEN_TO_ALL:
        if caller is None and is_from_here(connection):
            await keep_form(WebRequest(connection.scope, connection.receive))
        if not granted((await require_caller(connection)).actor.role, action):
            raise NotAllowed
    # Whoever signs in may still have a session, and no page of ours that knows its token.
    await refuse_forgery(connection, None if action is Action.SESSION_OPEN else caller)
    if caller is not None and action not in WITHOUT_SECOND_STEP:
        await _refuse_without_second_step(connection, caller.actor)
    if not all(is_storable(str(place)) for place in connection.path_params.values()):
        # Nothing has such a name, and PostgreSQL takes no U+0000 even to look for it.
        raise NotFound(noun="page")


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
