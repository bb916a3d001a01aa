"""Who they are, proved anew: what a session left open must not be enough for."""

from inspection.domain.access import Action, Actor
from inspection.domain.people.account import is_proved
from inspection.domain.refusals import PasswordWrong
from inspection.domain.refusals.accounts import ProofNeeded
from inspection.persistence.engine import tx
from inspection.persistence.people import accounts, second_steps, sessions
from inspection.persistence.people.accounts import AccountRow
from inspection.persistence.people.sessions import SessionRow
from inspection.services.changes import record
from inspection.services.people import sign_in_limits
from inspection.services.people.sign_in_steps import take_code
from inspection.services.reach import check_granted
from inspection.services.tools import Tools


async def check_proved(tools: Tools, by: Actor) -> None:
    """Raises ProofNeeded when the caller gave neither password nor code within five minutes."""
    if not is_proved(by.proved_at, tools.now()):
        raise ProofNeeded(by_code=await second_steps.is_on(by.account))


async def prove(tools: Tools, by: Actor, session: SessionRow, given: str) -> None:
    """Prove anew who the caller is: by a code where they have a second step, else by their
    password. Raises CodeRefused or PasswordWrong, and SignInTooOften before anything is compared.
    """
    check_granted(by, Action.SELF_EDIT)
    if await second_steps.is_on(by.account):
        await _prove_by_code(tools, by, session, given)
        return
    await check_password(tools, by, session, given)
    async with tx():
        await _note(tools, by, session)


async def check_password(
    tools: Tools, actor: Actor, session: SessionRow, password: str
) -> AccountRow:
    """The caller's row, when the password is theirs: a session left open is not enough for what
    lasts. Raises PasswordWrong, and SignInTooOften before anything is compared.
    """
    attempt = sign_in_limits.own_attempt("password", actor.account, session.id)
    await sign_in_limits.begin(attempt, tools.now())
    found = await accounts.get_account(actor.account)
    verdict = await tools.passwords.verify(found.password_hash, password)
    if not verdict.fits:
        raise PasswordWrong
    async with tx():
        await sign_in_limits.succeed(attempt, tools.now())
    return found


async def _prove_by_code(tools: Tools, by: Actor, session: SessionRow, code: str) -> None:
    attempt = sign_in_limits.own_attempt("code", by.account, session.id)
    await sign_in_limits.begin(attempt, tools.now())
    async with tx():
        await take_code(tools, await accounts.lock_account(by.account), code)
        await sign_in_limits.succeed(attempt, tools.now())
        await _note(tools, by, session)


async def _note(tools: Tools, by: Actor, session: SessionRow) -> None:
    await sessions.note_proof(session.id, tools.now())
    await record(tools, by, "session.prove", ("session", session.id), {})
