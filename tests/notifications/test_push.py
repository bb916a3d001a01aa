"""The framing of the RFCs: by their example, by opening what was sealed, by a service's answers."""

from datetime import UTC, datetime, timedelta

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec

from inspection.domain.messages.delivery import Outcome
from inspection.domain.messages.push import decoded
from inspection.notifications.encryption import MOST_BYTES, MessageTooLong, new_key, sealed
from inspection.notifications.push import Recipient, Sender, outcome_of, send
from inspection.notifications.vapid import authorization, public_key
from tests.push_service import Browser, claims_of, push_service, text

NOW = datetime(2026, 11, 18, 1, 0, tzinfo=UTC)
SECRET = (7**80).to_bytes(32)


def private(words):
    return ec.derive_private_key(int.from_bytes(decoded(words)), ec.SECP256R1())


def test_the_example_of_rfc_8291_comes_out_byte_for_byte():
    phone = Browser(
        private("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"), decoded("BTBZMqHH6r4Tts7J_aSIgg")
    )
    body = sealed(
        b"When I grow up, I want to be a watermelon",
        phone.point,
        phone.auth,
        own=private("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"),
        salt=decoded("DGv6ra1nlYgDCS1FRnbzlw"),
    )
    assert text(body) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml"
        "mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT"
        "pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


@pytest.mark.parametrize("length", [0, 1, 200, MOST_BYTES])
def test_the_phone_opens_what_was_sealed_for_it_and_no_other_can(length):
    phone, other = Browser(), Browser()
    message = bytes(range(256)) * 16
    body = sealed(message[:length], phone.point, phone.auth, own=new_key(), salt=bytes(16))
    assert phone.opened(body) == message[:length]
    assert len(body) <= 4096
    with pytest.raises(InvalidTag):
        other.opened(body)


def test_more_than_a_push_service_takes_is_refused():
    phone = Browser()
    with pytest.raises(MessageTooLong):
        sealed(bytes(MOST_BYTES + 1), phone.point, phone.auth, own=new_key(), salt=bytes(16))


def test_the_signed_line_names_the_service_the_time_and_us():
    line = authorization(SECRET, "https://a.example/push/1", "https://mingcha.test", NOW)
    claims, key = claims_of(line)
    assert key == public_key(SECRET)
    assert claims == {
        "aud": "https://a.example",
        "exp": int((NOW + timedelta(hours=12)).timestamp()),
        "sub": "https://mingcha.test",
    }
    assert "sub" not in claims_of(authorization(SECRET, "https://a.example/1", "", NOW))[0]


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (200, "taken"),
        (201, "taken"),
        (301, "refused"),
        (400, "refused"),
        (403, "refused"),
        (404, "gone"),
        (410, "gone"),
        (413, "refused"),
        (429, "later"),
        (500, "later"),
        (503, "later"),
    ],
)
def test_what_an_answer_means(status, outcome):
    assert outcome_of(status) == outcome


async def test_each_is_told_by_itself_whatever_happens_to_the_others(tmp_path, monkeypatch):
    phones = {name: Browser() for name in ("a", "moved", "gone", "busy")}
    async with push_service(tmp_path, monkeypatch) as service:
        service.answers["moved"] = (307, f"location: {service.address('elsewhere')}\r\n")
        service.answers |= {"gone": (410, ""), "busy": (503, "")}
        told = [
            Recipient(
                endpoint=service.address(name), p256dh=each.point, auth=each.auth, message=b"hi"
            )
            for name, each in phones.items()
        ]
        silent = Recipient(
            endpoint="https://127.0.0.1:1/", p256dh=told[0].p256dh, auth=bytes(16), message=b"hi"
        )
        keyless = Recipient(
            endpoint=service.address("b"), p256dh=b"\4" + bytes(64), auth=bytes(16), message=b"hi"
        )
        sender = Sender(secret=SECRET, contact="", now=NOW)
        outcomes = await send(sender, [*told, silent, keyless], topic="assignments")
    assert outcomes == (
        Outcome.TAKEN,
        Outcome.REFUSED,
        Outcome.GONE,
        Outcome.LATER,
        Outcome.LATER,
        Outcome.REFUSED,
    )
    assert sorted(each.path for each in service.received) == [
        "/push/a",
        "/push/busy",
        "/push/gone",
        "/push/moved",
    ], "redirects are not followed"
