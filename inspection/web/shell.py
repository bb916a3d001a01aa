"""The phones' app under /app/ and the pages' files under /static/: one table in memory."""

import hashlib
import re
from collections.abc import Mapping
from html import escape

import msgspec
from litestar import asgi
from litestar.exceptions import MethodNotAllowedException, NotFoundException
from litestar.handlers import ASGIRouteHandler
from litestar.types import HTTPScope, Receive, Send

from inspection.web.assets import Asset, read_assets
from inspection.web.guards import FILES

APP = "/app/"
STATIC = "/static/"
INDEX = "index.html"
WORKER = "sw.js"

_PRECACHED = (".js", ".css", ".svg", ".png", ".webmanifest", ".woff2")
_MODULES = ("js/", "vendor/")
_PRECACHE_MARK = "/* PRECACHE */[]"
_VERSION_MARK = '/* VERSION */""'
_HEAD_END = "</head>"
_ENCODING = re.compile(r"([a-z*]+)(?:\s*;\s*q=([0-9.]+))?")


def shell_routes() -> list[ASGIRouteHandler]:
    """The two mounts and the redirect to the app's own folder."""
    assets = read_assets()
    shell = _shell(assets)

    @asgi(APP, is_mount=True, copy_scope=False, opt=FILES)
    async def app_file(scope: HTTPScope, receive: Receive, send: Send) -> None:  # noqa: ARG001
        name = scope["path"].strip("/")
        asset = shell.get(name or INDEX) or (shell.get(INDEX) if _is_screen(scope, name) else None)
        await _send_asset(asset, scope, send)

    @asgi(STATIC, is_mount=True, copy_scope=False, opt=FILES)
    async def static_file(scope: HTTPScope, receive: Receive, send: Send) -> None:  # noqa: ARG001
        await _send_asset(assets.get(scope["path"].strip("/")), scope, send)

    return [app_file, static_file]


def announced_page(assets: Mapping[str, Asset]) -> str:
    """The app's page with every module announced, so that they are fetched side by side."""
    modules = [name for name in assets if name.startswith(_MODULES) and name.endswith(".js")]
    links = "".join(
        f'<link rel="modulepreload" href="{escape(APP + name)}">\n'
        for name in modules
        if not name.endswith("worker.js")
    )
    return assets[INDEX].content.decode().replace(_HEAD_END, links + _HEAD_END, 1)


def precache_list(assets: Mapping[str, Asset]) -> list[dict[str, str]]:
    """What the service worker keeps: every file of the app by address and content."""
    names = [name for name in assets if name.endswith(_PRECACHED) and name != WORKER]
    page = hashlib.sha256(announced_page(assets).encode()).hexdigest()[:16]
    listed = [{"url": APP + name, "hash": assets[name].digest} for name in names]
    return [{"url": APP, "hash": page}, *listed]


def worker_script(assets: Mapping[str, Asset]) -> str:
    """The service worker with its list of files and a version that follows from it."""
    listed = msgspec.json.encode(precache_list(assets)).decode()
    version = hashlib.sha256(listed.encode()).hexdigest()[:16]
    script = assets[WORKER].content.decode()
    return script.replace(_PRECACHE_MARK, listed).replace(_VERSION_MARK, f'"{version}"')


def _shell(assets: Mapping[str, Asset]) -> dict[str, Asset]:
    if INDEX not in assets or WORKER not in assets:
        return dict(assets)
    page = Asset(INDEX, announced_page(assets).encode())
    return {**assets, INDEX: page, WORKER: Asset(WORKER, worker_script(assets).encode())}


def _is_screen(scope: HTTPScope, name: str) -> bool:
    """Whether a browser opens an address of the app that is a screen, not a file."""
    headers = dict(scope["headers"])
    return "." not in name and b"text/html" in headers.get(b"accept", b"")


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
    if tag in (sent.strip().removeprefix("W/") for sent in known.split(",")):
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
