"""The phones' app as made from its files: the page with its modules announced, the service worker
with the list of what it keeps. A file that changes changes both.
"""

import hashlib
import posixpath
import re
from collections.abc import Mapping
from html import escape

import msgspec

from inspection.web.assets import Asset

APP = "/app/"
INDEX = "index.html"
WORKER = "sw.js"
FIRST_MODULE = "js/main.js"
LATER_MODULE = "js/views/shell/app.js"
"""The app behind the sign-in."""
FIRST_WORDING = "js/wording/zh-CN/phone.js"
"""Announced too, as most phones want it; no module names it."""

_KEPT = (".js", ".css", ".svg", ".png", ".webmanifest", ".woff2")
_NOT_KEPT = frozenset({WORKER, "css/pages.css"})
_NOT_THE_PHONES = ("screens/", "desk/")
"""Pictures only the browser's own question whether to install shows; what only desks use."""
_PRECACHE_MARK = re.compile(r"/\* PRECACHE \*/\s*\[\]")
_VERSION_MARK = re.compile(r'/\* VERSION \*/\s*""')
_HEAD_END = "</head>"
_IMPORT = re.compile(r"""(?:^|[\s;}])(?:import|export)\b[^"'();]*["'](\.[^"']+)["']""")


class AppIncomplete(RuntimeError):
    """A file of the app lacks the place where the server fills something in."""


def phone_app(assets: Mapping[str, Asset]) -> dict[str, Asset]:
    """All files of the app by name. Raises AppIncomplete."""
    app = {**assets, INDEX: Asset(INDEX, announced_page(assets).encode())}
    return {**app, WORKER: Asset(WORKER, worker_script(app).encode())}


def announced_page(assets: Mapping[str, Asset]) -> str:
    """The page with every module of its first screen announced, so that they are fetched side by
    side, and a list of what follows for the page to announce when it gets there.
    """
    first = [*modules(assets, FIRST_MODULE), *({FIRST_WORDING} & assets.keys())]
    later = [name for name in modules(assets, LATER_MODULE) if name not in first]
    before, end, after = assets[INDEX].content.decode().partition(_HEAD_END)
    if not end:
        raise AppIncomplete(INDEX)
    return f'{before}{_links(first)}<template id="later">\n{_links(later)}</template>\n{end}{after}'


def _links(names: list[str]) -> str:
    return "".join(f'<link rel="modulepreload" href="{escape(APP + name)}">\n' for name in names)


def modules(assets: Mapping[str, Asset], first: str) -> list[str]:
    """A module and all it imports, directly or not."""
    found: list[str] = []
    left = [first]
    while left:
        name = left.pop(0)
        if name in assets and name not in found:
            found.append(name)
            imported = _IMPORT.findall(assets[name].content.decode())
            left += [posixpath.normpath(f"{posixpath.dirname(name)}/{path}") for path in imported]
    return found


def precache_list(app: Mapping[str, Asset]) -> list[dict[str, str]]:
    """What the service worker keeps: every file of the app by address and content."""
    files = [name for name in app if name.endswith(_KEPT) and name not in _NOT_KEPT]
    names = [name for name in files if not name.startswith(_NOT_THE_PHONES)]
    listed = [{"url": APP + name, "hash": app[name].digest} for name in names]
    return [{"url": APP, "hash": app[INDEX].digest}, *listed]


def worker_script(app: Mapping[str, Asset]) -> str:
    """The service worker with its list of files and a version that follows from it."""
    listed = msgspec.json.encode(precache_list(app)).decode()
    version = hashlib.sha256(listed.encode()).hexdigest()[:16]
    script, lists = _PRECACHE_MARK.subn(lambda _: listed, app[WORKER].content.decode())
    script, versions = _VERSION_MARK.subn(lambda _: f'"{version}"', script)
    if (lists, versions) != (1, 1):
        raise AppIncomplete(WORKER)
    return script
