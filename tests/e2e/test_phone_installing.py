"""What a phone asks for before it installs the app, and whom the app talks to."""

import json
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Playwright

from tests.e2e.phone import Phone
from tests.e2e.product import Product
from tests.e2e.profile import Profile

pytestmark = pytest.mark.e2e


def hosts_asked(log: Path) -> set[str]:
    """Every host some part of the browser asked for something, by its own record."""
    record = json.loads(log.read_text(encoding="utf-8"))
    asked = record["constants"]["logEventTypes"]["URL_REQUEST_START_JOB"]
    urls = [
        event["params"]["url"]
        for event in record["events"]
        if event["type"] == asked and "url" in event.get("params", {})
    ]
    paths = {urlsplit(url).path for url in urls if url.startswith("http")}
    # The record is whole: the first page, the pack of all the others, what is read, what is sent.
    for wanted in ("/app/", "/app/app.pack", "/api/assignments", "/api/photos/", "/api/visits/"):
        assert any(path.startswith(wanted) for path in paths), (wanted, sorted(paths))
    return {url.split("/")[2] for url in urls if url.startswith(("http", "ws"))}


def test_the_app_installs_and_asks_no_other_host(
    playwright: Playwright, product: Product, tmp_path: Path, photo: Path
):
    log = tmp_path / "net.json"
    profile = Profile(playwright, tmp_path / "profile", f"--log-net-log={log}")
    phone = Phone(profile.context.new_page(), product.address)
    phone.sign_in(product.idle_inspector())
    phone.wait_for_worker()
    cdp = profile.context.new_cdp_session(phone.page)
    assert cdp.send("Page.getInstallabilityErrors")["installabilityErrors"] == []
    manifest = cdp.send("Page.getAppManifest")
    assert manifest["errors"] == []
    visit = phone.start_visit()
    phone.photograph(phone.judge("1.1", "扣分"), photo)
    phone.pass_the_rest()
    phone.submit()
    phone.expect_complete()
    for screen in ("tasks", "outbox", "history", "me", "transfer", f"visits/{visit}/result"):
        phone.show(screen)
    profile.close()
    assert hosts_asked(log) == {product.address.removeprefix("http://")}
