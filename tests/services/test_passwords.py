"""Hashes: right, renewed, off the event loop, and as slow for names nobody has."""

import asyncio
import time
from statistics import median

import pytest
from argon2 import extract_parameters

from inspection.domain.refusals import SignInTooOften
from inspection.services.passwords import MEMORY_KIB, PASSES, HashCost, Passwords

CHEAP = HashCost(memory_kib=8, passes=1)
DEAR = HashCost(memory_kib=8 * 1024, passes=3)


@pytest.fixture
def passwords():
    made = []

    def passwords(cost=CHEAP, **how):
        made.append(Passwords(cost, **how))
        return made[-1]

    yield passwords
    for each in made:
        each.close()


async def test_the_password_fits_its_hash_and_no_other_does(passwords):
    keeper = passwords()
    stored = await keeper.hash("暗访 password")
    assert (await keeper.verify(stored, "暗访 password")).fits
    assert not (await keeper.verify(stored, "暗访 Password")).fits


async def test_nobodys_password_never_fits(passwords):
    keeper = passwords()
    for guess in ("", "nobody has this password"):
        assert not (await keeper.verify(None, guess)).fits
    assert not (await keeper.verify("not a hash", "x")).fits


async def test_two_hashes_of_one_password_differ(passwords):
    keeper = passwords()
    assert await keeper.hash("the same") != await keeper.hash("the same")


async def test_a_cheaper_hash_is_renewed_when_its_password_comes_by(passwords):
    old, new = passwords(), passwords(HashCost(memory_kib=64, passes=2))
    stored = await old.hash("the same")
    verdict = await new.verify(stored, "the same")
    assert verdict.fits
    assert extract_parameters(verdict.renewed).memory_cost == 64
    assert (await new.verify(verdict.renewed, "the same")).renewed is None
    assert (await new.verify(stored, "another")).renewed is None


async def test_the_default_costs_what_owasp_asks(passwords):
    found = extract_parameters(await Passwords().hash("x"))
    assert (found.memory_cost, found.time_cost) == (MEMORY_KIB, PASSES) == (19 * 1024, 2)
    assert found.type.name == "ID"


async def test_an_unknown_name_takes_as_long_as_a_wrong_password(passwords):
    keeper = passwords(DEAR, threads=1)
    stored = await keeper.hash("the right one")
    await keeper.verify(None, "warm")
    wrong, unknown = [], []
    for _ in range(15):
        for hashed, times in ((stored, wrong), (None, unknown)):
            began = time.perf_counter()
            await keeper.verify(hashed, "a guess")
            times.append(time.perf_counter() - began)
    assert 0.5 < median(wrong) / median(unknown) < 2


async def test_others_go_on_while_passwords_are_hashed(passwords):
    keeper = passwords(DEAR)
    guesses = [asyncio.create_task(keeper.verify(None, "x")) for _ in range(20)]
    ticks = 0
    while not all(guess.done() for guess in guesses):
        await asyncio.sleep(0)
        ticks += 1
    assert ticks > 20


async def test_more_than_can_wait_are_refused_at_once(passwords):
    keeper = passwords(DEAR, threads=1, waiting=3)
    outcomes = await asyncio.gather(
        *(keeper.verify(None, "x") for _ in range(10)), return_exceptions=True
    )
    refused = [each for each in outcomes if isinstance(each, SignInTooOften)]
    assert len(refused) == 7
    assert refused[0].facts["seconds"] > 0
    assert not (await keeper.verify(None, "x")).fits
