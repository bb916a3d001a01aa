"""Between the password and the code: somebody known, to whom nothing is open yet."""

import hashlib
from datetime import datetime, timedelta

from inspection.domain.refusals import CodeRefused, SignInStepEnded
from inspection.persistence.audit import audit
from inspection.persistence.engine import tx
from inspection.persistence.people import accounts, second_steps
from inspection.persistence.people.accounts import AccountRow
from inspection.persistence.people.second_steps import StepRow
from inspection.services.people import sign_in_limits
from inspection.services.people.one_time_codes import period_of, recovery_hash
from inspection.services.people.session_opening import (
    Device,
    Opened,
    known_device,
    open_session,
    token_hash,
)
from inspection.services.tools import Tools

STEP_LIFE = timedelta(minutes=5)


async def begin_step(tools: Tools, account: AccountRow) -> str:
    """Await the code of a person whose row the caller's transaction holds. The token is said here
    once and never again.
    """
    token, now = tools.new_token(), tools.now()
    await second_steps.add_step(
        StepRow(
            token_hash=token_hash(token),
            account=account.id,
            credential=_credential(account),
            created_at=now,
            expires_at=now + STEP_LIFE,
        )
    )
    return token


async def finish_step(tools: Tools, token: str, code: str, device: Device) -> Opened:
    """Open the session the code was missing for. Raises SignInStepEnded when the time is over or
    the account changed, CodeRefused, and SignInTooOften before anything is compared.
    """
    step = await _awaited(token, tools.now())
    known = await known_device(step.account, device)
    attempt = sign_in_limits.own_attempt("code", step.account, known)
    await sign_in_limits.begin(attempt, tools.now())
    async with tx():
        account = await accounts.lock_account(step.account)
        if account.disabled_at is not None or _credential(account) != step.credential:
            raise SignInStepEnded
        await take_code(tools, account, code)
        if not await second_steps.end_step(step.token_hash):
            raise SignInStepEnded
        await sign_in_limits.succeed(attempt, tools.now())
        return await open_session(tools, account, device)


async def take_code(tools: Tools, account: AccountRow, code: str) -> None:
    """Use up a one-time code or a recovery code inside the caller's transaction. Raises
    CodeRefused for one that is wrong or was used.
    """
    found = await second_steps.lock_second_step(account.id)
    if found is None or found.confirmed_at is None:
        raise CodeRefused
    now = tools.now()
    secret = tools.seal_key.opened(found.sealed, account.id)
    period = period_of(secret, code, now, found.last_code)
    if period is not None:
        await second_steps.note_code(account.id, period)
    elif await second_steps.use_recovery_code(account.id, recovery_hash(account.id, code), now):
        await _record_recovery(account, now)
    else:
        raise CodeRefused


async def _awaited(token: str, now: datetime) -> StepRow:
    step = await second_steps.find_step(token_hash(token), now)
    if step is None:
        raise SignInStepEnded
    return step


async def _record_recovery(account: AccountRow, now: datetime) -> None:
    await audit.append(
        at=now,
        actor=account.id,
        action="second_step.recover",
        noun="account",
        noun_id=account.id,
        body={"recovery_codes_left": await second_steps.count_recovery_codes(account.id)},
    )


def _credential(account: AccountRow) -> str:
    """Another password makes another: whoever began with the old one does not go on."""
    return hashlib.sha256(account.password_hash.encode()).hexdigest()
