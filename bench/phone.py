"""The phones' app in a browser: how soon it stands, how it bears a tap, what it keeps and sends."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page

from bench.databases import SQLITE, Database, Databases
from bench.demo import demo_of
from bench.fieldwork import inspector_name, plan_field
from bench.figures import median, table
from bench.handset import browser, handset, shown_after, slowed
from bench.inspector import TASK, Row, at_work, form, kept, visit
from bench.phones import get_all, sign_in
from bench.serving import served
from bench.sizes import Sizes
from bench.wide_rubric import wide_rubric
from inspection.services.people.demo_sign_ins import DEMO_PASSWORD
from inspection.services.tools import Tools

KB = 1024
SIGN_IN = "input[type=password]"
FETCHED = """() => ["navigation", "resource"]
  .flatMap((kind) => performance.getEntriesByType(kind))
  .filter((one) => one.responseEnd && one.responseEnd <= window.shownAt)
  .map((one) => one.transferSize)"""
"""Bytes of everything that had come by then, headers too."""
INSPECTORS = 3
"""Each with one store to visit: none meets what another has done."""


def measure(databases: Databases, sizes: Sizes) -> list[str]:
    """Starting, the form under the thumb, photos and sending."""
    # Filled before the browser: its driver keeps an event loop running in this thread.
    demo = demo_of(databases, sizes, "phone_ranking")
    shipped = _field(databases, sizes, "phone_visit")
    wide = {
        items: _field(databases, sizes, f"phone_{items}", wide_rubric(items))
        for items in sizes.form_items
    }
    with browser() as started:
        rows = [*_ranking_bytes(demo)]
        with _app(shipped) as address:
            rows += _start(started, address, sizes)
            rows += visit(started, address, sizes, databases.folder)
        for items, database in wide.items():
            with _app(database) as address:
                rows += form(started, address, sizes, items)
    note = (
        "Chromium as a phone of 390x844. 4x and 6x: its processor made so many times slower. The "
        "thin line: 150 ms there and back, 1.44 Mbit/s. Starts: median of "
        f"{sizes.starts}; {sizes.taps} taps, {sizes.puts} answers, {sizes.photos} photos. Times "
        "say as much about this machine as about the app."
    )
    return [table("The phone", ("", "found", "goal"), rows, note)]


def _ranking_bytes(demo: Database) -> Iterator[Row]:
    with served(demo.settings) as server:
        desk = sign_in(server.port, "province", DEMO_PASSWORD)
        packed = get_all(desk, ["/ranking"], packed=True)[0].body
    yield kept("ranking page, KB as sent", len(packed) / KB, 60)


def _start(started: Browser, address: str, sizes: Sizes) -> Iterator[Row]:
    turns = range(sizes.starts)
    firsts = [_first_load(started, address) for _ in turns]
    yield kept("first load to the sign-in, KB as sent", firsts[0][1] / KB, 60)
    yield ("first load to the sign-in, requests", str(firsts[0][2]), "")
    yield kept("ready on a thin line, 4x, ms", median(each[0] for each in firsts), 1500)
    with at_work(started, address, inspector_name(0)) as page:
        page.context.set_offline(True)
        colds = [_cold(page) for _ in turns]
        yield kept("ready offline in a new page, 4x, ms", median(colds), 1000)


def _first_load(started: Browser, address: str) -> tuple[float, float, int]:
    """Milliseconds, bytes and requests until the sign-in of a phone nobody used before."""
    context = handset(started)
    page = context.new_page()
    slowed(page, times=4, thin=True)
    took = shown_after(page, f"{address}/app/", SIGN_IN)
    sent: list[float] = page.evaluate(FETCHED)
    context.close()
    return took, sum(sent), len(sent)


def _cold(page: Page) -> float:
    other = page.context.new_page()
    slowed(other, times=4)
    took = shown_after(other, page.url.partition("#")[0], TASK)
    other.close()
    return took


def _field(databases: Databases, sizes: Sizes, name: str, rubric: bytes = b"") -> Database:
    async def fill(tools: Tools) -> object:
        some = {"stores": sizes.demo_stores, "inspectors": INSPECTORS, "visits": INSPECTORS}
        return await plan_field(tools, **some, rubric=rubric)

    filled, _ = databases.filled(SQLITE, name, fill)
    return databases.onto_disk(filled)


@contextmanager
def _app(database: Database) -> Iterator[str]:
    with served(database.settings) as server:
        yield f"http://127.0.0.1:{server.port}"
