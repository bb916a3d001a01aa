"""The phones' app as made from its files: the page with its modules announced, the service worker
with the list of what it keeps. A file that changes changes both.
"""

import posixpath
import re
from collections.abc import Mapping
from html import escape

import msgspec

from inspection.web.app_joining import FIRST_MODULE, LATER_MODULE, STAFF_MODULE, travelling
from inspection.web.app_pack import PACK, packed, version_of
from inspection.web.assets import Asset
from inspection.web.joining import joined

APP = "/app/"
INDEX = "index.html"
WORKER = "sw.js"
STAFF_LIST = "staff.json"
"""What it is made of: announced by the page once it knows who signed in."""
FIRST_WORDING = "js/wording/zh-CN/phone.js"
"""Announced too, as most phones want it; no module names it."""

_KEPT = (".json", ".js", ".css", ".svg", ".png", ".webmanifest", ".woff2")
_NOT_KEPT = frozenset({WORKER, "css/pages.css"})
_NOT_THE_PHONES = ("screens/", "desk/")
"""Pictures only the browser's own question whether to install shows; what only desks use."""
_PRECACHE_MARK = re.compile(r"/\* PRECACHE \*/\s*\[\]")
_VERSION_MARK = re.compile(r'/\* VERSION \*/\s*""')
_HEAD_END = "</head>"
_BODY_END = "</body>"
_SPRITE = "icons/icons.svg"
_BETWEEN_TAGS = re.compile(r">\s+<")
_IMPORT = re.compile(r"""(?:^|[\s;}])(?:import|export)\b[^"'();]*["'](\.[^"']+)["']""")


class AppIncomplete(RuntimeError):
    """A file of the app lacks the place where the server fills something in."""


def phone_app(assets: Mapping[str, Asset]) -> dict[str, Asset]:
    """All files of the app by name. Raises AppIncomplete, NotJoinable."""
    assets = joined(assets, travelling(assets))
    staffs = msgspec.json.encode([APP + name for name in staffs_modules(assets)])
    app = {
        **assets,
        INDEX: Asset(INDEX, announced_page(assets).encode()),
        STAFF_LIST: Asset(STAFF_LIST, staffs),
    }
    return {
        **app,
        PACK: Asset(PACK, packed(kept_files(app))),
        WORKER: Asset(WORKER, worker_script(app).encode()),
    }


def announced_page(assets: Mapping[str, Asset]) -> str:
    """The page with every module of its first screen announced, so that they are fetched side by
    side, a list of what follows for the page to announce when it gets there, and the icons.
    """
    first = [*modules(assets, FIRST_MODULE), *({FIRST_WORDING} & assets.keys())]
    later = [name for name in modules(assets, LATER_MODULE) if name not in first]
    head, head_end, rest = assets[INDEX].content.decode().partition(_HEAD_END)
    body, body_end, end = rest.partition(_BODY_END)
    if not (head_end and body_end):
        raise AppIncomplete(INDEX)
    head += f'{_links(first)}<template id="later">\n{_links(later)}</template>\n'
    return "".join((head, head_end, body, _pictures(assets), body_end, end))


def _pictures(assets: Mapping[str, Asset]) -> str:
    """The icons as a part of the page: from a file of its own, a browser takes all of them apart
    whenever one is drawn.
    """
    sprite = assets[_SPRITE].content.decode() if _SPRITE in assets else ""
    return _BETWEEN_TAGS.sub("><", sprite).replace("<svg ", '<svg id="icons" hidden ', 1).strip()


def staffs_modules(assets: Mapping[str, Asset]) -> list[str]:
    """What follows the first screen for store staff, inspectors' parts left out."""
    first = modules(assets, FIRST_MODULE)
    return [name for name in modules(assets, STAFF_MODULE) if name not in first]


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


def kept_files(app: Mapping[str, Asset]) -> dict[str, Asset]:
    """What the service worker keeps: every file of the app by address."""
    files = [name for name in app if name.endswith(_KEPT) and name not in _NOT_KEPT]
    names = [name for name in files if not name.startswith(_NOT_THE_PHONES)]
    return {APP: app[INDEX], **{APP + name: app[name] for name in names}}


def worker_script(app: Mapping[str, Asset]) -> str:
    """The service worker with its list of addresses and the version of what is behind them."""
    kept = kept_files(app)
    listed, version = msgspec.json.encode(list(kept)).decode(), version_of(kept)
    script, lists = _PRECACHE_MARK.subn(lambda _: listed, app[WORKER].content.decode())
    script, versions = _VERSION_MARK.subn(lambda _: f'"{version}"', script)
    if (lists, versions) != (1, 1):
        raise AppIncomplete(WORKER)
    return script
