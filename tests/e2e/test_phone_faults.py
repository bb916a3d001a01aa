"""A phone that dies in the field, in a real browser. `make faults` does it at full size."""

import sys
import time
from pathlib import Path
from random import Random

import pytest
from playwright.sync_api import Error, Page, Route, expect

from tests.e2e.between import Between
from tests.e2e.carried_phones import deliver, kept, opened, signed_in
from tests.e2e.phone import Phone
from tests.e2e.product import Product
from tests.e2e.profile import Profile
from tests.e2e.waiting import wait_until
from tests.faults.sizes import sized

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(900)]
SEED = 20261121
TYPING_KILLS = sized(short=2, full=25)
PAGE_KILLS = sized(short=5, full=100)
LONGEST_LOSS = sized(short=3.0, full=1.0)
"""Seconds; a machine that runs everything at once gets more."""


A_KEY = 0.05
"""Seconds from one character to the next."""


MOST_SENT_TWICE = 0.10
SENTENCE = "门口台阶有积雪未清扫，玻璃上有手印，叫号机没有纸，等候区的椅子坏了两把。"


def go_on(phone: Phone) -> None:
    """Open the app anew and go back to the draft."""
    phone.page.goto(phone.app)
    phone.page.get_by_text("继续检查").click()
    expect(phone.page.locator(".item").first).to_be_visible()


def told(capsys: pytest.CaptureFixture[str], figures: str) -> None:
    """What `make faults` is run for."""
    with capsys.disabled():
        sys.stdout.write(f"\n{figures}\n")


def test_a_browser_killed_offline_goes_on_offline_and_delivers_once(
    profile: Profile, field: Product, between: Between, photo: Path
):
    name = field.idle_inspector()
    phone = signed_in(profile.context, between, name)
    profile.note_cookies()
    profile.context.set_offline(True)
    visit = phone.start_visit()
    item = phone.judge("1.1", "扣分")
    phone.photograph(item, photo)
    item.get_by_label("补充说明").fill("台阶有积雪")
    phone.expect_saved()
    profile.kill()
    profile.start().set_offline(True)
    again = opened(profile.context, between)
    go_on(again)
    expect(again.item("1.1").locator(".photo canvas")).to_be_visible()
    expect(again.item("1.1").get_by_label("补充说明")).to_have_value("台阶有积雪")
    again.pass_the_rest()
    again.submit()
    expect(again.page.get_by_text("已封存在手机里，联网后自动发送。")).to_be_visible()
    profile.context.set_offline(False)
    again.expect_complete()
    there = kept(field, name, visit)
    assert (there["complete"], there["missing"], there["attempt"]) == (True, [], 1)


def test_an_upload_goes_on_where_the_browser_died(
    profile: Profile, field: Product, between: Between, photo: Path
):
    name = field.idle_inspector()
    phone = signed_in(profile.context, between, name)
    profile.note_cookies()
    visit = phone.start_visit()
    pieces: list[Route] = []

    def stop_after_two(route: Route) -> None:
        pieces.append(route)
        if len(pieces) == 2:
            # The server gets this piece; the phone never hears that it did.
            route.fetch()
        elif len(pieces) < 2:
            route.continue_()

    profile.context.route("**/api/photos/*", stop_after_two)
    before = len(between.patched())
    phone.judge("1.1", "扣分").locator("input[capture]").set_input_files(photo)
    wait_until(phone.page, lambda: len(between.patched()) == before + 2)
    profile.kill()
    again = opened(profile.start(), between)
    go_on(again)
    deliver(again)
    [there] = kept(field, name, visit)["photos"]
    pixels = between.patched(there["sha256"])
    with field.caller(name) as caller:
        size = int(caller.head(f"/api/photos/{there['sha256']}").headers["upload-offset"])
    assert len(pixels) > 2
    assert size <= sum(pixels) <= (1 + MOST_SENT_TWICE) * size


def test_a_kill_takes_no_more_than_a_second_of_typing(
    profile: Profile, field: Product, between: Between, capsys: pytest.CaptureFixture[str]
):
    random = Random(SEED)
    phone = signed_in(profile.context, between, field.idle_inspector())
    phone.start_visit()
    phone.judge("1.2", "扣分")
    phone.expect_saved()
    losses, notes = [], [""]
    for number in range(TYPING_KILLS):
        # It takes longer than what may be lost: with all of it gone, too much is.
        signs = int(random.uniform(1.2, 1.5) * LONGEST_LOSS / A_KEY)
        notes.append(chr(ord("A") + number) + (SENTENCE * 3)[:signs])
        typed = type_anew(phone, notes[-1])
        time.sleep(random.uniform(0, 0.3))
        profile.strike()
        died = time.monotonic()
        profile.close()
        phone = opened(profile.start(), between)
        go_on(phone)
        left = phone.item("1.2").get_by_label("补充说明").input_value()
        assert any(note.startswith(left) for note in notes)
        losses.append(seconds_lost(typed, died, len(left) if left[:1] == notes[-1][0] else 0))
    told(capsys, f"{TYPING_KILLS} kills while typing: {max(losses):.2f} s of it lost at most")
    assert max(losses) <= LONGEST_LOSS


def type_anew(phone: Phone, note: str) -> list[float]:
    """Type a note in place of the one before; when each character was entered."""
    phone.item("1.2").get_by_label("补充说明").fill("")
    typed = []
    for sign in note:
        phone.page.keyboard.insert_text(sign)
        typed.append(time.monotonic())
        time.sleep(A_KEY)
    return typed


def seconds_lost(typed: list[float], died: float, kept: int) -> float:
    """How long before the kill the first character was typed that is gone."""
    return died - typed[kept] if kept < len(typed) else 0.0


def test_pages_killed_again_and_again_lose_nothing_that_was_saved(
    profile: Profile, field: Product, between: Between, capsys: pytest.CaptureFixture[str]
):
    phone = signed_in(profile.context, between, field.idle_inspector())
    phone.start_visit()
    form = phone.page.url
    # A critical item is not left unseen.
    unseen = phone.page.get_by_role("radio", name="未观测")
    numbers = phone.page.locator(".item").filter(has=unseen).locator(".item__n").all_inner_texts()
    ledger: dict[str, str] = {}
    for kill in range(PAGE_KILLS):
        number = numbers[kill % len(numbers)]
        ledger[number] = ("未观测", "扣分")[(kill // len(numbers)) % 2]
        phone.judge(number, ledger[number])
        phone.expect_saved()
        dead = phone.page
        # A page opened before the browser has noticed may be given to a dead process.
        with dead.expect_event("crash"):
            profile.kill_renderers()
        phone = opened(profile.context, between)
        phone.page.goto(form)
        for known, said in ledger.items():
            expect(phone.item(known).get_by_role("radio", name=said)).to_be_checked()
        close(dead)
    told(capsys, f"{PAGE_KILLS} pages killed: none of {PAGE_KILLS} saved answers lost")


def close(page: Page) -> None:
    """A page that was killed may not answer any more."""
    try:
        page.close()
    except Error:
        return
