"""One's own second step: begin it, switch it on with a code, new recovery codes, switch it off."""

from datetime import datetime

import msgspec

from inspection.domain.access import Action, Actor
from inspection.domain.people.person import BEGUN_LIFE, SECOND_STEP_ROLES
from inspection.domain.refusals import (
    CodeRefused,
    SecondStepCompulsory,
    SecondStepOff,
    SecondStepOn,
)
from inspection.persistence.engine import tx
from inspection.persistence.people import accounts, devices, second_steps
from inspection.persistence.people.second_steps import SecondStepRow
from inspection.persistence.people.sessions import SessionRow
from inspection.services.changes import record
from inspection.services.people import sign_in_limits
from inspection.services.people.one_time_codes import (
    enrolment_uri,
    new_recovery_codes,
    new_secret,
    period_of,
    recovery_hash,
)
from inspection.services.people.proofs import check_password
from inspection.services.people.sign_in_steps import take_code
from inspection.services.reach import check_granted
from inspection.services.tools import Tools


class SecondStepState(msgspec.Struct, frozen=True, kw_only=True):
    """Where somebody's second step stands. `secret` and `uri` are there while it is begun only."""

    on: bool = False
    recovery_codes: int = 0
    secret: str = ""
    uri: str = ""


def is_needed(actor: Actor, *, required: bool) -> bool:
    """Whether the operator wants a second step of this person."""
    return required and actor.role in SECOND_STEP_ROLES


async def is_on(actor: Actor) -> bool:
    """Whether the caller signs in with a second step."""
    return await second_steps.is_on(actor.account)


async def is_missing(actor: Actor, *, required: bool) -> bool:
    """Whether it is wanted and not there yet."""
    return is_needed(actor, required=required) and not await second_steps.is_on(actor.account)


async def own_second_step(tools: Tools, actor: Actor) -> SecondStepState:
    """Where the caller's second step stands."""
    check_granted(actor, Action.SELF_READ)
    found = await second_steps.find_second_step(actor.account)
    if found is not None and found.confirmed_at is not None:
        left = await second_steps.count_recovery_codes(actor.account)
        return SecondStepState(on=True, recovery_codes=left)
    if found is None or _is_over(found, tools.now()):
        return SecondStepState()
    secret = tools.seal_key.opened(found.sealed, actor.account)
    account = await accounts.get_account(actor.account)
    return SecondStepState(secret=secret, uri=enrolment_uri(secret, account.sign_in))


async def begin(tools: Tools, actor: Actor, session: SessionRow, password: str) -> None:
    """Make a new secret; it counts once a code of it was given, within ten minutes. Raises
    PasswordWrong and SecondStepOn.
    """
    check_granted(actor, Action.SELF_EDIT)
    # Whoever finds a session open could make it their own for good.
    await check_password(tools, actor, session, password)
    sealed = tools.seal_key.seal(new_secret(tools), actor.account)
    async with tx():
        found = await second_steps.lock_second_step(actor.account)
        if found is not None and found.confirmed_at is not None:
            raise SecondStepOn
        await second_steps.begin_second_step(tools.new_id(), actor.account, sealed, tools.now())
        await record(tools, actor, "second_step.begin", ("account", actor.account), {})


async def confirm(tools: Tools, actor: Actor, session: SessionRow, code: str) -> tuple[str, ...]:
    """Switch it on; every session but the one that asks ends. The recovery codes, said here once
    and never again. Raises SecondStepOff when it was not begun of late, SecondStepOn, and
    CodeRefused.
    """
    check_granted(actor, Action.SELF_EDIT)
    now, recovery = tools.now(), new_recovery_codes(tools)
    async with tx():
        found = await _begun(actor, now)
        secret = tools.seal_key.opened(found.sealed, actor.account)
        period = period_of(secret, code, now, found.last_code)
        if period is None:
            raise CodeRefused
        await second_steps.confirm_second_step(actor.account, now)
        await second_steps.note_code(actor.account, period)
        await _keep_recovery(tools, actor, recovery)
        await devices.revoke_other_devices(actor.account, session.id, now)
        body = {"changes": {"second_step": ["off", "on"]}}
        await record(tools, actor, "second_step.confirm", ("account", actor.account), body)
    return recovery


async def renew_recovery_codes(
    tools: Tools, actor: Actor, session: SessionRow, code: str
) -> tuple[str, ...]:
    """Ten new recovery codes for a one-time code; those before are gone. Raises CodeRefused, and
    SignInTooOften before anything is compared.
    """
    check_granted(actor, Action.SELF_EDIT)
    attempt = sign_in_limits.own_attempt("code", actor.account, session.id)
    await sign_in_limits.begin(attempt, tools.now())
    recovery = new_recovery_codes(tools)
    async with tx():
        await take_code(tools, await accounts.lock_account(actor.account), code)
        await sign_in_limits.succeed(attempt, tools.now())
        await _keep_recovery(tools, actor, recovery)
        await record(tools, actor, "second_step.renew", ("account", actor.account), {})
    return recovery


async def switch_off(
    tools: Tools, actor: Actor, session: SessionRow, password: str, *, required: bool
) -> None:
    """Sign in by the password alone again. Raises SecondStepCompulsory where the operator wants a
    second step, PasswordWrong, and SecondStepOff.
    """
    check_granted(actor, Action.SELF_EDIT)
    if is_needed(actor, required=required):
        raise SecondStepCompulsory
    await check_password(tools, actor, session, password)
    async with tx():
        if await second_steps.lock_second_step(actor.account) is None:
            raise SecondStepOff
        await second_steps.drop_second_step(actor.account)
        body = {"changes": {"second_step": ["on", "off"]}}
        await record(tools, actor, "second_step.end", ("account", actor.account), body)


async def _begun(actor: Actor, now: datetime) -> SecondStepRow:
    found = await second_steps.lock_second_step(actor.account)
    if found is not None and found.confirmed_at is not None:
        raise SecondStepOn
    if found is None or _is_over(found, now):
        raise SecondStepOff
    return found


def _is_over(begun: SecondStepRow, now: datetime) -> bool:
    return begun.created_at + BEGUN_LIFE <= now


async def _keep_recovery(tools: Tools, actor: Actor, codes: tuple[str, ...]) -> None:
    kept = [(tools.new_id(), recovery_hash(actor.account, code)) for code in codes]
    await second_steps.replace_recovery_codes(actor.account, kept)
