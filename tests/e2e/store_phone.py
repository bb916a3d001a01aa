"""A phone of the store's staff, and what the server has of what was sent from it."""

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from playwright.sync_api import BrowserContext, Page, Response, expect

from tests.appealing import PDF
from tests.e2e.product import PASSWORD, Product
from tests.e2e.waiting import wait_until
from tests.submissions import a_photo

STAFF = "store"


class StorePhone:
    """A phone of the store with the app open."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.app = f"{address}/app/"

    def sign_in(self) -> None:
        """Open the app and sign in; ends on the store's notices."""
        page = self.page
        page.goto(self.app)
        page.get_by_label("工号或手机号").fill(STAFF)
        page.get_by_label("密码", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="登录").click()
        expect(page.get_by_role("heading", name="整改", exact=True)).to_be_visible()

    def wait_until_kept(self) -> None:
        """Wait until the app and the notices are kept for later."""
        page = self.page
        page.wait_for_function("() => navigator.serviceWorker.controller !== null")
        wait_until(page, lambda: page.evaluate(PICTURES_KEPT))

    def open(self, hash_: str) -> None:
        """Go to a screen by its address."""
        self.page.goto(f"{self.app}#/{hash_}")

    def write(self, words: str, label: str = "整改措施") -> None:
        """Type into a field of the open line."""
        self.page.get_by_label(label).fill(words)

    def attach(self, photo: Path) -> None:
        """Add a photo and a PDF to the open appeal."""
        page = self.page
        page.locator("input[capture]").set_input_files(photo)
        expect(page.locator("button.photo canvas")).to_be_visible()
        paper: Any = {"name": "值班记录.pdf", "mimeType": "application/pdf", "buffer": PDF}
        page.locator("input[accept*=pdf]").set_input_files(paper)
        expect(page.locator(".photo--paper")).to_contain_text("值班记录")

    def send(self, name: str) -> None:
        """Tap the big button."""
        self.page.locator(".m-foot").get_by_role("button", name=name).click()


PICTURES_KEPT = """async () => {
  const { noticesHere } = await import("/app/js/sync/store_notices.js");
  const lines = [...noticesHere.value.values()].flatMap(({ notice }) => notice.lines);
  const wanted = lines.flatMap(({ photos }) => photos).length;
  const kept = await new Promise((resolve) => {
    const asked = indexedDB.open("mingcha");
    asked.onsuccess = () => {
      const count = asked.result.transaction("pictures").objectStore("pictures").count();
      count.onsuccess = () => { asked.result.close(); resolve(count.result); };
    };
  });
  return wanted > 0 && kept >= wanted;
}"""
"""Every photo of every notice on the phone is there too."""


def state_of(product: Product) -> str:
    """How the store's latest notice stands at the server."""
    with product.caller(STAFF) as caller:
        return str(caller.get("/api/store-notices").json()["notices"][0]["state"])


def notice_of(product: Product) -> str:
    """The store's latest notice."""
    with product.caller(STAFF) as caller:
        return str(caller.get("/api/store-notices").json()["notices"][0]["id"])


def follow_of(product: Product, notice: str, no: int) -> dict[str, Any]:
    """How a line is getting on, by the server."""
    with product.caller(STAFF) as caller:
        lines = caller.get(f"/api/store-notices/{notice}").json()["follow"]
    found: dict[str, Any] = next(line for line in lines if line["no"] == no)
    return found


def appeal_of(product: Product) -> dict[str, Any]:
    """The store's latest appeal, by the server."""
    with product.caller(STAFF) as caller:
        found: dict[str, Any] = caller.get("/api/store-appeals").json()["appeals"][0]
    return found


def with_another_phone(product: Product, notice: str, no: int, measure: str) -> None:
    """Somebody else of the store replies, with a photo, and is first."""
    content = a_photo(7)
    sha256 = hashlib.sha256(content).hexdigest()
    taken_at = datetime.now(UTC).isoformat()
    photo = {"sha256": sha256, "origin": "camera", "taken_at": taken_at}
    said = {"format": 1, "cause": "", "measure": measure, "prevention": "", "photos": [photo]}
    body = json.dumps(said).encode()
    with product.caller(STAFF) as caller:
        octets = {
            "content-type": "application/octet-stream",
            "upload-offset": "0",
            "upload-length": str(len(content)),
        }
        caller.patch(f"/api/photos/{sha256}", content=content, headers=octets).raise_for_status()
        path = f"/api/store-notices/{notice}/lines/{no}/replies/{uuid4()}"
        headers = {
            "content-type": "application/json",
            "x-content-sha256": hashlib.sha256(body).hexdigest(),
        }
        caller.put(path, content=body, headers=headers).raise_for_status()


def receipts(context: BrowserContext) -> list[int]:
    """What the server answers to signatures, as it answers."""
    answered: list[int] = []

    def note(response: Response) -> None:
        if "/receipts/" in response.url:
            answered.append(response.status)

    context.on("response", note)
    return answered


def reply_is_there_once(store: StorePhone, product: Product, notice: str) -> None:
    """At the server, and on the screen: what was answered is read, an appeal only a way away."""
    line = follow_of(product, notice, 1)
    assert (line["state"], len(line["replies"])) == ("submitted", 1)
    assert len(line["replies"][0]["photos"]) == 1
    assert line["replies"][0]["on_the_spot"]
    expect(store.page.locator("main")).to_contain_text("当场整改")
    expect(store.page.get_by_role("link", name="对扣分有异议")).to_be_visible()
    expect(store.page.get_by_role("button", name="提交申诉")).to_have_count(0)


def say_more_and_take_back(store: StorePhone, product: Product, context: BrowserContext) -> None:
    """Offline, add something to the open appeal and then take it back; each arrives once."""
    page = store.page
    store.write("补上照明检修单", "补充内容")
    store.send("发送补充")
    expect(page.locator(".card", has_text="申诉补充说明")).to_be_visible()
    context.set_offline(False)
    expect(page.locator(".talk")).to_contain_text("补上照明检修单", timeout=30_000)
    context.set_offline(True)
    page.get_by_role("button", name="撤回申诉").click()
    page.get_by_role("dialog").get_by_role("button", name="撤回申诉").click()
    expect(page.get_by_text("已存在手机里，联网后自动发送。")).to_be_visible()
    assert (appeal_of(product)["state"], len(appeal_of(product)["messages"])) == ("filed", 1)
    context.set_offline(False)
    expect(page.get_by_text("申诉已撤回，整改期限恢复计算。")).to_be_visible(timeout=30_000)
    assert appeal_of(product)["state"] == "withdrawn"
