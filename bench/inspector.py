"""An inspector at work on the bench: the form under the thumb, photos and sending."""

import re
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from bench.fieldwork import inspector_name
from bench.figures import median, number, within
from bench.handset import handset, heap, longest_task, renderer_memory, slowed, taps, watch
from bench.sizes import Sizes
from tests.e2e.phone import Phone

TASK = ".task"
VERDICT = ".item .yes"
LOST = "扣分"
PATIENCE_MS = 60_000
TWELVE_MEGAPIXELS = (4000, 3000)
USUAL_ITEMS = 100
"""Longer forms are measured, but no rubric in use is that long."""

PUTS = """async (count) => {
  const { desk } = await import("/app/js/views/drafts/desk.js");
  const { draft } = desk.value;
  const row = draft.row([...draft.items.keys()][0]);
  const took = [];
  for (let n = 0; n < count; n += 1) {
    const began = performance.now();
    draft.put([{ ...row, note: `${n}` }]);
    await draft.settled();
    took.push(performance.now() - began);
  }
  return took.sort((a, b) => a - b);
}"""

UNTIL_RECEIPT = """() => {
  window.receipt = new Promise((done) => {
    const look = () =>
      ["回执号", "照片 1 / 1"].every((words) => document.body.textContent.includes(words))
        ? done(performance.now() - window.submitted)
        : requestAnimationFrame(look);
    look();
  });
  document.addEventListener("click", () => { window.submitted = performance.now(); }, true);
}"""

Row = tuple[str, str, str]


@contextmanager
def at_work(started: Browser, address: str, name: str) -> Iterator[Page]:
    """Somebody signed in, with the whole app kept."""
    context = handset(started)
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    phone = Phone(page, address)
    phone.sign_in(name)
    phone.wait_for_worker()
    expect(page.locator(TASK).first).to_be_visible()
    yield page
    context.close()


def form(started: Browser, address: str, sizes: Sizes, items: int) -> Iterator[Row]:
    """Taps on verdicts and a long swipe, on a form with so many items."""
    long = items > USUAL_ITEMS
    with at_work(started, address, inspector_name(0)) as page:
        _open_form(page)
        session = slowed(page, times=4)
        waited = _tapped(page, sizes.taps)
        words = f"tap to next paint, {items} items, 4x"
        yield kept(f"{words}, p75, ms", _at(waited, 0.75), 120 if long else 100)
        if not long:
            yield kept(f"{words}, p98, ms", _at(waited, 0.98), 200)
        watch(page)
        swipe = {"x": 195, "y": 600, "yDistance": -6000, "speed": 2500}
        session.send("Input.synthesizeScrollGesture", swipe)
        yield kept(f"longest task of a swipe, {items} items, 4x, ms", longest_task(page), 100)
        if not long:
            slowed(page, times=6)
            waited = _tapped(page, sizes.taps)
            yield kept(f"tap to next paint, {items} items, 6x, p75, ms", _at(waited, 0.75), 200)


def _tapped(page: Page, count: int) -> list[float]:
    """Tap the first verdicts not given yet; milliseconds each waited, the longest last."""
    watch(page)
    for _ in range(count):
        page.locator(f"{VERDICT}[aria-checked=false]").first.tap()
    return taps(page, count)


def visit(started: Browser, address: str, sizes: Sizes, folder: Path) -> Iterator[Row]:
    """Answers, photos and a submission on the shipped rubric."""
    with at_work(started, address, inspector_name(1)) as page:
        phone = _open_form(page)
        puts: list[float] = page.evaluate(PUTS, sizes.puts)
        yield kept("answer to durable, p95, ms", _at(puts, 0.95), 50)
        photos = [_twelve_megapixels(folder / f"{n}.jpg") for n in range(sizes.photos)]
        items = [phone.judge(number, LOST) for number in ("1.1", "1.2")]
        watch(page)
        took = [_photograph(phone, items[n % 2], photo) for n, photo in enumerate(photos)]
        yield kept("photo of 12 MP to its place, ms", median(took), 1500)
        yield kept("longest task of the page meanwhile, ms", longest_task(page), 50)
        yield kept(f"page's objects after {sizes.photos} photos, MB", heap(page), 15)
        yield kept("its renderer, MB", renderer_memory(), 150)
    with at_work(started, address, inspector_name(2)) as page:
        phone = _open_form(page)
        phone.photograph(phone.judge("1.1", LOST), photos[0])
        phone.pass_the_rest()
        page.evaluate(UNTIL_RECEIPT)
        phone.submit()
        yield kept("submitted to receipt, 1 photo, ms", page.evaluate("() => window.receipt"), 1000)


def _photograph(phone: Phone, item: Locator, photo: Path) -> float:
    began = time.perf_counter()
    phone.photograph(item, photo)
    return (time.perf_counter() - began) * 1000


def _open_form(page: Page) -> Phone:
    phone = Phone(page, re.sub("/app/.*", "", page.url))
    phone.start_visit()
    return phone


def _twelve_megapixels(path: Path) -> Path:
    """A photo unlike any other, of some 4 MB."""
    width, height = TWELVE_MEGAPIXELS
    grain = Image.effect_noise((width // 4, height // 4), 40)
    grain.resize(TWELVE_MEGAPIXELS).convert("RGB").save(path, quality=85)
    return path


def _at(ordered: Sequence[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def kept(name: str, value: float, goal: float) -> Row:
    return (name, number(value), within(value, goal))
