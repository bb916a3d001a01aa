"""Which addresses may be sent to, and which keys are keys."""

import msgspec
import pytest

from inspection.domain.messages.push import (
    PushSubscriptionIn,
    check_subscription,
    decoded,
    encoded,
    is_push_address,
    listed_hosts,
)
from inspection.domain.refusals import BodyRefused
from inspection.settings import Settings

HOSTS = listed_hosts(Settings().push_hosts)
GOOD = PushSubscriptionIn(
    endpoint="https://fcm.googleapis.com/fcm/send/abc:DEF",
    p256dh="BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcx"
    "aOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
    auth="BTBZMqHH6r4Tts7J_aSIgg",
)


@pytest.mark.parametrize(
    "address",
    [
        GOOD.endpoint,
        "https://FCM.googleapis.com:443/x",
        "https://web.push.apple.com/QK",
        "https://updates.push.services.mozilla.com/wpush/v2/gA?x=1",
        "https://db5p.notify.windows.com/w/?token=BQ%3d",
    ],
)
def test_the_push_services_of_phones_may_be_sent_to(address):
    assert is_push_address(address, HOSTS)


@pytest.mark.parametrize(
    "address",
    [
        "http://fcm.googleapis.com/x",
        "https://fcm.googleapis.com:8443/x",
        "https://fcm.googleapis.com.evil.example/x",
        "https://evilfcm.googleapis.com/x",
        "https://push.apple.com/x",
        "https://.push.apple.com/x",
        "https://evilpush.apple.com/x",
        "https://127.0.0.1/x",
        "https://[::1]/x",
        "https://[::1/x",
        "https://localhost/x",
        "https://me@fcm.googleapis.com/x",
        "https://fcm.googleapis.com@evil.example/x",
        "https://@fcm.googleapis.com/x",
        "https://evil.example\\@fcm.googleapis.com/x",
        "https://fcm.googleapis.com#@evil.example/x",
        "https://fcm.googleapis.com:99999/x",
        "https://fcm.googleapis.com\t/x",
        "https://ｆcm.googleapis.com/x",
        "//fcm.googleapis.com/x",
        "file:///etc/passwd",
        "",
    ],
)
def test_nothing_else_may_be_sent_to(address):
    assert not is_push_address(address, HOSTS)


def test_another_port_counts_only_where_it_is_listed():
    assert is_push_address("https://127.0.0.1:8443/x", ("127.0.0.1:8443",))
    assert not is_push_address("https://127.0.0.1/x", ("127.0.0.1:8443",))
    assert not is_push_address(GOOD.endpoint, listed_hosts(" , "))


def test_what_a_browser_says_is_taken():
    check_subscription(GOOD, HOSTS)


def off_the_curve():
    point = bytearray(decoded(GOOD.p256dh))
    point[-1] ^= 1
    return encoded(bytes(point))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("endpoint", "https://evil.example/x"),
        ("p256dh", off_the_curve()),
        ("p256dh", encoded(b"\4" + bytes(64))),
        ("p256dh", encoded(b"\4" + b"\xff" * 64)),
        ("p256dh", GOOD.p256dh[:-2]),
        ("p256dh", "?" * 87),
        ("p256dh", "é" * 87),
        ("auth", GOOD.auth + "AA"),
        ("auth", "AA"),
    ],
)
def test_a_place_that_is_wrong_is_named(field, value):
    with pytest.raises(BodyRefused) as refused:
        check_subscription(msgspec.structs.replace(GOOD, **{field: value}), HOSTS)
    (fault,) = refused.value.faults
    assert fault.pointer == f"/{field}"
