"""What everybody does with their own account: another password, fewer devices."""

from inspection.domain.access import Action, Actor
from inspection.domain.people.account import checked_password
from inspection.domain.refusals import NotFound, PasswordsDiffer
from inspection.persistence.engine import tx
from inspection.persistence.people import accounts, devices
from inspection.persistence.people.sessions import SessionRow
from inspection.services.changes import record
from inspection.services.overtaking import Overtaken, look_again
from inspection.services.people.invitation_ends import end_invitations
from inspection.services.people.invitations import Chosen
from inspection.services.people.proofs import check_password
from inspection.services.reach import check_granted
from inspection.services.tools import Tools


async def change_own_password(
    tools: Tools, actor: Actor, session: SessionRow, old: str, chosen: Chosen
) -> None:
    """Another password for the caller; every session but the one that asks ends, and so do
    invitations. Raises PasswordsDiffer, PasswordRefused, PasswordCommon, PasswordWrong, and
    SignInTooOften after too many of those.
    """
    check_granted(actor, Action.SELF_EDIT)
    if chosen.password != chosen.password_again:
        raise PasswordsDiffer
    sign_in = (await accounts.get_account(actor.account)).sign_in
    checked_password(chosen.password, sign_in)

    async def decide() -> None:
        found = await check_password(tools, actor, session, old)
        password_hash = await tools.passwords.hash(chosen.password)
        async with tx():
            # Hashing took its time: an administrator may have been faster.
            if await accounts.lock_account(actor.account) != found:
                raise Overtaken
            await accounts.keep_password_hash(actor.account, password_hash)
            await devices.revoke_other_devices(actor.account, session.id, tools.now())
            ended = await end_invitations(tools, actor.account)
            await record(tools, actor, "account.password", ("account", actor.account), ended)

    await look_again(decide)


async def end_own_sessions(tools: Tools, actor: Actor, session: SessionRow, ended: str) -> None:
    """End one of the caller's sessions, or all others when none is named. Raises NotFound."""
    check_granted(actor, Action.SELF_EDIT)
    async with tx():
        if not ended:
            await devices.revoke_other_devices(actor.account, session.id, tools.now())
        elif not await devices.revoke_device(actor.account, ended, tools.now()):
            raise NotFound(noun="session")
        body = {"session": ended or "others"}
        await record(tools, actor, "account.end_sessions", ("account", actor.account), body)
