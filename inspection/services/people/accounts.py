"""People: adding them, keeping them out, what they are told about themselves."""

from collections.abc import Mapping

import msgspec

from inspection.domain.access import AccountId, Action, Actor, Role, StoreId
from inspection.domain.people.account import ROLES_WITH_REGION, checked_password, sign_in_name
from inspection.domain.people.account_place import StoreUnwanted, check_open
from inspection.domain.people.person import state_of
from inspection.domain.refusals import (
    AccountExists,
    AccountIncomplete,
    NotFound,
    PseudonymTaken,
)
from inspection.persistence.audit import audit
from inspection.persistence.engine import tx
from inspection.persistence.people import (
    accounts,
    people,
    places,
    pseudonyms,
    second_steps,
    sessions,
)
from inspection.persistence.people.accounts import AccountRow, NamedPlace
from inspection.services.changes import changes
from inspection.services.people.api_token_ends import end_tokens
from inspection.services.people.invitation_ends import end_invitations, end_invitations_both_ways
from inspection.services.people.people import facts_of
from inspection.services.tools import Tools
from inspection.wording import Language


class NewAccount(msgspec.Struct, frozen=True, kw_only=True):
    """A person to add. Managers, reviewers and administrators need a region code, store staff a
    store code; inspectors a pseudonym, shown wherever their name must not be.
    """

    sign_in: str
    name: str
    role: Role
    password: str
    region: str = ""
    store: str = ""
    pseudonym: str = ""
    language: Language = Language.ZH


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """A person as shown to themselves, the place in the language asked for."""

    id: AccountId
    name: str
    role: Role
    pseudonym: str
    language: str
    region: NamedPlace | None
    store: NamedPlace | None


async def create_account(tools: Tools, new: NewAccount, by: Actor | None = None) -> AccountId:
    """Add a person who may sign in at once. Raises AccountExists, AccountIncomplete, NotFound,
    PlaceClosed, StoreUnwanted, PseudonymTaken, PasswordRefused or PasswordCommon. `by` is
    None for the operator at the command line.
    """
    password_hash = await tools.passwords.hash(checked_password(new.password, new.sign_in))
    async with tx():
        row = await _account_row(tools, new, password_hash)
        if not await accounts.add_account(row):
            raise AccountExists(sign_in=row.sign_in)
        await _claim_pseudonym(tools, row)
        body = {"changes": changes(None, facts_of(await people.get_person(row.id)))}
        await _record(tools, by, "account.create", row.id, body)
    return row.id


async def disable_account(tools: Tools, sign_in: str, by: Actor | None = None) -> None:
    """Keep a person out from now on; their sessions and tokens end, and invitations to and from
    them. Raises NotFound.
    """
    async with tx():
        found = await _found(sign_in)
        await accounts.disable_account(found.id, tools.now())
        await sessions.revoke_sessions_of(found.id, tools.now())
        ended = await end_invitations_both_ways(tools, found.id)
        ended |= await end_tokens(tools, found.id)
        await _record(tools, by, "account.disable", found.id, _became(found, "disabled") | ended)


async def enable_account(tools: Tools, sign_in: str, by: Actor | None = None) -> None:
    """Let a person in again, with the password they had. Raises NotFound."""
    async with tx():
        found = await _found(sign_in)
        await people.enable_account(found.id)
        await _record(tools, by, "account.enable", found.id, _became(found, "active"))


async def drop_second_step(tools: Tools, sign_in: str, by: Actor | None = None) -> None:
    """Take a person's second step away, for an administrator nobody else can help, and end all
    their sessions. Raises NotFound.
    """
    async with tx():
        found = await _found(sign_in)
        await second_steps.drop_second_step(found.id)
        await sessions.revoke_sessions_of(found.id, tools.now())
        await _record(tools, by, "second_step.reset", found.id)


