"""What ends an invitation before its time: no link outlives what it was issued on."""

import json
from datetime import timedelta

import pytest

from inspection.domain.access import Role
from inspection.domain.refusals import AccountOwn, InvitationRevoked
from inspection.domain.version import version_of as region_version
from inspection.persistence.audit import audit
from inspection.persistence.org import kept_regions
from inspection.persistence.people.accounts import get_actor
from inspection.services.org.region_editing import move_region
from inspection.services.people import (
    accounts,
    invitations,
    own_account,
    people,
    people_access,
    people_pages,
    sessions,
)
from inspection.services.people.invitations import Chosen
from inspection.services.people.people import PersonGiven
from inspection.services.people.sessions import Device
from inspection.wording import Language
from tests.cast import CHENGGUAN, GUO, LANZHOU, LI, PASSWORD, PROVINCE, TIANSHUI, WANG, Person
from tests.importing import written
from tests.makers import an_account
from tests.services.imports.person_rows import HEAD, PERSON, row

PHONE = Device(address="203.0.113.7")
NEW = "a password of my own"
CHOSEN = Chosen(password=NEW, password_again=NEW, language=Language.ZH)
SECOND = Person(sign_in="xu", name="许静", role=Role.ADMINISTRATOR, region=PROVINCE)
COUNTY = Person(sign_in="tang", name="唐敏", role=Role.REGIONAL_MANAGER, region=CHENGGUAN)


async def promote(tools):
    await edit(tools, WANG.account, role=Role.ADMINISTRATOR, region=PROVINCE)


async def edit(tools, account, **changes):
    found = (await people_pages.person_detail(tools, GUO.actor, account, "")).person
    kept = {name: getattr(found, name) for name in ("name", "role", "region", "store", "pseudonym")}
    given = PersonGiven(**kept | changes)
    await people.edit_person(tools, GUO.actor, account, given, people.version_of(found))


async def move_by_import(tools):
    moved = row(WANG.sign_in, WANG.name, "区域经理", region=TIANSHUI)
    await written(tools, moved, noun=PERSON, head=HEAD)


async def change_own(tools):
    opened = await sessions.sign_in(tools, WANG.sign_in, PASSWORD, PHONE)
    await own_account.change_own_password(tools, WANG.actor, opened.session, PASSWORD, CHOSEN)


@pytest.mark.parametrize(
    "happened",
    [
        promote,
        move_by_import,
        change_own,
        lambda tools: accounts.change_password(tools, WANG.sign_in, NEW),
        lambda tools: accounts.report_phone_lost(tools, WANG.sign_in),
        lambda tools: people_access.lose_phones(tools, GUO.actor, WANG.account),
    ],
)
async def test_what_an_account_went_through_ends_its_invitations(province, happened):
    issued = await invitations.invite(province, GUO.actor, WANG.account)
    await happened(province)
    with pytest.raises(InvitationRevoked):
        await invitations.take_up(province, issued.token, CHOSEN, PHONE)


async def test_a_new_name_leaves_the_invitation_open(province):
    issued = await invitations.invite(province, GUO.actor, WANG.account)
    await edit(province, WANG.account, name="王强")
    await invitations.take_up(province, issued.token, CHOSEN, PHONE)


async def test_a_county_that_moves_ends_the_invitations_of_its_people(province):
    await an_account(province, COUNTY)
    into = await invitations.invite(province, GUO.actor, COUNTY.account)
    beside = await invitations.invite(province, GUO.actor, WANG.account)
    seen = region_version(await kept_regions.find_kept(CHENGGUAN))
    await move_region(province, GUO.actor, CHENGGUAN, TIANSHUI, seen)
    with pytest.raises(InvitationRevoked):
        await invitations.take_up(province, into.token, CHOSEN, PHONE)
    await invitations.take_up(province, beside.token, CHOSEN, PHONE)


@pytest.mark.parametrize(
    "happened",
    [
        lambda tools: people_access.disable_person(tools, GUO.actor, SECOND.account),
        lambda tools: accounts.disable_account(tools, SECOND.sign_in),
        lambda tools: edit(tools, SECOND.account, region=LANZHOU),
        lambda tools: edit(tools, SECOND.account, role=Role.REVIEWER),
    ],
)
async def test_who_is_kept_out_lets_nobody_in_any_more(province, clock, happened):
    await an_account(province, SECOND)
    by = await get_actor(SECOND.account)
    theirs = await invitations.invite(province, by, WANG.account)
    other = await invitations.invite(province, GUO.actor, LI.account)
    clock.go_on(seconds=timedelta(minutes=1).total_seconds())
    await happened(province)
    with pytest.raises(InvitationRevoked):
        await invitations.take_up(province, theirs.token, CHOSEN, PHONE)
    await invitations.take_up(province, other.token, CHOSEN, PHONE)
    event = (await audit.events_of("account", SECOND.account))[-1]
    assert json.loads(event.body)["invitations_ended"] == 1


@pytest.mark.parametrize("change", [invitations.invite, people_access.reset_second_step])
async def test_nobody_goes_round_their_own_password_or_second_step(province, change):
    before = (await audit.head_of_chain()).seq
    with pytest.raises(AccountOwn):
        await change(province, GUO.actor, GUO.account)
    assert (await audit.head_of_chain()).seq == before
