"""Guessing at passwords is stopped, and hits nobody else."""

from inspection.persistence.tables import SignInBucket
from tests.cast import LI, PASSWORD, Person


async def test_ten_wrong_passwords_close_the_name_to_strangers(visitor, clock):
    for _ in range(10):
        assert (await visitor.sign_in(LI, "wrong")).status_code == 401
    refused = await visitor.sign_in(LI)
    assert refused.status_code == 429
    assert refused.json()["code"] == "session.too_many"
    assert refused.headers["retry-after"] == str(refused.json()["retry_after"]) == "360"
    clock.go_on(seconds=360)
    assert (await visitor.sign_in(LI)).status_code == 201


async def test_guessing_neither_ends_sessions_nor_locks_the_known_phone_out(signed_in, visitor):
    phone = await signed_in(LI)
    for _ in range(12):
        await visitor.sign_in(LI, "wrong")
    assert (await visitor.sign_in(LI)).status_code == 429
    assert (await phone.get("/api/session")).status_code == 200
    assert (await phone.sign_in(LI)).status_code == 201


async def test_good_attempts_cost_nothing(visitor):
    for _ in range(30):
        assert (await visitor.sign_in(LI)).status_code == 201


async def test_one_address_guessing_at_many_names_is_stopped(visitor):
    for n in range(100):
        guessed = Person(sign_in=f"staff{n}", name="", role=LI.role)
        assert (await visitor.sign_in(guessed)).status_code == 401
    assert (await visitor.sign_in(LI)).status_code == 429


async def test_a_forwarded_address_counts_only_from_a_trusted_proxy(visitor):
    for n in range(100):
        headers = {"x-forwarded-for": f"198.51.100.{n}"}
        typed = {"sign_in": f"staff{n}", "password": "wrong"}
        await visitor.send("POST", "/api/sessions", json=typed, headers=headers)
    assert (await visitor.sign_in(LI)).status_code == 429


async def test_buckets_full_again_are_forgotten(visitor, clock):
    for n in range(5):
        await visitor.sign_in(Person(sign_in=f"staff{n}", name="", role=LI.role))
    assert await SignInBucket.count() == 7
    clock.go_on(hours=3)
    await visitor.sign_in(LI)
    assert await SignInBucket.count() == 3


async def test_what_was_typed_as_a_name_is_not_readable_in_the_buckets(visitor):
    await visitor.sign_in(Person(sign_in=PASSWORD, name="", role=LI.role))
    assert PASSWORD not in str(await SignInBucket.select())
