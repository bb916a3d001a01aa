"""Files: compressed, tagged, not sent twice."""

import gzip

import brotli
import pytest

from inspection.web.assets import Asset
from tests.visitor import COOKIE

SCRIPT = "console.log('门店检查');\n" * 60


def test_a_file_is_compressed_both_ways_and_small_ones_are_not():
    asset = Asset("a.js", SCRIPT.encode())
    assert list(asset.encoded) == ["br", "gzip", ""]
    assert brotli.decompress(asset.encoded["br"]) == gzip.decompress(asset.encoded["gzip"])
    assert list(Asset("a.js", b"1").encoded) == [""]
    assert list(Asset("a.png", bytes(1000)).encoded) == [""]


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("identity", None),
        ("", None),
        ("bronze", None),
    ],
)
async def test_the_best_encoding_the_browser_reads_is_sent(visitor, accepted, encoding):
    answer = await visitor.get("/static/css/tokens.css", headers={"accept-encoding": accepted})
    assert answer.status_code == 200
    assert answer.headers.get("content-encoding") == encoding
    assert answer.headers["vary"] == "accept-encoding"
    assert answer.text.strip()


async def test_each_encoding_has_a_tag_and_a_known_tag_gets_no_bytes(visitor):
    tags = set()
    for accepted in ("br", "gzip", "identity"):
        headers = {"accept-encoding": accepted}
        first = await visitor.get("/static/css/tokens.css", headers=headers)
        tags.add(first.headers["etag"])
        headers["if-none-match"] = f'"other", W/{first.headers["etag"]}'
        again = await visitor.get("/static/css/tokens.css", headers=headers)
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == first.headers["etag"]
    assert len(tags) == 3


async def test_asking_for_the_head_gives_the_length_and_no_bytes(visitor):
    whole = await visitor.get("/static/css/tokens.css", headers={"accept-encoding": "br"})
    head = await visitor.send("HEAD", "/static/css/tokens.css", headers={"accept-encoding": "br"})
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == whole.headers["content-length"]


@pytest.mark.parametrize(
    "path",
    [
        "/static/nothing.css",
        "/static/",
        "/static/../pyproject.toml",
        "/static/%2e%2e/pyproject.toml",
        "/static/css/../../pyproject.toml",
        "/static/js/types.d.ts",
        "/app/../pyproject.toml",
    ],
)
async def test_nothing_but_the_files_of_the_app_is_served(visitor, path):
    assert (await visitor.get(path)).status_code == 404


async def test_files_are_only_read(visitor):
    answer = await visitor.post("/static/css/tokens.css")
    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")


async def test_the_manifest_has_its_own_type(visitor):
    answer = await visitor.get("/app/manifest.webmanifest")
    assert answer.headers["content-type"] == "application/manifest+json"


async def test_files_ask_nobody_who_they_are(visitor, monkeypatch):
    async def never(*_):
        raise AssertionError

    monkeypatch.setattr("inspection.web.session.sessions.actor_of", never)
    visitor.http.cookies.set(COOKIE, "a" * 43)
    assert (await visitor.get("/static/css/tokens.css")).status_code == 200
