"""Requests another site makes a browser send: refused by origin first, by token second."""

import hmac
from urllib.parse import urlsplit

from inspection.domain.refusals import ForgeryRefused
from inspection.services.people.sessions import csrf_token
from inspection.web.forms import form_fields, is_form
from inspection.web.session import Caller, Connection, WebRequest, tools_of
from inspection.web.uploads import is_upload, upload_of

HEADER = "x-csrf-token"
FIELD = "csrf_token"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})

_DEFAULT_PORTS = {"http": 80, "https": 443}


async def refuse_forgery(connection: Connection, caller: Caller | None) -> None:
    """Raise ForgeryRefused unless the request is safe or comes from a page of ours."""
    if connection.scope.get("method") in SAFE_METHODS:
        return
    _refuse_other_sites(connection)
    if caller is not None:
        await _refuse_without_token(WebRequest(connection.scope, connection.receive), caller)


def _refuse_other_sites(connection: Connection) -> None:
    if not is_from_here(connection):
        raise ForgeryRefused


def is_from_here(connection: Connection) -> bool:
    """Whether the browser does not say that another site made it send this."""
    if connection.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = connection.headers.get("origin")
    return origin is None or _place(origin) in _own_places(connection)


def _own_places(connection: Connection) -> set[tuple[str, int]]:
    # Behind TLS of a proxy the scheme we see is not the browser's: the host and port decide.
    host = connection.headers.get("host", "")
    own = {_place(f"{scheme}://{host}") for scheme in _DEFAULT_PORTS}
    return {place for place in (*own, _place(tools_of(connection).address)) if place}


def _place(address: str) -> tuple[str, int] | None:
    try:
        parts = urlsplit(address)
        port = parts.port or _DEFAULT_PORTS.get(parts.scheme)
    except ValueError:
        return None
    return (parts.hostname, port) if parts.hostname and port else None


async def _refuse_without_token(request: WebRequest, caller: Caller) -> None:
    sent = request.headers.get(HEADER)
    if sent is None and is_form(request):
        sent = dict(await form_fields(request)).get(FIELD)
    elif sent is None and is_upload(request):
        sent = (await upload_of(request)).fields.get(FIELD)
    if not hmac.compare_digest((sent or "").encode(), csrf_token(caller.token).encode()):
        raise ForgeryRefused
