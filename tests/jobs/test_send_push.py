"""From planned visits to the phone: what is left, what is sent, what becomes of subscriptions."""

import asyncio
from datetime import UTC, datetime

import msgspec
import pytest

from inspection.documents.press import Press
from inspection.jobs.send_push import PushUnsent, SendPush, send_push
from inspection.jobs.worker import run_worker
from inspection.notifications.vapid import public_key
from inspection.persistence.messages.push_subscriptions import MOST_REFUSALS
from inspection.persistence.statements import run
from inspection.services.imports.assignment_plans import import_assignments
from inspection.services.messages.push_subscriptions import subscribe
from inspection.services.people import accounts, sessions
from inspection.services.people.sessions import Device
from inspection.wording import Language
from tests.cast import ANNING_HALL, CLUB, LI, MA, PASSWORD, QINZHOU_CLUB, ROUND
from tests.makers import a_province, some_tools
from tests.push_service import Browser, claims_of, push_service


@pytest.fixture
async def service(tmp_path, monkeypatch):
    async with push_service(tmp_path, monkeypatch) as service:
        yield service


@pytest.fixture
async def tools(database, tmp_path, service):
    tools = service.listed(some_tools(tmp_path, lambda: datetime.now(UTC)))
    tools = msgspec.structs.replace(tools, address="https://mingcha.test")
    await a_province(tools)
    yield tools
    tools.passwords.close()


DONE = "SELECT id FROM job WHERE state = 'done' AND kind = 'push.send'"


async def signed_in(tools, person):
    return await sessions.sign_in(tools, person.sign_in, PASSWORD, Device(address="192.0.2.1"))


async def told(tools, service, person, name):
    """A browser of this person that wants to be told, and its session."""
    browser, opened = Browser(), await signed_in(tools, person)
    said = browser.said(service.address(name))
    await subscribe(tools, person.actor, opened.session.id, said)
    return browser, opened.session


async def planned(tools, *rows):
    sheet = "store,inspector,cover\n" + "\n".join(rows) + "\n"
    report = await import_assignments(tools, ROUND, sheet.encode(), None)
    assert report.written, report


async def left():
    rows = await run("SELECT payload FROM job WHERE kind = 'push.send' ORDER BY payload")
    return [msgspec.json.decode(row["payload"])["account"] for row in rows]


async def kept():
    rows = await run("SELECT endpoint, failed FROM push_subscription ORDER BY endpoint")
    return {row["endpoint"].rpartition("/")[2]: row["failed"] for row in rows}


def to(person):
    return SendPush(account=person.account)


async def test_planning_leaves_one_message_per_inspector_who_wants_it(tools, service):
    await told(tools, service, LI, "li")
    await planned(tools, f"{ANNING_HALL},li,", f"{QINZHOU_CLUB},li,", f"{CLUB},ma,")
    assert await left() == [LI.account]
    assert service.received == [], "planning itself calls nobody"


async def test_a_sheet_that_is_refused_leaves_none(tools, service):
    await told(tools, service, LI, "li")
    sheet = f"store,inspector,cover\n{ANNING_HALL},li,\nnone,li,\n".encode()
    assert not (await import_assignments(tools, ROUND, sheet, None)).written
    assert await left() == []


async def test_the_worker_tells_the_phone_and_only_the_phone_can_read_it(tools, service):
    browser, _ = await told(tools, service, LI, "li")
    await planned(tools, f"{ANNING_HALL},li,")
    stop = asyncio.Event()
    working = asyncio.create_task(run_worker(tools, Press({}), stop))
    async with asyncio.timeout(20):
        while not await run(DONE):  # noqa: ASYNC110 - rows raise no events
            await asyncio.sleep(0.05)
    stop.set()
    await working
    (got,) = service.received
    assert msgspec.json.decode(browser.opened(got.body)) == {
        "kind": "assignments",
        "language": "zh-CN",
        "title": "提醒",
        "body": "有新内容，方便时打开看看。",
    }
    claims, key = claims_of(got.headers["authorization"])
    assert key == public_key(tools.push.key.secret())
    assert (claims["aud"], claims["sub"]) == (service.origin, "https://mingcha.test")
    assert 0 < claims["exp"] - tools.now().timestamp() < 24 * 3600
    said = {name: got.headers[name] for name in ("content-encoding", "ttl", "topic", "urgency")}
    assert said == {
        "content-encoding": "aes128gcm",
        "ttl": "259200",
        "topic": "assignments",
        "urgency": "normal",
    }


