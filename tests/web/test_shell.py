"""The phones' app made of its files."""

import json
import re

import msgspec
import pytest

from inspection.web.app_pack import PackList
from inspection.web.assets import read_assets
from inspection.web.phone_app import (
    AppIncomplete,
    announced_page,
    kept_files,
    phone_app,
    worker_script,
)

SCRIPT = "console.log('门店检查');\n"

PAGE = "<!doctype html><html><head><title>明察</title></head><body></body></html>"
WORKER = 'const VERSION = /* VERSION */ "";\nconst FILES = /* PRECACHE */ [];\n'
MAIN = """
/** @import {Item} from "./types.js" */
import { a } from "./model/points.js";
import {
  html,
} from "../vendor/lit.js";
/** @type {import("./never.js").Thing} */
new Worker(new URL("./photo.worker.js", import.meta.url));
"""


def some_files(tmp_path, **changes):
    files = {
        "index.html": PAGE,
        "sw.js": WORKER,
        "js/main.js": MAIN,
        "js/never.js": SCRIPT,
        "js/model/points.js": "import{a}from'./exact.js';import'../model/exact.js';export{a}",
        "js/model/exact.js": "export const a = 1;",
        "js/photo.worker.js": "self.onmessage = null;",
        "js/types.d.ts": "export {};",
        "css/app.css": "body{}",
        "css/pages.css": "main{}",
        "vendor/lit.js": "export const html = 1;",
        "vendor/lit.LICENSE.txt": "BSD",
        "manifest.webmanifest": "{}",
        **changes,
    }
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return read_assets(tmp_path)


def kept_addresses(worker: str) -> list[str]:
    return json.loads(re.search(r"FILES = (\[.*\]);", worker)[1])


def test_the_page_announces_the_modules_it_will_need_and_no_others(tmp_path):
    reaching = "export * from './exact.js';export{b}from'../model/exact.js'"
    page = announced_page(some_files(tmp_path, **{"js/model/points.js": reaching}))
    links = re.findall(r'<link rel="modulepreload" href="([^"]+)">', page)
    assert links == [
        "/app/js/main.js",
        "/app/js/model/points.js",
        "/app/vendor/lit.js",
        "/app/js/model/exact.js",
    ]
    assert page.index("modulepreload") < page.index("</head>")


def test_what_follows_the_first_screen_is_listed_but_not_fetched_yet(tmp_path):
    later = {
        "js/views/shell/app.js": (
            'import "../tasks/tasks.js"; import {a} from "../../model/points.js";'
        ),
        "js/views/tasks/tasks.js": "export {};",
        "js/wording/zh-CN/phone.js": "export default {};",
    }
    page = announced_page(some_files(tmp_path, **later))
    at_once, _, listed = page.partition('<template id="later">')
    assert "/app/js/wording/zh-CN/phone.js" in at_once
    links = re.findall(r'<link rel="modulepreload" href="([^"]+)">', listed)
    assert links == ["/app/js/views/shell/app.js", "/app/js/views/tasks/tasks.js"]
    assert listed.index("</template>") < listed.index("</head>")


def test_the_page_has_the_icons_in_it(tmp_path):
    sprite = '<svg fill="none">\n  <symbol id="i-x"><path d="M6 6l12 12"/></symbol>\n</svg>\n'
    page = announced_page(some_files(tmp_path, **{"icons/icons.svg": sprite}))
    drawn = (
        '<svg id="icons" hidden fill="none"><symbol id="i-x"><path d="M6 6l12 12"/></symbol></svg>'
    )
    assert f"{drawn}</body>" in page


def test_the_worker_keeps_the_page_and_every_file_of_the_app(tmp_path):
    assets = some_files(tmp_path)
    assert kept_addresses(worker_script(assets)) == [
        "/app/",
        "/app/css/app.css",
        "/app/js/main.js",
        "/app/js/model/exact.js",
        "/app/js/model/points.js",
        "/app/js/never.js",
        "/app/js/photo.worker.js",
        "/app/manifest.webmanifest",
        "/app/vendor/lit.js",
    ]


@pytest.mark.parametrize("changed", ["js/main.js", "css/app.css", "index.html", "sw.js"])
def test_a_changed_file_changes_the_worker(tmp_path, changed):
    before = worker_script(some_files(tmp_path / "a"))
    text = (tmp_path / "a" / changed).read_text()
    after = worker_script(some_files(tmp_path / "b", **{changed: text + "0"}))
    assert before != after


def test_the_same_files_give_the_same_worker(tmp_path):
    assert worker_script(some_files(tmp_path / "a")) == worker_script(some_files(tmp_path / "b"))


def test_the_pack_has_every_file_the_worker_keeps_as_it_is_sent_alone(tmp_path):
    app = phone_app(some_files(tmp_path))
    head, _, rest = app["app.pack"].content.partition(b"\n")
    listed = msgspec.json.decode(head, type=PackList)
    assert [file.url for file in listed.files] == kept_addresses(app["sw.js"].content.decode())
    assert f'"{listed.version}"' in app["sw.js"].content.decode()
    for file in listed.files:
        alone = app[file.url.removeprefix("/app/") or "index.html"]
        assert (file.type, rest[: file.length]) == (alone.media_type, alone.content)
        rest = rest[file.length :]
    assert rest == b""


@pytest.mark.parametrize(
    "damage",
    [
        {"index.html": "<html>"},
        {"index.html": "<html><head></head>"},
        {"sw.js": WORKER * 2},
        {"sw.js": "const FILES = [];"},
    ],
)
def test_an_app_with_no_place_for_its_list_is_not_served(tmp_path, damage):
    with pytest.raises(AppIncomplete):
        phone_app(some_files(tmp_path, **damage))


def test_our_own_app_is_complete():
    assets = read_assets()
    kept = kept_addresses(worker_script(assets).replace("PRECACHE", "FILES"))
    assert len(kept) > 40
    assert not any(url.endswith("pages.css") for url in kept)
    announced = re.findall(r'modulepreload" href="/app/([^"]+)"', announced_page(assets))
    assert {"js/main.js", "vendor/lit-html.js"} < set(announced)
    assert set(announced) <= set(assets)
    assert not set(announced) & {"js/old_browser.js", "js/sync/shrink.worker.js"}


async def test_somebody_astray_in_the_app_is_sent_to_its_folder(visitor):
    html = {"accept": "text/html,*/*"}
    for path in ("/app", "/app/visits/7"):
        answer = await visitor.get(path, headers=html)
        assert (answer.status_code, answer.headers["location"]) == (308, "/app/")
    assert (await visitor.get("/app/", headers=html)).status_code == 200
    assert (await visitor.get("/app/js/nothing.js")).status_code == 404


def test_the_pack_travels_in_fewer_bytes_than_its_files():
    app = phone_app(read_assets())
    alone = sum(len(file.encoded.get("br", file.content)) for file in kept_files(app).values())
    assert len(app["app.pack"].encoded["br"]) < 0.75 * alone
