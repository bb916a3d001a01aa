"""Invitations: good once, for a while, and the way to a password nobody else knows."""

import asyncio
import json
from datetime import timedelta

import pytest

from inspection.domain.access import Role
from inspection.domain.people.device import DeviceWords
from inspection.domain.people.person import PersonState
from inspection.domain.refusals import (
    AccountDisabled,
    InvitationExpired,
    InvitationRevoked,
    InvitationUsed,
    NotFound,
    PasswordRefused,
    PasswordsDiffer,
    SignInRefused,
)
from inspection.persistence.audit import audit
from inspection.persistence.statements import run
from inspection.persistence.tables import Invitation, Session
from inspection.services.people import (
    accounts,
    invitations,
    people,
    people_access,
    people_pages,
    sessions,
)
from inspection.services.people.invitations import Chosen
from inspection.services.people.people import PersonGiven
from inspection.services.people.sessions import Device
from inspection.wording import Language
from tests.cast import CHEN, GUO, LI, PASSWORD, SUN, WANG
from tests.services.people.kept_people import PHONE, actions_of

NEW = "a password of my own"
CHOSEN = Chosen(password=NEW, password_again=NEW, language=Language.EN)


@pytest.fixture
async def joined(province):
    """Somebody new who was invited: the account and the invitation."""
    person = PersonGiven(name="马小兰", role=Role.INSPECTOR)
    account = await people.add_person(province, GUO.actor, "0931001", person, Language.ZH)
    return account, await invitations.invite(province, GUO.actor, account)


async def state_of(tools, account):
    return (await people_pages.person_detail(tools, GUO.actor, account, "")).person.state


async def test_an_invitation_leads_to_a_password_of_ones_own_and_in(province, joined):
    account, issued = joined
    found = await invitations.invitation_of(province, issued.token)
    assert (found.inviter, found.name, found.sign_in) == (GUO.name, "马小兰", "0931001")
    opened = await invitations.take_up(province, issued.token, CHOSEN, PHONE)
    assert opened.actor.account == account
    assert opened.actor.language == "en"
    assert await sessions.actor_of(province, opened.token) is not None
    assert await state_of(province, account) is PersonState.ACTIVE
    again = await sessions.sign_in(province, "0931001", NEW, PHONE)
    assert again.actor.account == account
    assert await actions_of(account) == ["account.create", "account.invite", "account.join"]
    assert (await audit.verify_chain()).intact


async def test_no_token_and_no_password_is_kept_or_written_down(province, joined):
    _, issued = joined
    await invitations.take_up(province, issued.token, CHOSEN, PHONE)
    for table in ("account", "invitation", "audit_event", "session"):
        said = json.dumps(await run(f"SELECT * FROM {table}"), default=str)
        assert issued.token not in said
        assert NEW not in said


async def test_an_invitation_is_good_once(province, joined):
    _, issued = joined
    await invitations.take_up(province, issued.token, CHOSEN, PHONE)
    for asked in (
        invitations.invitation_of(province, issued.token),
        invitations.take_up(province, issued.token, CHOSEN, PHONE),
    ):
        with pytest.raises(InvitationUsed):
            await asked


async def test_whoever_issued_it_is_told_that_it_was_used_and_sees_on_what(province, joined):
    account, issued = joined
    phone = Device(address="203.0.113.7", user_agent="Mozilla/5.0 (Linux; Android 14) Chrome/130")
    await invitations.take_up(province, issued.token, CHOSEN, phone)
    told = await run("SELECT account, kind, noun, noun_id FROM inbox_message")
    assert [tuple(row.values()) for row in told] == [
        (GUO.account, "account.entered", "person", account)
    ]
    found = await people_pages.person_detail(province, GUO.actor, account, "")
    assert found.used_on == DeviceWords("Chrome", "Android")
    assert found.invitation is not None
    assert found.invitation.used_at


async def test_an_invitation_of_the_operator_tells_nobody(province, joined):
    _, issued = joined
    await run("UPDATE invitation SET invited_by = NULL")
    await invitations.take_up(province, issued.token, CHOSEN, PHONE)
    assert await run("SELECT id FROM inbox_message") == []


async def test_who_has_a_password_is_told_that_another_can_be_set(province):
    await invitations.invite(province, GUO.actor, WANG.account)
    (told,) = await run("SELECT account, kind FROM inbox_message")
    assert (told["account"], told["kind"]) == (WANG.account, "account.invited")