async def test_every_browser_of_the_person_is_told_in_their_language(tools, service):
    browsers = [(await told(tools, service, LI, name))[0] for name in ("one", "two")]
    await told(tools, service, MA, "ma")
    await accounts.change_language(tools, LI.actor, Language.EN)
    await send_push(tools, to(LI))
    by_path = {each.path: each for each in service.received}
    assert sorted(by_path) == ["/push/one", "/push/two"]
    for browser, name in zip(browsers, ("one", "two"), strict=True):
        message = msgspec.json.decode(browser.opened(by_path[f"/push/{name}"].body))
        assert message["language"] == "en"
        assert message["title"] == "Reminder"


@pytest.mark.parametrize("status", [404, 410])
async def test_an_address_that_is_gone_is_forgotten(tools, service, status):
    await told(tools, service, LI, "gone")
    await told(tools, service, LI, "here")
    service.answers["gone"] = (status, "")
    await send_push(tools, to(LI))
    assert await kept() == {"here": 0}


async def test_a_refusal_is_counted_and_not_tried_again(tools, service):
    await told(tools, service, LI, "li")
    service.answers["li"] = (403, "")
    await send_push(tools, to(LI))
    await send_push(tools, to(LI))
    assert await kept() == {"li": 2}
    service.answers.clear()
    await send_push(tools, to(LI))
    assert await kept() == {"li": 0}


async def test_a_browser_that_is_always_refused_is_told_no_more(tools, service):
    _, session = await told(tools, service, LI, "li")
    service.answers["li"] = (403, "")
    for _ in range(MOST_REFUSALS + 1):
        await send_push(tools, to(LI))
    assert (len(service.received), await kept()) == (MOST_REFUSALS, {})
    await subscribe(tools, LI.actor, session.id, Browser().said(service.address("li")))
    await send_push(tools, to(LI))
    assert await kept() == {"li": 1}


async def test_a_service_that_cannot_now_is_tried_again(tools, service):
    await told(tools, service, LI, "busy")
    service.answers["busy"] = (503, "")
    with pytest.raises(PushUnsent):
        await send_push(tools, to(LI))
    assert await kept() == {"busy": 0}


async def sign_out(tools, session):
    await sessions.sign_out(tools, session)


async def disable(tools, _):
    await accounts.disable_account(tools, LI.sign_in)


async def lose_phone(tools, _):
    await accounts.report_phone_lost(tools, LI.sign_in)


async def new_password(tools, _):
    await accounts.change_password(tools, LI.sign_in, PASSWORD)


@pytest.mark.parametrize("end", [sign_out, disable, lose_phone, new_password])
async def test_what_ends_the_session_ends_being_told(tools, service, end):
    _, session = await told(tools, service, LI, "li")
    await told(tools, service, MA, "ma")
    await end(tools, session)
    assert await kept() == {"ma": 0}
    await send_push(tools, to(LI))
    assert service.received == []


async def test_a_session_that_ran_out_is_told_nothing(tools, service):
    _, session = await told(tools, service, LI, "li")
    await run("UPDATE session SET expires_at = ? WHERE id = ?", tools.now(), session.id)
    await send_push(tools, to(LI))
    assert service.received == []


async def test_a_session_that_is_forgotten_takes_its_subscription_along(tools, service):
    _, session = await told(tools, service, LI, "li")
    await run("DELETE FROM session WHERE id = ?", session.id)
    assert await kept() == {}


async def test_signing_in_again_in_the_browser_ends_what_its_last_session_was_told(tools, service):
    opened = await signed_in(tools, LI)
    said = Browser().said(service.address("shared"))
    await subscribe(tools, LI.actor, opened.session.id, said)
    device = Device(address="192.0.2.1", earlier_token=opened.token)
    await sessions.sign_in(tools, MA.sign_in, PASSWORD, device)
    assert await kept() == {}


async def test_a_browser_tells_only_whoever_signed_in_there_last(tools, service):
    opened = await signed_in(tools, LI)
    other = await signed_in(tools, MA)
    for person, session in ((LI, opened.session), (MA, other.session)):
        await subscribe(tools, person.actor, session.id, Browser().said(service.address("shared")))
    await send_push(tools, to(LI))
    assert service.received == []
    await send_push(tools, to(MA))
    assert len(service.received) == 1


async def test_a_host_taken_off_the_list_is_not_called_any_more(tools, service):
    await told(tools, service, LI, "li")
    await send_push(without_hosts(tools), to(LI))
    assert service.received == []


def without_hosts(tools):
    desk = msgspec.structs.replace(tools.push, hosts=())
    return msgspec.structs.replace(tools, push=desk)
