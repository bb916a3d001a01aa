"""The pages of bots, other systems and deliveries."""

import re

import pytest

from inspection.persistence.statements import run
from tests.cast import CHEN, GUO, LANZHOU, LI, SUN, WANG
from tests.telling import a_message, reachable, told
from tests.web.html_page import HtmlPage

ADDRESS = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=0123456789abcdef"
BOT = {"name": "兰州整改群", "region": LANZHOU, "address": ADDRESS, "secret": "", "language": "en"}
HOOK = {"name": "工单", "url": "https://orders.example/hook", "kind": "reply.submitted"}


@pytest.fixture
async def guo(signed_in):
    return await signed_in(GUO)


@pytest.mark.parametrize("path", ["/bots", "/webhooks", "/deliveries"])
async def test_administrators_only(signed_in, app, path):
    for person in (SUN, WANG, CHEN, LI):
        assert (await (await signed_in(person)).get(path)).status_code == 403


async def test_a_bot_is_added_changed_and_tested(guo):
    assert "No group is told yet" in HtmlPage(await guo.get("/bots?lang=en")).source
    answer = await guo.submit("/bots", BOT)
    path = answer.headers["location"].partition("?")[0]
    page = HtmlPage(await guo.get(f"{path}?lang=en"))
    assert "WeCom" in page.source
    assert "0123456789abcdef" not in page.source
    seen = page.form(f"{path}/revisions").named("seen")[0]
    changed = {"name": "群", "seen": seen, "address": "", "secret": "", "language": "zh-CN"}
    assert (await guo.submit(f"{path}/revisions", changed)).status_code == 303
    refused = HtmlPage(await guo.submit(f"{path}/revisions", changed | {"name": "别的群"}))
    assert (refused.status, "别的群" in refused.source) == (409, True)
    assert (await guo.submit(f"{path}/tests", {"asked": "yes"})).status_code == 303
    assert "/static/desk/progress.js" in HtmlPage(await guo.get(path)).source
    page = HtmlPage(await guo.get(f"{path}?lang=en"))
    assert "A test" in page.source
    assert "群" in HtmlPage(await guo.get("/bots")).source


async def test_what_was_refused_comes_back_without_its_secrets(guo):
    wrong = BOT | {"address": "https://evil.example/secret-part"}
    page = HtmlPage(await guo.submit("/bots", wrong))
    assert (page.status, "兰州整改群" in page.source) == (422, True)
    assert "secret-part" not in page.source
    page = HtmlPage(await guo.submit("/webhooks", HOOK | {"url": "http://localhost/"}))
    assert (page.status, "http://localhost/" in page.source) == (422, True)
    assert 'value="reply.submitted" checked' in page.source


async def test_a_system_is_added_and_its_secret_shown_once(guo):
    assert "No other system" in HtmlPage(await guo.get("/webhooks?lang=en")).source
    answer = await guo.submit("/webhooks", HOOK)
    page = HtmlPage(answer)
    secret = re.search(r"whsec_[\w+/=]+", page.source)[0]
    assert answer.headers["cache-control"] == "no-store"
    path = page.form(re.search(r"/webhooks/\w+/tests", page.source)[0]).action.rpartition("/")[0]
    page = HtmlPage(await guo.get(f"{path}?lang=en"))
    assert secret not in page.source
    assert 'value="reply.submitted" checked' in page.source
    seen = page.form(f"{path}/revisions").named("seen")[0]
    assert (await guo.submit(f"{path}/revisions", HOOK | {"seen": seen})).status_code == 303
    again = HtmlPage(await guo.submit(f"{path}/secrets", {"seen": seen}))
    assert again.status == 409
    renewed = HtmlPage(await guo.submit(f"{path}/secrets", {"seen": str(int(seen) + 1)}))
    assert re.search(r"whsec_[\w+/=]+", renewed.source)[0] != secret
    wrong = HOOK | {"seen": str(int(seen) + 2), "url": "ftp://x.example/"}
    refused = HtmlPage(await guo.submit(f"{path}/revisions", wrong))
    assert (refused.status, "ftp://x.example/" in refused.source) == (422, True)
    assert (await guo.submit(f"{path}/tests", {"asked": "yes"})).status_code == 303
    assert "/static/desk/progress.js" in HtmlPage(await guo.get(path)).source
    assert "not delivered" not in HtmlPage(await guo.get("/webhooks")).source
    await run("UPDATE delivery SET state = 'failed', code = 'http 404'")
    page = HtmlPage(await guo.get("/webhooks"))
    assert page.one("span", class_="tag--critical").text == "1 not delivered"
    assert "工单" in page.source


async def test_what_did_not_arrive_is_tried_again(guo, tools):
    await reachable(CHEN)
    await told(tools, a_message())
    await run("UPDATE delivery SET state = 'failed', code = 'smtp 550' WHERE channel = 'mail'")
    page = HtmlPage(await guo.get("/deliveries?state=failed&lang=en"))
    assert "smtp 550" in page.source
    assert CHEN.name in page.source
    (form,) = [form for form in page.forms if form.action.endswith("/retries")]
    answer = await guo.submit(form.action, {"asked": "yes"})
    assert answer.headers["location"] == "/deliveries?state=failed&said=delivery_retried"
    assert (await guo.submit(form.action, {"asked": "yes"})).status_code == 409
    page = HtmlPage(await guo.get("/deliveries?state=waiting&lang=en"))
    assert "to be sent at" in page.text
    await run("UPDATE delivery SET tries = 1")
    assert "to be sent at" not in HtmlPage(await guo.get("/deliveries?state=waiting")).text
    page = HtmlPage(await guo.get("/deliveries?state=failed&lang=en"))
    assert "smtp 550" not in page.source
    page = HtmlPage(await guo.get(f"/deliveries?account={CHEN.account}&lang=en"))
    assert "waiting to be sent" in page.source
