"""Invitations: how somebody comes to a password that nobody else ever knew."""

from datetime import datetime

import msgspec

from inspection.domain.access import Action, Actor
from inspection.domain.people.account import checked_password
from inspection.domain.people.person import PersonState, invitation_life
from inspection.domain.refusals import (
    AccountDisabled,
    AccountOwn,
    InvitationExpired,
    InvitationRevoked,
    InvitationUsed,
    NotFound,
    PasswordsDiffer,
)
from inspection.persistence.audit import audit
from inspection.persistence.engine import tx
from inspection.persistence.people import accounts, invitations, second_steps, sessions
from inspection.persistence.people.invitations import InvitationRow
from inspection.services.changes import record
from inspection.services.overtaking import Overtaken, look_again
from inspection.services.people import sign_in_steps
from inspection.services.people.invitation_tellings import tell_invited, tell_used
from inspection.services.people.people_reach import locked
from inspection.services.people.proofs import check_proved
from inspection.services.people.session_opening import Device, Opened, open_session, token_hash
from inspection.services.reach import check_granted
from inspection.services.tools import Tools
from inspection.wording import Language


class Invited(msgspec.Struct, frozen=True, kw_only=True):
    """An invitation to hand over. The token is said here once and never again."""

    token: str
    name: str
    sign_in: str
    expires_at: datetime


class Chosen(msgspec.Struct, frozen=True, kw_only=True):
    """What the invited person chooses."""

    password: str
    password_again: str
    language: Language


async def invite(tools: Tools, by: Actor, account: str) -> Invited:
    """Issue an invitation; earlier ones hold no more. To somebody who has a password it is the way
    to another one. Raises AccountDisabled, NotFound, ProofNeeded, and AccountOwn: one's own
    password is changed by who knows it.
    """
    check_granted(by, Action.ACCOUNT_EDIT)
    await check_proved(tools, by)
    token, now = tools.new_token(), tools.now()
    async with tx():
        person = await locked(by, account)
        if person.id == by.account:
            raise AccountOwn
        if person.state is PersonState.DISABLED:
            raise AccountDisabled
        expires_at = now + invitation_life(person.role)
        await invitations.revoke_invitations_of(person.id, now)
        await invitations.add_invitation(
            id=tools.new_id(),
            token_hash=token_hash(token),
            account=person.id,
            invited_by=by.account,
            created_at=now,
            expires_at=expires_at,
        )
        if person.state is PersonState.ACTIVE:
            await tell_invited(tools, by, person.id, expires_at)
        body = {"expires_at": expires_at}
        await record(tools, by, "account.invite", ("account", person.id), body)
    return Invited(token=token, name=person.name, sign_in=person.sign_in, expires_at=expires_at)


async def withdraw(tools: Tools, by: Actor, account: str) -> None:
    """End a person's invitation that nobody took up, if there is one. Raises NotFound."""
    check_granted(by, Action.ACCOUNT_EDIT)
    async with tx():
        person = await locked(by, account)
        if not await invitations.revoke_invitations_of(person.id, tools.now()):
            return
        await record(tools, by, "account.withdraw_invitation", ("account", person.id), {})


async def invitation_of(tools: Tools, token: str) -> InvitationRow:
    """The invitation of a token while it holds. Raises InvitationUsed, InvitationRevoked,
    InvitationExpired, or NotFound for one nobody issued.
    """
    found = await invitations.find_invitation(token_hash(token))
    if found is None:
        raise NotFound(noun="invitation")
    _check_holds(found, tools.now())
    return found


async def take_up(tools: Tools, token: str, chosen: Chosen, device: Device) -> Opened | str:
    """Set the password and sign in; every other session of the person ends. Of several who do so
    at once one wins. With a second step it is the token its code is awaited under. Raises the same
    as invitation_of, PasswordsDiffer, PasswordRefused and PasswordCommon.
    """
    found = await invitation_of(tools, token)
    if chosen.password != chosen.password_again:
        raise PasswordsDiffer
    password_hash = await tools.passwords.hash(checked_password(chosen.password, found.sign_in))

    async def decide() -> Opened | str:
        await invitation_of(tools, token)
        return await _take_up(tools, found, password_hash, chosen.language, device)

    return await look_again(decide)


async def _take_up(
    tools: Tools, found: InvitationRow, password_hash: str, language: Language, device: Device
) -> Opened | str:
    async with tx():
        before = await accounts.lock_account(found.account)
        if before.disabled_at is not None:
            raise InvitationRevoked
        if not await invitations.use_invitation(found.id, tools.now(), device.said):
            raise Overtaken
        account = msgspec.structs.replace(
            before, password_hash=password_hash, language=language.value
        )
        await accounts.keep_password_hash(account.id, password_hash)
        await accounts.keep_language(account.id, account.language)
        await sessions.revoke_sessions_of(account.id, tools.now())
        first = not before.password_hash
        await tell_used(tools, found)
        await _record_taken(account.id, first=first, at=tools.now())
        if await second_steps.is_on(account.id):
            return await sign_in_steps.begin_step(tools, account)
        return await open_session(tools, account, device)


def _check_holds(found: InvitationRow, now: datetime) -> None:
    if found.used_at is not None:
        raise InvitationUsed
    if found.revoked_at is not None:
        raise InvitationRevoked
    if found.expires_at <= now:
        raise InvitationExpired


async def _record_taken(account: str, *, first: bool, at: datetime) -> None:
    old = PersonState.INVITED.value if first else PersonState.ACTIVE.value
    body = {"changes": {"state": [old, PersonState.ACTIVE.value]}} if first else {}
    await audit.append(
        at=at,
        actor=account,
        action="account.join" if first else "account.password",
        noun="account",
        noun_id=account,
        body=body,
    )
