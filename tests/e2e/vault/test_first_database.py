"""A phone whose app was updated: what its first version stored opens in this one."""

from base64 import b64encode
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Route, expect

from tests.e2e.phone import Phone
from tests.e2e.product import Product
from tests.e2e.vault.phone_storage import dumped
from tests.e2e.waiting import wait_until

pytestmark = pytest.mark.e2e

NOTE = "独角鲸甲乙丙丁"
VISIT = "01935f00-0000-7000-8000-000000000001"
NOON = "2026-11-18T04:00:00.000Z"
RUBRICS = "**/api/rubrics/*"

BUILD = """async ({ rows, pixels }) => {
  const bytes = Uint8Array.from(atob(pixels), (one) => one.charCodeAt(0)).buffer;
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  const sha256 = [...hash].map((one) => one.toString(16).padStart(2, "0")).join("");
  const { STEPS } = await import("/app/js/store/migrations.js");
  const db = await new Promise((resolve, reject) => {
    const asked = indexedDB.open("mingcha", 1);
    asked.onupgradeneeded = () => STEPS[0](asked.result);
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
  const photo = { format: 1, sha256, bytes, thumb: bytes };
  const size = { size: bytes.byteLength, width: 80, height: 60 };
  const taken = { origin: "camera", taken_at: "2026-11-18T04:00:00.000Z" };
  const { visit, answer, account } = rows;
  const slot = { format: 1, visit: visit.id, item: answer.item, sha256, position: 0 };
  const way = { offset: 0, state: "waiting", problem: "" };
  const upload = { format: 1, sha256, account, visit: visit.id, size: bytes.byteLength, ...way };
  const all = { visits: visit, answers: answer, photos: photo, uploads: upload };
  const tx = db.transaction(["slots", ...Object.keys(all)], "readwrite");
  for (const [store, row] of Object.entries(all)) tx.objectStore(store).put(row);
  tx.objectStore("slots").put({ ...slot, ...size, ...taken });
  await new Promise((done) => { tx.oncomplete = done; });
  db.close();
}"""


SWEPT = """async () => {
  const { readMeta } = await import("/app/js/store/meta.js");
  return await readMeta("swept");
}"""


def small(photo: Path) -> str:
    """A photo as the phone keeps it, for a script to read."""
    kept = BytesIO()
    with Image.open(photo) as opened:
        opened.resize((80, 60)).save(kept, "JPEG")
    return b64encode(kept.getvalue()).decode()


def visit_of(account: str, assignment: dict[str, Any]) -> dict[str, Any]:
    """A draft as the first version of the app kept it."""
    taken_over = ("store", "round", "window_from", "window_to", "cover", "visit_kind")
    return {
        "format": 1,
        "id": VISIT,
        "account": account,
        "assignment": assignment["id"],
        "attempt": 1,
        "state": "draft",
        "rubric": assignment["rubric"]["digest"],
        **{name: assignment[name] for name in taken_over},
        "earlier": [],
        "started_at": NOON,
        "changed_at": NOON,
        "saves": 3,
        "at": None,
        "bulk_pass": [],
        "place": None,
        "declaration": False,
        "return_reason": "",
    }


def answer_of(item: str) -> dict[str, Any]:
    """Marks lost for an item, with a note."""
    said = {"option": None, "count": 1, "ticks": [], "measured": "", "veto": False, "note": NOTE}
    rest = {"reason": "", "corrected_on_spot": False, "changed_at": NOON}
    return {"format": 1, "visit": VISIT, "item": item, "verdict": "loss", **said, **rest}


def tapped_before_its_rubric_comes(phone: Phone, name: str) -> None:
    """Sign in and open the draft while what it fills in is still on its way."""
    held: list[Route] = []
    tapped = False

    def hold(route: Route) -> None:
        route.continue_() if tapped else held.append(route)

    phone.page.route(RUBRICS, hold)
    phone.sign_in(name)
    phone.page.get_by_text("继续检查").first.click()
    wait_until(phone.page, lambda: held)
    tapped = True
    for route in held:
        route.continue_()


def test_a_draft_of_the_first_version_goes_on_and_is_sealed(
    phone: Phone, product: Product, photo: Path
):
    name = product.idle_inspector()
    with product.caller(name) as caller:
        account = caller.get("/api/session").json()["account"]["id"]
        listed = caller.get("/api/assignments").json()["assignments"]
        assignment = next(one for one in listed if one["state"] == "open")
        rubric = caller.get(f"/api/rubrics/{assignment['rubric']['digest']}").json()
    item = rubric["sections"][0]["items"][0]["code"]
    rows = {"visit": visit_of(account, assignment), "answer": answer_of(item), "account": account}
    phone.page.goto(f"{phone.app}icons/app.svg")
    phone.page.evaluate(BUILD, {"rows": rows, "pixels": small(photo)})
    assert NOTE in dumped(phone.page)
    tapped_before_its_rubric_comes(phone, name)
    expect(phone.item("1.1").get_by_label("补充说明")).to_have_value(NOTE)
    expect(phone.item("1.1").locator(".photo canvas")).to_be_visible()
    wait_until(phone.page, lambda: phone.page.evaluate(SWEPT))
    found = dumped(phone.page)
    assert [word for word in (NOTE, assignment["store"]["name"], "JPEG") if word in found] == []
    phone.pass_the_rest()
    phone.submit()
    phone.expect_complete()
