"""Headers of every answer, errors included: what a browser may do with it, and when it was made."""

from email.utils import format_datetime
from typing import Any

from litestar.types import Message, Scope

from inspection.web.access_log import note_answer
from inspection.web.request_ids import HEADER, request_id_in

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data: blob:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
SECURITY = (
    (b"content-security-policy", CONTENT_SECURITY_POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(self), geolocation=(self), microphone=(), payment=()"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
TRANSPORT_SECURITY = (b"strict-transport-security", b"max-age=31536000; includeSubDomains")

# A browser forgets what was typed into a page it may not store: pages are asked for anew instead.
_PAGES = (b"cache-control", b"private, no-cache")
_DATA = (b"cache-control", b"no-store")


async def add_headers(message: Message, scope: Scope) -> None:
    """Complete the head of an answer just before it leaves."""
    if message["type"] != "http.response.start":
        return
    app = scope["litestar_app"]
    state: dict[str, Any] = scope["state"]
    now = app.state.tools.now()
    request_id = request_id_in(state, app.state.tools.random_id)
    at = now.isoformat(timespec="milliseconds")
    note_answer(scope, at=at, request_id=request_id, status=message["status"])
    added = [
        *SECURITY,
        (b"date", format_datetime(now, usegmt=True).encode()),
        (b"x-server-time", str(int(now.timestamp() * 1000)).encode()),
        (HEADER.encode(), request_id.encode()),
    ]
    if app.state.settings.secure_cookies:
        added.append(TRANSPORT_SECURITY)
    given = {name.lower(): value for name, value in message["headers"]}
    added.append(_PAGES if given.get(b"content-type", b"").startswith(b"text/html") else _DATA)
    message["headers"] = [
        *message["headers"],
        *((name, value) for name, value in added if name not in given),
    ]
