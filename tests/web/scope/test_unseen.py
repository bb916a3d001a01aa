"""Nothing of who inspected, when, where and with which phone is in any byte a store's people or
anybody with a link can fetch: every route there is, whatever it answers.
"""

import html
import io
import re
from urllib.parse import unquote

import pytest
from PIL import ExifTags, Image
from pypdf import PdfReader

from inspection.documents.press import Press
from inspection.domain.access import Action
from inspection.jobs.print_notice import PrintNotice, print_notice
from inspection.services.notices.notice_links import make_link
from inspection.wording import Language, catalogue
from tests.caller import Caller
from tests.cast import CHEN, SUN, WANG
from tests.habits.routes import routes_of
from tests.receiving import rows_of
from tests.reviewing import snapshot_of
from tests.web.scope import secrets
from tests.web.scope.calling import PLACE, address, called
from tests.web.scope.leaks import leaks
from tests.web.scope.secrets import CANARY, HOUSE, PERSONAL, PLACES, SHARED, TOLD
from tests.web.scope.table import ROWS
from tests.web.scope.telling_notice import a_telling_notice
from tests.web.scope.world import a_world

WORDS = {language.value: catalogue(language) for language in Language}
LEFT_OUT = frozenset({"set-cookie", "x-request-id", "date"})
"""Headers made anew for every answer."""


ENDS_THE_VISIT = frozenset({Action.SESSION_CLOSE, Action.SELF_EDIT, Action.SESSION_OPEN})
READ = {
    "GET /n/{token:str}",
    "GET /n/{token:str}/notice.pdf",
    "GET /n/{token:str}/photos/{name:str}",
    "GET /notices/{id:str}",
    "GET /verify/{token:str}",
}
"""What somebody must have been shown, or the hunt went nowhere."""


FILES = (re.compile(r"^/(app|static)(/|$)"),)
"""What is the same for everybody, and holds no fact."""


def test_every_table_is_the_houses_or_shared():
    known = set(secrets.tables())
    assert not known - HOUSE.keys() - SHARED, "say in tests/web/scope/secrets.py whose these are"
    assert not (HOUSE.keys() | SHARED) - known, "these tables are no more"
    assert not HOUSE.keys() & SHARED


@pytest.mark.parametrize("name", sorted(HOUSE))
def test_what_a_table_of_the_house_needs_is_there(name):
    table = secrets.tables()[name]
    assert set(HOUSE[name].split()) <= {column._meta.name for column in table._meta.columns}


@pytest.mark.parametrize("name", sorted(SHARED))
def test_what_sounds_personal_in_a_shared_table_is_classified(name):
    table = secrets.tables()[name]
    personal = {
        column._meta.name for column in table._meta.columns if PERSONAL.search(column._meta.name)
    }
    assert personal == set(TOLD.get(name, "").split()), "say in secrets.py whose these are"


def test_the_photo_that_is_sent_tells_in_its_thumbnail_too():
    sent = Image.open(io.BytesIO(secrets.a_telling_photo()))
    inside = sent.getexif().get_ifd(ExifTags.IFD.IFD1)
    small = sent.info["exif"][len(b"Exif\0\0") + inside[0x0201] :][: inside[0x0202]]
    assert CANARY in Image.open(io.BytesIO(small)).info["comment"].decode()


@pytest.fixture
async def notice(tools, clock):
    """A notice that follows from a visit full of secrets, printed by the real press."""
    signed = await a_telling_notice(tools, clock)
    async with Press(WORDS) as press:
        await print_notice(tools, press, PrintNotice(signed))
    return signed


@pytest.mark.timeout(600)
async def test_nothing_of_it_is_in_what_a_store_or_a_stranger_can_fetch(
    app, tools, notice, signed_in, visitor
):
    world = await a_world(tools)
    await secrets.plant()
    hunted = (CANARY, *PLACES, *sorted(await secrets.ids()))
    hunt = Hunt(app, world, await mine(tools, notice), hunted)
    chen, stranger = Caller(app, await signed_in(CHEN)), Caller(app, visitor)
    for somebody, changing in ((chen, False), (stranger, False), (chen, True), (chen, False)):
        await hunt.through(somebody, changing=changing)
    assert (await chen.send("GET", "/api/session")).status_code == 200
    assert hunt.hits == set()
    assert hunt.read >= READ
    assert {"application/pdf", "image/jpeg", "text/html", "application/problem+json"} <= hunt.kinds
    (number,) = {row["number"] for row in await rows_of("notice") if row["id"] == notice}
    assert any(number in text for text in hunt.papers)


