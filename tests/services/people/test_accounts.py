"""Adding people and keeping them out, on both databases."""

import asyncio

import pytest

from inspection.domain.access import Role
from inspection.domain.people.account_place import StoreUnwanted
from inspection.domain.people.common_password import PasswordCommon
from inspection.domain.refusals import (
    AccountExists,
    AccountIncomplete,
    NotFound,
    PasswordRefused,
    SignInRefused,
    SignInTooOften,
)
from inspection.persistence.audit import audit
from inspection.persistence.tables import Account, Session
from inspection.services.people import accounts, sessions, sign_in_limits
from inspection.services.people.accounts import NewAccount
from inspection.services.people.sessions import Device
from inspection.wording import Language
from tests.cast import CLUB, LANZHOU, PASSWORD, REGION_PATHS, store_id
from tests.makers import add_regions, add_stores, some_tools

PHONE = Device(address="203.0.113.7", user_agent="a phone")


@pytest.fixture
async def tools(tools, database):
    return tools


def somebody(**changes) -> NewAccount:
    given = {"sign_in": "0931001", "name": "李思远", "role": Role.INSPECTOR, "password": PASSWORD}
    return NewAccount(**given | changes)


async def test_a_new_person_can_sign_in(tools):
    account = await accounts.create_account(tools, somebody(pseudonym="A-017"))
    opened = await sessions.sign_in(tools, "0931001", PASSWORD, PHONE)
    assert opened.actor.account == account
    actor, session = await sessions.actor_of(tools, opened.token)
    assert (actor, session) == (opened.actor, opened.session)


async def test_a_manager_gets_the_path_of_their_region(tools):
    await add_regions()
    new = somebody(role=Role.REGIONAL_MANAGER, region=LANZHOU)
    await accounts.create_account(tools, new)
    opened = await sessions.sign_in(tools, "0931001", PASSWORD, PHONE)
    assert opened.actor.region_path == REGION_PATHS[LANZHOU]
    profile = await accounts.profile_of(opened.actor, Language.EN)
    assert (profile.region.code, profile.region.name) == (LANZHOU, "Lanzhou")


async def test_staff_belong_to_their_store(tools, clock):
    await add_regions()
    await add_stores(clock())
    await accounts.create_account(tools, somebody(role=Role.STORE_STAFF, store=CLUB))
    opened = await sessions.sign_in(tools, "0931001", PASSWORD, PHONE)
    assert opened.actor.store == store_id(CLUB)
    assert (await accounts.profile_of(opened.actor, Language.ZH)).store.code == CLUB


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"password": "short"}, PasswordRefused),
        ({"password": "x" * 129}, PasswordRefused),
        ({"role": Role.REVIEWER}, AccountIncomplete),
        ({"password": "password123"}, PasswordCommon),
        ({"role": Role.STORE_STAFF}, AccountIncomplete),
        ({"store": "LZ-0012"}, StoreUnwanted),
        ({"role": Role.REVIEWER, "region": "999999"}, NotFound),
        ({"role": Role.STORE_STAFF, "store": "XX-0001"}, NotFound),
    ],
)
async def test_an_account_that_could_not_work_is_refused(tools, changes, refusal):
    with pytest.raises(refusal):
        await accounts.create_account(tools, somebody(**changes))
    assert await Account.count() == 0


async def test_a_sign_in_name_is_given_once_however_it_is_typed(tools):
    await accounts.create_account(tools, somebody(sign_in="Li"))
    with pytest.raises(AccountExists):
        await accounts.create_account(tools, somebody(sign_in=" ＬＩ "))
    assert await Account.count() == 1


async def test_a_disabled_person_is_out_everywhere_at_once(tools):
    await accounts.create_account(tools, somebody())
    opened = await sessions.sign_in(tools, "0931001", PASSWORD, PHONE)
    await accounts.disable_account(tools, "0931001")
    assert await sessions.actor_of(tools, opened.token) is None
    with pytest.raises(SignInRefused):
        await sessions.sign_in(tools, "0931001", PASSWORD, PHONE)
    with pytest.raises(NotFound):
        await accounts.disable_account(tools, "nobody")


async def test_a_lost_phone_of_nobody_is_not_found(tools):
    with pytest.raises(NotFound):
        await accounts.report_phone_lost(tools, "nobody")


async def test_a_new_password_ends_every_session_and_replaces_the_old_one(tools):
    account = await accounts.create_account(tools, somebody())
    opened = await sessions.sign_in(tools, "0931001", PASSWORD, PHONE)
    await accounts.change_password(tools, "0931001", "another-password")
    assert await sessions.actor_of(tools, opened.token) is None
    with pytest.raises(SignInRefused):
        await sessions.sign_in(tools, "0931001", PASSWORD, PHONE)
    again = await sessions.sign_in(tools, "0931001", "another-password", PHONE)
    assert again.actor.account == account
    assert "account.password" in [e.action for e in await audit.events_of("account", account)]