async def report_phone_lost(tools: Tools, sign_in: str, by: Actor | None = None) -> None:
    """End all sessions and invitations of a person; their phones erase what they hold as soon as
    they are online. Raises NotFound.
    """
    async with tx():
        found = await _found(sign_in)
        await sessions.note_phones_lost(found.id, tools.now())
        ended = await end_invitations(tools, found.id)
        await _record(tools, by, "account.phone_lost", found.id, ended)


async def change_password(
    tools: Tools, sign_in: str, password: str, by: Actor | None = None
) -> None:
    """Give a person another password and end all their sessions and invitations. Raises NotFound
    or PasswordRefused, or PasswordCommon.
    """
    password_hash = await tools.passwords.hash(checked_password(password, sign_in))
    async with tx():
        found = await _found(sign_in)
        await accounts.keep_password_hash(found.id, password_hash)
        await sessions.revoke_sessions_of(found.id, tools.now())
        ended = await end_invitations(tools, found.id)
        await _record(tools, by, "account.password", found.id, ended)


async def change_language(tools: Tools, actor: Actor, language: Language) -> Actor:
    """Remember which language the person reads, on every device."""
    async with tx():
        await accounts.keep_language(actor.account, language.value)
        body = {"changes": {"language": [actor.language, language.value]}}
        await _record(tools, actor, Action.LANGUAGE_CHOOSE, actor.account, body)
    return msgspec.structs.replace(actor, language=language.value)


async def profile_of(actor: Actor, language: Language) -> Profile:
    """What a person is told about themselves."""
    row = await accounts.get_profile(actor.account)
    region = row.region_en if language is Language.EN else row.region_zh
    return Profile(
        id=row.id,
        name=row.name,
        role=row.role,
        pseudonym=row.pseudonym,
        language=row.language,
        region=NamedPlace(row.region_code, region or "") if row.region_code else None,
        store=NamedPlace(row.store_code, row.store_name or "") if row.store_code else None,
    )


async def _found(sign_in: str) -> AccountRow:
    found = await accounts.find_account(sign_in_name(sign_in))
    if found is None:
        raise NotFound(noun="account")
    return found


async def _account_row(tools: Tools, new: NewAccount, password_hash: str) -> AccountRow:
    region = await _region_of(new)
    return AccountRow(
        id=AccountId(tools.new_id()),
        sign_in=sign_in_name(new.sign_in),
        name=new.name,
        role=new.role,
        region=region.id if region else None,
        region_path=region.path if region else "",
        store=await _store_of(new),
        pseudonym=new.pseudonym,
        password_hash=password_hash,
        language=new.language.value,
        created_at=tools.now(),
    )


async def _region_of(new: NewAccount) -> accounts.RegionKey | None:
    if not new.region:
        if new.role in ROLES_WITH_REGION:
            raise AccountIncomplete(role=new.role.value, place="region")
        return None
    found = await accounts.find_region(new.region)
    if found is None:
        raise NotFound(noun="region")
    check_open(found.state, "region")
    return found


async def _store_of(new: NewAccount) -> StoreId | None:
    if not new.store:
        if new.role is Role.STORE_STAFF:
            raise AccountIncomplete(role=new.role.value, place="store")
        return None
    if new.role is not Role.STORE_STAFF:
        raise StoreUnwanted(role=new.role.value)
    found = await places.find_store(new.store)
    if found is None:
        raise NotFound(noun="store")
    check_open(found.state, "store")
    return StoreId(found.id)


async def _claim_pseudonym(tools: Tools, row: AccountRow) -> None:
    code = row.pseudonym
    if code and not await pseudonyms.claim_pseudonym(code, row.id, tools.now()):
        raise PseudonymTaken(pseudonym=code)


def _became(found: AccountRow, state: str) -> dict[str, object]:
    before = state_of(has_password=bool(found.password_hash), disabled_at=found.disabled_at)
    return {"changes": {"state": [before.value, state]}}


async def _record(
    tools: Tools,
    by: Actor | None,
    action: str,
    account: AccountId,
    body: Mapping[str, object] | None = None,
) -> None:
    await audit.append(
        at=tools.now(),
        actor=by.account if by else "",
        action=action,
        noun="account",
        noun_id=account,
        body=body or {},
    )