@pytest.mark.timeout(600)
async def test_the_hunt_finds_what_a_reviewer_may_see(app, tools, notice, signed_in):
    hunt = Hunt(app, {}, (), (CANARY, *PLACES))
    (visit,) = [row["visit"] for row in await rows_of("notice")]
    routes = [r for r in routes_of(app) if r.path in ("/visits/{id:str}", "/evidence/{id:str}")]
    sun = Caller(app, await signed_in(SUN))
    for route in routes:
        await hunt.ask(sun, route, {"id": visit})
    found = {secret for _, _, secret in hunt.hits}
    assert {CANARY, "11-17", "05:47"} <= found


async def mine(tools, notice):
    """The notice that tells, wherever a path wants one of these: by its id, by what is printed on
    it, by a link to it.
    """
    printed_on_it = (await snapshot_of(notice)).verify_url.rpartition("/")[2]
    link = (await make_link(tools, WANG.actor, notice)).url.rpartition("/")[2]
    known = {"id": notice, "name": "1-1.jpg", "line": "1", "number": "1"}
    return tuple(known | {"token": token} for token in (printed_on_it, link))


class Hunt:
    """Goes through every route and notes each secret it comes upon, and what it read."""

    def __init__(self, app, world, mine, hunted):
        self._app, self._world, self._mine, self._hunted = app, world, mine, hunted
        self.hits, self.kinds, self.read, self.papers = set(), set(), set(), []

    async def through(self, somebody, *, changing):
        for route in routes_of(self._app):
            if asked(route, changing=changing):
                for parameters in (*places(self._world, route), *self._mine):
                    await self.ask(somebody, route, parameters)

    async def ask(self, somebody, route, parameters):
        answer = await fetched(somebody, route, parameters)
        if answer.status_code == 200:
            self.read.add(called(route))
        self.kinds.add(answer.headers.get("content-type", "").partition(";")[0])
        for where, text in told(answer):
            self.papers += [text] if where == "text" else []
            found = leaks(text, self._hunted, parameters)
            self.hits |= {(called(route), where, secret) for secret in found}


def asked(route, *, changing):
    if any(pattern.match(route.path) for pattern in FILES):
        return False
    return route.changes == changing and not (changing and route.action in ENDS_THE_VISIT)


def places(world, route):
    """What stands in its path in each place; once nothing, where its path names nothing."""
    thing = ROWS[called(route)].thing
    return tuple(world[thing].at.values()) if thing else ({},)


async def fetched(somebody, route, parameters):
    gaps = dict.fromkeys(PLACE.findall(route.path), "x")
    path = address(route, {**gaps, **parameters})
    return await somebody.hand_in(route.method, path, ROWS[called(route)].body)


def told(answer):
    """Everything an answer says: its headers, its bytes, and what is inside of them."""
    heads = {name: value for name, value in answer.headers.items() if name not in LEFT_OUT}
    yield "headers", unquote(str(heads))
    body = answer.content
    yield "bytes", html.unescape(body.decode("utf-8", "ignore"))
    if body.startswith(b"%PDF-") and b"%%EOF" in body[-1024:]:
        yield from printed(body)
    if body.startswith(b"\xff\xd8"):
        yield from pictured(body)


def printed(body):
    reader = PdfReader(io.BytesIO(body))
    yield "metadata", f"{reader.metadata} {reader.xmp_metadata}"
    yield "text", "".join("".join(page.extract_text().split()) for page in reader.pages)
    yield "spaced text", " ".join(page.extract_text() for page in reader.pages)
    for page in reader.pages:
        for image in page.images:
            yield "image in the PDF", f"{image.name} {image.image.info}"
            yield "image in the PDF", image.data.decode("latin-1")


def pictured(body):
    picture = Image.open(io.BytesIO(body))
    kept = {name: value for name, value in picture.info.items() if not name.startswith("jfif")}
    yield "metadata", str({n: v for n, v in kept.items() if n not in {"dpi", "progressive"}})
    assert not picture.getexif()
    assert body.rstrip(b"\x00").endswith(b"\xff\xd9"), "something follows the picture"
