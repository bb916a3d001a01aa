"""A document gets its own photos and nothing else, whatever it asks for and however it asks."""

import hashlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tests.documents.notices import jpeg

PHOTO = jpeg(1)
SHA = hashlib.sha256(PHOTO).hexdigest()

MARKUP = (
    "<img src='{url}'>",
    "<img srcset='{url} 2x' src='{url}'>",
    "<object data='{url}'></object>",
    "<embed src='{url}'>",
    "<link rel=stylesheet href='{url}'>",
    "<link rel=attachment href='{url}'>",
    "<a rel=attachment href='{url}'>x</a>",
    "<style>@import url('{url}')</style>",
    "<style>@font-face {{ font-family: x; src: url('{url}') }} p {{ font-family: x }}</style>",
    "<p style=\"background: url('{url}')\">x</p>",
    "<p style=\"list-style: url('{url}'); display: list-item\">x</p>",
    "<p style=\"border-image: url('{url}')\">x</p>",
    "<style>p::before {{ content: url('{url}') }}</style><p>x</p>",
    "<svg width=9 height=9><image href='{url}' width=9 height=9 /></svg>",
    "<base href='{url}'><img src='x.jpg'>",
    "<style>@color-profile --x {{ src: url('{url}') }}</style>",
)
SCHEMES = (
    "file:///etc/passwd",
    "FILE:///etc/passwd",
    "file://localhost/etc/hostname",
    "ftp://127.0.0.1/x",
    "data:image/png;base64,iVBORw0KGgo=",
    "data:text/css,p{}",
    "photo:" + "0" * 64,
    "photo:../../etc/passwd",
    "PHOTO:" + SHA,
    "photo://" + SHA,
    " photo:" + SHA,
    "gopher://127.0.0.1/",
    "//127.0.0.1/x",
    "/etc/passwd",
    "passwd",
)


@pytest.fixture
def fetch(renderer):
    # Imported late: the layout engine must find its fonts first.
    from inspection.documents.fetcher import FetchDenied, PhotoFetcher

    return PhotoFetcher({SHA: PHOTO}), FetchDenied


@pytest.fixture(scope="module")
def trap() -> Iterator[tuple[str, list[str]]]:
    """An address nobody may call, and the list of those who did."""
    calls: list[str] = []

    class Trap(BaseHTTPRequestHandler):
        def do_GET(self):
            calls.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Trap)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/", calls
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_photo_is_served_by_its_name(fetch):
    fetcher, _ = fetch
    response = fetcher.fetch("photo:" + SHA)
    assert (response.read(), response.content_type) == (PHOTO, "image/jpeg")
    assert fetcher.denied == []


@pytest.mark.parametrize("url", [*SCHEMES, "http://127.0.0.1:9/x", "https://127.0.0.1:9/x"])
@pytest.mark.parametrize("way", ["fetch", "open", "__call__"])
def test_any_other_address_is_denied(fetch, url, way):
    fetcher, denied = fetch
    with pytest.raises(denied):
        getattr(fetcher, way)(url)
    assert fetcher.denied == [url]


def laid_out(renderer, fetcher, body: str) -> bytes:
    """The document a body makes; nothing when a denial stops the layout."""
    from weasyprint.urls import URLFetchingError

    page = f"<!doctype html><html><body><p>甲</p>{body}</body></html>"
    try:
        return renderer._write(renderer._lay_out(page, fetcher))
    except URLFetchingError:
        return b""


@pytest.mark.parametrize("markup", MARKUP)
def test_no_markup_reaches_the_network(fetch, renderer, trap, markup):
    address, calls = trap
    fetcher, _ = fetch
    body = markup.format(url=address + "secret.jpg")
    laid_out(renderer, fetcher, body)
    assert calls == []
    assert fetcher.denied


@pytest.mark.parametrize("markup", MARKUP)
def test_no_markup_reads_a_file(fetch, renderer, markup, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("CANARY-IN-A-FILE " * 20)
    fetcher, _ = fetch
    body = markup.format(url=secret.as_uri())
    pdf = laid_out(renderer, fetcher, body)
    assert fetcher.denied
    assert b"CANARY" not in pdf
    assert b"/EmbeddedFile" not in pdf
    assert b"secret.txt" not in pdf