@pytest.mark.parametrize(
    ("name", "password", "refusal"),
    [("nobody", "another-password", NotFound), ("0931001", "short", PasswordRefused)],
)
async def test_a_password_that_cannot_be_changed_stays(tools, name, password, refusal):
    await accounts.create_account(tools, somebody())
    with pytest.raises(refusal):
        await accounts.change_password(tools, name, password)
    await sessions.sign_in(tools, "0931001", PASSWORD, PHONE)


async def test_coming_and_going_is_recorded(tools):
    account = await accounts.create_account(tools, somebody())
    opened = await sessions.sign_in(tools, "0931001", PASSWORD, PHONE)
    await accounts.change_language(tools, opened.actor, Language.EN)
    await sessions.sign_out(tools, opened.session)
    of_account = [event.action for event in await audit.events_of("account", account)]
    of_session = [event.action for event in await audit.events_of("session", opened.session.id)]
    assert of_account == ["account.create", "language.choose"]
    assert of_session == ["session.open", "session.close"]
    assert (await audit.verify_chain()).intact


@pytest.mark.parametrize(
    "meanwhile",
    [
        lambda tools: accounts.change_password(tools, "0931001", "another-password"),
        lambda tools: accounts.disable_account(tools, "0931001"),
    ],
)
async def test_who_is_kept_out_while_the_password_is_compared_gets_no_session(
    tools, tmp_path, monkeypatch, meanwhile
):
    await accounts.create_account(tools, somebody())
    dearer = some_tools(tmp_path, tools.now, memory_kib=16)
    overtake_once(monkeypatch, dearer, lambda: meanwhile(tools))
    with pytest.raises(SignInRefused):
        await sessions.sign_in(dearer, "0931001", PASSWORD, PHONE)
    assert await Session.count() == 0
    with pytest.raises(SignInRefused):
        await sessions.sign_in(dearer, "0931001", PASSWORD, PHONE)
    dearer.passwords.close()


async def test_two_who_sign_in_at_once_while_hashes_grow_dearer_both_come_in(
    tools, tmp_path, monkeypatch
):
    await accounts.create_account(tools, somebody())
    dearer = some_tools(tmp_path, tools.now, memory_kib=16)
    overtake_once(monkeypatch, dearer, lambda: sessions.sign_in(dearer, "0931001", PASSWORD, PHONE))
    opened = await sessions.sign_in(dearer, "0931001", PASSWORD, PHONE)
    assert await sessions.actor_of(dearer, opened.token) is not None
    assert await Session.count() == 2
    dearer.passwords.close()


def overtake_once(monkeypatch, tools, meanwhile):
    """Have something happen right after a password was compared for the first time."""
    verify = tools.passwords.verify

    async def overtaken(stored, password):
        verdict = await verify(stored, password)
        monkeypatch.setattr(tools.passwords, "verify", verify)
        await meanwhile()
        return verdict

    monkeypatch.setattr(tools.passwords, "verify", overtaken)


async def test_a_cheap_hash_is_replaced_at_the_next_sign_in(tools, tmp_path):
    await accounts.create_account(tools, somebody())
    (before,) = await Account.select(Account.password_hash)
    dearer = some_tools(tmp_path, tools.now, memory_kib=64)
    await sessions.sign_in(dearer, "0931001", PASSWORD, PHONE)
    (after,) = await Account.select(Account.password_hash)
    assert before != after
    assert (await dearer.passwords.verify(after["password_hash"], PASSWORD)).fits
    dearer.passwords.close()


async def test_sessions_ended_long_ago_are_forgotten(tools, clock):
    await accounts.create_account(tools, somebody())
    await sessions.sign_in(tools, "0931001", PASSWORD, PHONE)
    clock.go_on(days=61)
    await sessions.sign_in(tools, "0931001", PASSWORD, PHONE)
    assert await Session.count() == 1


async def test_guesses_at_the_same_moment_do_not_slip_past_the_limit(tools):
    await accounts.create_account(tools, somebody())
    outcomes = await asyncio.gather(
        *(sessions.sign_in(tools, "0931001", "wrong", PHONE) for _ in range(40)),
        return_exceptions=True,
    )
    compared = [each for each in outcomes if isinstance(each, SignInRefused)]
    refused = [each for each in outcomes if isinstance(each, SignInTooOften)]
    assert (len(compared), len(refused)) == (sign_in_limits.PER_NAME.capacity, 30)


async def test_a_day_of_guessing_gets_ten_an_hour(tools, clock):
    await accounts.create_account(tools, somebody())
    compared = 0
    for n in range(24 * 20):
        elsewhere = Device(address=f"198.51.100.{n % 200}")
        try:
            await sessions.sign_in(tools, "0931001", "wrong", elsewhere)
        except SignInRefused:
            compared += 1
        except SignInTooOften:
            pass
        clock.go_on(minutes=3)
    assert compared <= 24 * 10 + sign_in_limits.PER_NAME.capacity