async def test_a_withdrawn_invitation_is_good_no_more(province, joined):
    account, issued = joined
    await invitations.withdraw(province, GUO.actor, account)
    with pytest.raises(InvitationRevoked):
        await invitations.take_up(province, issued.token, CHOSEN, PHONE)
    await invitations.withdraw(province, GUO.actor, account)
    expected = ["account.create", "account.invite", "account.withdraw_invitation"]
    assert await actions_of(account) == expected


async def test_of_two_who_take_it_up_at_once_one_wins(province, joined):
    account, issued = joined
    outcomes = await asyncio.gather(
        *(invitations.take_up(province, issued.token, CHOSEN, PHONE) for _ in range(5)),
        return_exceptions=True,
    )
    lost = [each for each in outcomes if isinstance(each, InvitationUsed)]
    assert len(lost) == 4
    assert await Session.count().where(Session.account == account) == 1


@pytest.mark.parametrize(
    ("person", "life"), [(LI, timedelta(minutes=10)), (CHEN, timedelta(minutes=10)),
                         (WANG, timedelta(hours=24)), (SUN, timedelta(hours=24))],
)  # fmt: skip
async def test_an_invitation_ends_by_itself(province, clock, person, life):
    issued = await invitations.invite(province, GUO.actor, person.account)
    assert issued.expires_at == clock() + life
    clock.go_on(seconds=life.total_seconds() - 1)
    await invitations.invitation_of(province, issued.token)
    clock.go_on(seconds=1)
    for asked in (
        invitations.invitation_of(province, issued.token),
        invitations.take_up(province, issued.token, CHOSEN, PHONE),
    ):
        with pytest.raises(InvitationExpired):
            await asked


async def test_a_new_invitation_takes_the_place_of_the_one_before(province, joined):
    account, first = joined
    second = await invitations.invite(province, GUO.actor, account)
    with pytest.raises(InvitationRevoked):
        await invitations.invitation_of(province, first.token)
    await invitations.take_up(province, second.token, CHOSEN, PHONE)
    assert await Invitation.count() == 2


async def test_a_token_nobody_issued_is_no_invitation(province):
    with pytest.raises(NotFound):
        await invitations.invitation_of(province, "0" * 64)


@pytest.mark.parametrize(
    ("chosen", "refusal"),
    [
        (Chosen(password=NEW, password_again="other", language=Language.ZH), PasswordsDiffer),
        (Chosen(password="short", password_again="short", language=Language.ZH), PasswordRefused),
    ],
)
async def test_a_refused_password_leaves_the_invitation_open(province, joined, chosen, refusal):
    _, issued = joined
    with pytest.raises(refusal):
        await invitations.take_up(province, issued.token, chosen, PHONE)
    await invitations.take_up(province, issued.token, CHOSEN, PHONE)


async def test_to_somebody_with_a_password_it_is_the_way_to_another(province):
    opened = await sessions.sign_in(province, LI.sign_in, PASSWORD, PHONE)
    issued = await invitations.invite(province, GUO.actor, LI.account)
    await invitations.take_up(province, issued.token, CHOSEN, Device(address="198.51.100.1"))
    assert await sessions.actor_of(province, opened.token) is None
    with pytest.raises(SignInRefused):
        await sessions.sign_in(province, LI.sign_in, PASSWORD, PHONE)
    assert (await actions_of(LI.account))[-1] == "account.password"


async def test_who_is_disabled_is_not_invited_and_earlier_invitations_end(province, joined):
    account, issued = joined
    await people_access.disable_person(province, GUO.actor, account)
    with pytest.raises(AccountDisabled):
        await invitations.invite(province, GUO.actor, account)
    await people_access.enable_person(province, GUO.actor, account)
    with pytest.raises(InvitationRevoked):
        await invitations.take_up(province, issued.token, CHOSEN, PHONE)
    assert await state_of(province, account) is PersonState.INVITED


async def test_disabling_by_the_command_line_ends_invitations_too(province, joined):
    _, issued = joined
    await accounts.disable_account(province, "0931001")
    with pytest.raises(InvitationRevoked):
        await invitations.invitation_of(province, issued.token)


async def test_no_invitation_lets_in_who_is_disabled(province, joined):
    account, issued = joined
    await run("UPDATE account SET disabled_at = ? WHERE id = ?", province.now(), account)
    with pytest.raises(InvitationRevoked):
        await invitations.take_up(province, issued.token, CHOSEN, PHONE)
    assert await Session.count() == 0
