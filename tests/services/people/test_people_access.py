"""Keeping people out and letting them in again."""

import asyncio
import json

import pytest

from inspection.domain.access import Role
from inspection.domain.refusals import AccountOwn, NotAllowed, NotFound, NotSignedIn, SignInRefused
from inspection.persistence.audit import audit
from inspection.persistence.people.accounts import get_actor
from inspection.persistence.statements import run
from inspection.services.people import invitations, people, people_access, people_pages, sessions
from inspection.services.people.people import PersonGiven
from inspection.services.people.sessions import Device
from inspection.wording import Language
from tests.cast import GUO, LI, PASSWORD, PROVINCE, SUN, WANG, ZHAO, Person
from tests.makers import an_account
from tests.services.people.kept_people import PHONE, actions_of

SECOND = Person(sign_in="xu", name="许静", role=Role.ADMINISTRATOR, region=PROVINCE)


async def test_a_disabled_person_is_out_at_once_and_comes_back_with_their_password(province):
    opened = await sessions.sign_in(province, WANG.sign_in, PASSWORD, PHONE)
    await people_access.disable_person(province, GUO.actor, WANG.account)
    assert await sessions.actor_of(province, opened.token) is None
    assert await sessions.is_revoked(opened.token)
    await people_access.disable_person(province, GUO.actor, WANG.account)
    with pytest.raises(SignInRefused):
        await sessions.sign_in(province, WANG.sign_in, PASSWORD, PHONE)
    await people_access.enable_person(province, GUO.actor, WANG.account)
    await people_access.enable_person(province, GUO.actor, WANG.account)
    assert await sessions.actor_of(province, opened.token) is None
    await sessions.sign_in(province, WANG.sign_in, PASSWORD, PHONE)
    events = await audit.events_of("account", WANG.account)
    assert [(event.action, json.loads(event.body)) for event in events] == [
        ("account.disable", {"changes": {"state": ["active", "disabled"]}}),
        ("account.enable", {"changes": {"state": ["disabled", "active"]}}),
    ]


async def test_nobody_shuts_themselves_or_the_last_administrator_out(province):
    with pytest.raises(AccountOwn):
        await people_access.disable_person(province, GUO.actor, GUO.account)
    await an_account(province, SECOND)
    await people_access.disable_person(province, GUO.actor, SECOND.account)
    # Whoever was disabled and still has a request under way takes nobody with them.
    with pytest.raises(NotSignedIn):
        await people_access.disable_person(province, SECOND.actor, GUO.account)


async def test_two_administrators_who_disable_each_other_leave_one(province):
    await an_account(province, SECOND)
    outcomes = await asyncio.gather(
        people_access.disable_person(province, GUO.actor, SECOND.account),
        people_access.disable_person(province, SECOND.actor, GUO.account),
        return_exceptions=True,
    )
    assert [type(each) for each in outcomes if each] == [NotSignedIn]


async def test_a_lost_phone_is_told_to_erase(province):
    opened = await sessions.sign_in(province, LI.sign_in, PASSWORD, PHONE)
    await people_access.lose_phones(province, GUO.actor, LI.account)
    assert await sessions.is_revoked(opened.token)
    assert await actions_of(LI.account) == ["account.phone_lost"]


async def test_an_administrator_sees_devices_and_signs_them_out(province, clock):
    first = await sessions.sign_in(province, LI.sign_in, PASSWORD, PHONE)
    clock.go_on(minutes=5)
    second = await sessions.sign_in(province, LI.sign_in, PASSWORD, Device(address="198.51.100.1"))
    found = await people_pages.person_detail(province, GUO.actor, LI.account, "")
    latest, earlier = found.devices
    assert (earlier.words.system, earlier.signed_in_at < latest.signed_in_at) == ("iPhone", True)
    await people_access.end_sessions(province, GUO.actor, LI.account, earlier.session)
    assert await sessions.actor_of(province, first.token) is None
    assert await sessions.actor_of(province, second.token) is not None
    with pytest.raises(NotFound):
        await people_access.end_sessions(province, GUO.actor, LI.account, earlier.session)
    with pytest.raises(NotFound):
        await people_access.end_sessions(province, GUO.actor, WANG.account, latest.session)
    await people_access.end_sessions(province, GUO.actor, LI.account, "")
    assert await sessions.actor_of(province, second.token) is None
    assert not await sessions.is_revoked(second.token)


@pytest.mark.parametrize(
    "change",
    [
        people_access.disable_person,
        people_access.enable_person,
        people_access.lose_phones,
        people_access.reset_second_step,
        invitations.invite,
        lambda tools, by, account: people_access.end_sessions(tools, by, account, ""),
        lambda tools, by, account: people.keep_units(tools, by, account, (), ""),
    ],
)
async def test_nothing_is_done_to_people_elsewhere_or_by_others(province, change):
    branch = Person(sign_in="he", name="何平", role=Role.ADMINISTRATOR, region="620100")
    await an_account(province, branch)
    before = (await audit.head_of_chain()).seq
    for account in (ZHAO.account, LI.account, GUO.account, "nobody"):
        with pytest.raises(NotFound):
            await change(province, await get_actor(branch.account), account)
    with pytest.raises(NotAllowed):
        await change(province, SUN.actor, WANG.account)
    assert (await audit.head_of_chain()).seq == before


async def test_nobody_lets_themselves_in_again(province):
    with pytest.raises(AccountOwn):
        await people_access.enable_person(province, GUO.actor, GUO.account)


@pytest.mark.parametrize(
    "since",
    ["disabled_at = created_at", "role = 'reviewer'", "region_path = '/620000/620100/'"],
)
async def test_who_was_an_administrator_when_they_asked_and_is_none_now_changes_nobody(
    province, since
):
    await an_account(province, SECOND)
    await run(f"UPDATE account SET {since} WHERE id = ?", SECOND.account)
    person = PersonGiven(name="马小兰", role=Role.INSPECTOR)
    for late in (
        people_access.enable_person(province, SECOND.actor, SECOND.account),
        people_access.disable_person(province, SECOND.actor, LI.account),
        people.add_person(province, SECOND.actor, "0931001", person, Language.ZH),
        invitations.invite(province, SECOND.actor, LI.account),
    ):
        with pytest.raises(NotSignedIn):
            await late
    assert await run("SELECT id FROM account WHERE sign_in = ?", "0931001") == []
    assert await actions_of(SECOND.account) == []
