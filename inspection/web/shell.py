"""The phones' app under /app/ and the pages' files under /static/: one table in memory."""

import re

from litestar import Litestar, asgi
from litestar.exceptions import MethodNotAllowedException, NotFoundException
from litestar.handlers import ASGIRouteHandler
from litestar.types import HTTPScope, Receive, Send

from inspection.web.assets import Asset, read_assets
from inspection.web.guards import FILES
from inspection.web.phone_app import APP, INDEX, phone_app
from inspection.web.tags import names_tag

STATIC = "/static/"

_ENCODING = re.compile(r"([a-z*]+)(?:\s*;\s*q=([0-9.]+))?")


def shell_routes() -> list[ASGIRouteHandler]:
    """The two mounts, with everything they serve."""
    assets = read_assets()
    app = phone_app(assets)

    @asgi(APP, is_mount=True, copy_scope=False, opt=FILES)
    async def app_file(scope: HTTPScope, receive: Receive, send: Send) -> None:  # noqa: ARG001  the signature is ASGI's
        name = scope["path"].strip("/")
        asset = app.get(name or INDEX)
        if _is_astray(scope, name, asset):
            await _send(send, 308, [(b"location", APP.encode())], b"")
        else:
            await _send_asset(asset, scope, send)

    @asgi(STATIC, is_mount=True, copy_scope=False, opt=FILES)
    async def static_file(scope: HTTPScope, receive: Receive, send: Send) -> None:  # noqa: ARG001  the signature is ASGI's
        await _send_asset(assets.get(scope["path"].strip("/")), scope, send)

    return [app_file, static_file]


def bound_mounts(app: Litestar) -> None:
    """Let a mount have what is below it and nothing else. Litestar compares the beginnings of
    paths only: /appeals would be a file of /app.
    """
    router = app.asgi_router
    if router._mount_paths_regex is not None:
        router._mount_paths_regex = re.compile(f"(?:{router._mount_paths_regex.pattern})(?=/|$)")


def _is_astray(scope: HTTPScope, name: str, asset: Asset | None) -> bool:
    """Whether a person opened the app without its last slash, or at an address it does not have:
    the page's own links only work from the app's folder.
    """
    if not name:
        return scope["raw_path"] == APP.rstrip("/").encode()
    return asset is None and b"text/html" in dict(scope["headers"]).get(b"accept", b"")


async def _send_asset(asset: Asset | None, scope: HTTPScope, send: Send) -> None:
    if scope["method"] not in ("GET", "HEAD"):
        raise MethodNotAllowedException(headers={"allow": "GET, HEAD"})
    if asset is None:
        raise NotFoundException
    headers = dict(scope["headers"])
    encoding = _encoding(asset, headers.get(b"accept-encoding", b"").decode("latin-1"))
    tag = asset.tag(encoding)
    head = [(b"etag", tag.encode()), (b"cache-control", b"no-cache"), (b"vary", b"accept-encoding")]
    known = headers.get(b"if-none-match", b"").decode("latin-1")
    if names_tag(known, tag):
        await _send(send, 304, head, b"")
        return
    body = asset.encoded[encoding]
    head += [(b"content-type", asset.media_type.encode()), (b"content-length", b"%d" % len(body))]
    if encoding:
        head.append((b"content-encoding", encoding.encode()))
    await _send(send, 200, head, b"" if scope["method"] == "HEAD" else body)


async def _send(send: Send, status: int, head: list[tuple[bytes, bytes]], body: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": head})
    await send({"type": "http.response.body", "body": body, "more_body": False})


def _encoding(asset: Asset, accepted: str) -> str:
    wanted = {name for name, weight in _ENCODING.findall(accepted) if float(weight or 1) > 0}
    return next((name for name in asset.encoded if name in wanted), "")
