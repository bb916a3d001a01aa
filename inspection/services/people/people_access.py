"""Letting people in and keeping them out: what an administrator does from one person's page."""

from collections.abc import Mapping

from inspection.domain.access import AccountId, Action, Actor
from inspection.domain.people.person import PersonState
from inspection.domain.refusals import AccountOwn, NotFound
from inspection.persistence.engine import tx
from inspection.persistence.people import accounts, devices, people, second_steps, sessions
from inspection.services.changes import record
from inspection.services.people.api_token_ends import end_tokens
from inspection.services.people.invitation_ends import end_invitations, end_invitations_both_ways
from inspection.services.people.people_reach import check_not_last, locked
from inspection.services.people.proofs import check_proved
from inspection.services.reach import check_granted
from inspection.services.tools import Tools


async def disable_person(tools: Tools, by: Actor, account: str) -> None:
    """Keep a person out from now on: their sessions and tokens end and so do invitations to them
    and from them, their phones erase what they hold. Raises AccountOwn, LastAdministrator and
    NotFound.
    """
    check_granted(by, Action.ACCOUNT_EDIT)
    async with tx():
        person = await locked(by, account)
        if person.id == by.account:
            raise AccountOwn
        if person.state is PersonState.DISABLED:
            return
        await check_not_last(person)
        await accounts.disable_account(person.id, tools.now())
        await sessions.revoke_sessions_of(person.id, tools.now())
        ended = await end_invitations_both_ways(tools, person.id)
        ended |= await end_tokens(tools, person.id)
        changed = {"state": [person.state.value, PersonState.DISABLED.value]}
        await _record(tools, by, "account.disable", person.id, {"changes": changed, **ended})


async def enable_person(tools: Tools, by: Actor, account: str) -> None:
    """Let a person in again, with the password they had. Raises AccountOwn and NotFound."""
    check_granted(by, Action.ACCOUNT_EDIT)
    async with tx():
        person = await locked(by, account)
        if person.id == by.account:
            raise AccountOwn
        if person.state is not PersonState.DISABLED:
            return
        await people.enable_account(person.id)
        after = await locked(by, account)
        body = {"changes": {"state": [person.state.value, after.state.value]}}
        await _record(tools, by, "account.enable", person.id, body)


async def lose_phones(tools: Tools, by: Actor, account: str) -> None:
    """End all sessions and invitations of a person; their phones erase what they hold as soon as
    they are online. Raises NotFound.
    """
    check_granted(by, Action.ACCOUNT_EDIT)
    async with tx():
        person = await locked(by, account)
        await sessions.note_phones_lost(person.id, tools.now())
        ended = await end_invitations(tools, person.id)
        await _record(tools, by, "account.phone_lost", person.id, ended)


async def end_sessions(tools: Tools, by: Actor, account: str, session: str) -> None:
    """End one session of a person, or all of them when none is named. Raises NotFound."""
    check_granted(by, Action.ACCOUNT_EDIT)
    async with tx():
        person = await locked(by, account)
        if not session:
            await sessions.revoke_sessions_of(person.id, tools.now())
        elif not await devices.revoke_device(person.id, session, tools.now()):
            raise NotFound(noun="session")
        body = {"session": session or "all"}
        await _record(tools, by, "account.end_sessions", person.id, body)


async def reset_second_step(tools: Tools, by: Actor, account: str) -> None:
    """Take a person's second step away, for who lost phone and recovery codes; all their sessions
    end. Raises AccountOwn (switching off one's own takes the password), ProofNeeded and NotFound.
    """
    check_granted(by, Action.ACCOUNT_EDIT)
    await check_proved(tools, by)
    async with tx():
        person = await locked(by, account)
        if person.id == by.account:
            raise AccountOwn
        if await second_steps.find_second_step(person.id) is None:
            return
        await second_steps.drop_second_step(person.id)
        await sessions.revoke_sessions_of(person.id, tools.now())
        body = {"changes": {"second_step": ["on", "off"]}}
        await _record(tools, by, "second_step.reset", person.id, body)


async def _record(
    tools: Tools, by: Actor, action: str, account: AccountId, body: Mapping[str, object]
) -> None:
    await record(tools, by, action, ("account", account), body)
