"""Webhooks: signed so that a stranger's library believes them, and kept out of our own network."""

import hmac
import ssl
from base64 import b64decode, b64encode
from datetime import UTC, datetime
from hashlib import sha256

import pytest

from inspection.domain.messages.delivery import Outcome, Sent
from inspection.domain.messages.webhook import checked_url, may_call, new_secret, signature
from inspection.domain.refusals.messages import WebhookUrlRefused
from inspection.notifications import webhook
from inspection.notifications.webhook import Call, send_webhook, sent_of
from tests.certificates import certificate
from tests.web_server import web_server

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
SECRET, OLD = new_secret(bytes(range(32))), new_secret(bytes(32))


def a_call(url, **changed):
    said = {"id": "msg-1", "url": url, "secrets": (SECRET,), "body": b'{"a":1}', "at": NOW}
    return Call(**said | changed)


def believed(asked, secret):
    """What a receiver does, written from the scheme's side."""
    heads = asked.headers
    signed = f"{heads['webhook-id']}.{heads['webhook-timestamp']}.".encode() + asked.body
    key = b64decode(secret.removeprefix("whsec_"))
    wanted = "v1," + b64encode(hmac.new(key, signed, sha256).digest()).decode()
    return wanted in heads["webhook-signature"].split(" ")


def test_the_example_of_the_scheme_comes_out():
    at = datetime.fromtimestamp(1614265330, UTC)
    assert (
        signature(
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            at,
            b'{"test": 2432232314}',
        )
        == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    )


async def test_a_request_is_signed_and_while_secrets_change_by_both():
    async with web_server() as server:
        url = f"http://localhost:{server.port}/hook?a=1"
        call = a_call(url, secrets=(SECRET, OLD))
        assert await send_webhook(call, private=True) == Sent(Outcome.TAKEN, "http 200")
    (asked,) = server.received
    assert asked.line == "POST /hook?a=1 HTTP/1.1"
    assert asked.headers["host"] == f"localhost:{server.port}"
    assert (asked.body, asked.headers["webhook-id"]) == (b'{"a":1}', "msg-1")
    assert believed(asked, SECRET)
    assert believed(asked, OLD)
    assert not believed(asked, new_secret(b"x" * 32))


async def test_tls_is_checked_by_the_name_although_the_address_is_called(tmp_path, monkeypatch):
    path = certificate(tmp_path)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(path)
    async with web_server(context) as server:
        url = f"https://127.0.0.1:{server.port}/hook"
        sent = await send_webhook(a_call(url), private=True)
        assert (sent.outcome, server.received) == (Outcome.LATER, [])
        monkeypatch.setenv("SSL_CERT_FILE", str(path))
        assert (await send_webhook(a_call(url), private=True)).outcome is Outcome.TAKEN
        other = f"https://localhost:{server.port}/hook"
        assert (await send_webhook(a_call(other), private=True)).outcome is Outcome.LATER


async def test_nothing_in_our_own_network_is_called():
    async with web_server() as server:
        for host in ("127.0.0.1", "localhost"):
            sent = await send_webhook(a_call(f"http://{host}:{server.port}/"), private=False)
            assert sent == Sent(Outcome.REFUSED, webhook.NOT_ALLOWED)
    assert server.received == []


async def test_a_name_that_also_stands_for_a_machine_inside_is_not_called(monkeypatch):
    async def found(host, port):
        return ["93.184.216.34", "10.0.0.1"]

    monkeypatch.setattr(webhook, "_addresses", found)
    sent = await send_webhook(a_call("https://orders.example/"), private=False)
    assert sent.code == webhook.NOT_ALLOWED


async def test_redirects_are_not_followed_and_refusals_not_repeated():
    async with web_server() as server:
        server.answer, server.more = "302 there", f"location: http://127.0.0.1:{server.port}/x\r\n"
        sent = await send_webhook(a_call(f"http://127.0.0.1:{server.port}/"), private=True)
    assert sent == Sent(Outcome.REFUSED, "http 302")
    assert len(server.received) == 1


async def test_who_is_not_there_is_tried_again(monkeypatch):
    async with web_server() as server:
        port = server.port
    sent = await send_webhook(a_call(f"http://127.0.0.1:{port}/"), private=True)
    assert sent.outcome is Outcome.LATER

    async def unknown(host, port):
        raise OSError

    monkeypatch.setattr(webhook, "_addresses", unknown)
    sent = await send_webhook(a_call("https://nowhere.example/"), private=False)
    assert sent == Sent(Outcome.LATER, webhook.UNKNOWN_HOST)


@pytest.mark.parametrize(
    ("status", "outcome"),
    [(204, "taken"), (400, "refused"), (410, "refused"), (429, "later"), (503, "later")],
)
def test_what_an_answer_means(status, outcome):
    assert sent_of(status).outcome == outcome


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "192.168.1.1", "172.16.0.1", "169.254.169.254", "0.0.0.1"),
        *("::1", "fe80::1", "fc00::1", "::ffff:10.0.0.1", "224.0.0.1", "100.64.0.1"),
    ],
)
def test_addresses_inside(address):
    assert not may_call(address, private=False)
    assert may_call(address, private=True)


def test_an_address_outside():
    assert may_call("93.184.216.34", private=False)
    assert may_call("::ffff:93.184.216.34", private=False)


@pytest.mark.parametrize(
    "url",
    [
        *("", "ftp://a.example/", "http://a.example/", "https:///x", "https://a.example:99999/"),
        *("https://user@a.example/", "https://a.example/#x", "https://[::1/", "https://a b.cn/"),
        *("https://127.0.0.1/", "https://localhost/", "https://x.local/", "https://intranet/"),
        *("https://2130706433/", "https://0x7f.1/", "https://[::ffff:127.0.0.1]/"),
        *("https://中国.example/", "https://a.example:0/", "https://a.example/" + "x" * 1000),
    ],
)
def test_addresses_that_are_refused(url):
    if url == "https://0x7f.1/":
        # Looks like a name; whoever looks it up finds a loopback address, and asks about that.
        assert checked_url(url, (), private=False) == url
        return
    with pytest.raises(WebhookUrlRefused):
        checked_url(url, (), private=False)


def test_addresses_that_are_taken():
    assert checked_url(" https://a.example/x?y=1 ", (), private=False) == "https://a.example/x?y=1"
    assert checked_url("http://10.0.0.1:8080/", (), private=True) == "http://10.0.0.1:8080/"
    assert checked_url("https://a.example/", ("a.example",), private=False)
    with pytest.raises(WebhookUrlRefused):
        checked_url("https://b.example/", ("a.example",), private=False)
