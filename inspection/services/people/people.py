"""Adding people and changing what is said of them; nobody types a password for anybody else."""

import hashlib

import msgspec

from inspection.domain.access import AccountId, Action, Actor, Role
from inspection.domain.people.account import sign_in_name
from inspection.domain.people.person import Unit, checked_pseudonym, checked_units, next_pseudonym
from inspection.domain.plain_text import plain
from inspection.domain.refusals import (
    AccountChanged,
    AccountExists,
    AccountOwn,
    BodyRefused,
    Fault,
    PseudonymTaken,
)
from inspection.persistence.engine import tx
from inspection.persistence.people import account_units, accounts, people, pseudonyms, sessions
from inspection.persistence.people.account_units import UnitRow
from inspection.persistence.people.accounts import AccountRow
from inspection.persistence.people.people import Kept, PersonRow
from inspection.services.changes import changes, record
from inspection.services.people.invitation_ends import end_invitations_both_ways
from inspection.services.people.people_reach import (
    check_caller,
    check_not_last,
    locked,
    placed,
    reached,
    region_id,
)
from inspection.services.people.proofs import check_proved
from inspection.services.reach import check_granted
from inspection.services.tools import Tools
from inspection.wording import Language

MOST_NAME = 60


class PersonGiven(msgspec.Struct, frozen=True, kw_only=True):
    """What an administrator says of a person; region and store by their codes."""

    name: str
    role: Role
    region: str = ""
    store: str = ""
    pseudonym: str = ""


class PersonFacts(msgspec.Struct, frozen=True, kw_only=True):
    """The same as it is kept: what the log compares."""

    sign_in: str
    name: str
    role: Role
    region: str
    store: str
    pseudonym: str


async def propose_pseudonym(by: Actor) -> str:
    """One nobody ever had."""
    check_granted(by, Action.ACCOUNT_EDIT)
    return next_pseudonym(await pseudonyms.given_pseudonyms())


async def add_person(
    tools: Tools, by: Actor, sign_in: str, given: PersonGiven, language: Language
) -> AccountId:
    """Add somebody who cannot sign in until they took up an invitation. Raises AccountExists,
    AccountIncomplete, PseudonymTaken, NotSignedIn, NotFound and BodyRefused.
    """
    check_granted(by, Action.ACCOUNT_EDIT)
    name, account = _checked_name(given.name), AccountId(tools.new_id())
    async with tx():
        await check_caller(by)
        place = await placed(by, given.role, given.region, given.store)
        row = AccountRow(
            id=account,
            sign_in=_checked_sign_in(sign_in),
            name=name,
            role=given.role,
            pseudonym=await _free_pseudonym(given) if given.role is Role.INSPECTOR else "",
            password_hash="",
            language=language.value,
            created_at=tools.now(),
            region=place.region,
            region_path=place.region_path,
            store=place.store,
        )
        if not await accounts.add_account(row):
            raise AccountExists(sign_in=row.sign_in)
        await _claim(tools, account, row.pseudonym)
        made = changes(None, facts_of(await reached(by, Action.ACCOUNT_EDIT, account)))
        await record(tools, by, "account.create", ("account", account), {"changes": made})
    return account


async def edit_person(tools: Tools, by: Actor, account: str, given: PersonGiven, seen: str) -> None:
    """Change what is said of a person; another role or place needs the caller's proof, and ends all
    their sessions and invitations at once. Raises AccountChanged when `seen` is not what is kept,
    AccountOwn, LastAdministrator, ProofNeeded, PseudonymTaken, AccountIncomplete, NotFound and
    BodyRefused.
    """
    check_granted(by, Action.ACCOUNT_EDIT)
    name = _checked_name(given.name)
    async with tx():
        before = await locked(by, account)
        if seen != version_of(before):
            raise AccountChanged
        place = await placed(by, given.role, given.region, given.store, before)
        pseudonym = await _free_pseudonym(given)
        for code in {before.pseudonym, pseudonym}:
            await _claim(tools, before.id, code)
        kept = Kept(name=name, role=given.role, pseudonym=pseudonym, place=place)
        await people.keep_person(before.id, kept)
        after = await reached(by, Action.ACCOUNT_EDIT, account)
        ended = await _follow(tools, by, before, after)
        if changed := changes(facts_of(before), facts_of(after)):
            body = {"changes": changed} | ended
            await record(tools, by, "account.edit", ("account", before.id), body)


async def keep_units(
    tools: Tools, by: Actor, account: str, units: tuple[Unit, ...], seen: str
) -> None:
    """Write which regions a person belongs and belonged to. Raises AccountChanged when `seen` is
    not what is kept, NotFound, and BodyRefused for one that ends before it begins.
    """
    check_granted(by, Action.ACCOUNT_EDIT)
    wanted = checked_units(units)
    async with tx():
        person = await locked(by, account)
        before = await account_units.units_of(account)
        if seen != units_version(before):
            raise AccountChanged
        if wanted == before:
            return
        rows = tuple([await _unit_row(tools, by, unit) for unit in wanted])
        await account_units.replace_units(person.id, rows)
        body = {"changes": {"units": [msgspec.to_builtins(each) for each in (before, wanted)]}}
        await record(tools, by, "account.units", ("account", person.id), body)


def facts_of(person: PersonRow) -> PersonFacts:
    """What of a person the log compares."""
    return PersonFacts(
        sign_in=person.sign_in,
        name=person.name,
        role=person.role,
        region=person.region,
        store=person.store,
        pseudonym=person.pseudonym,
    )


def version_of(person: PersonRow) -> str:
    """What a page that shows the person sends back, so that nobody overwrites unseen."""
    return _digest(facts_of(person))


def units_version(units: tuple[Unit, ...]) -> str:
    """The same for units."""
    return _digest(units)


async def _follow(tools: Tools, by: Actor, before: PersonRow, after: PersonRow) -> dict[str, int]:
    """What another role or place brings with it, and what the log says of that."""
    if (before.role, before.place, before.store) == (after.role, after.place, after.store):
        return {}
    if before.id == by.account:
        raise AccountOwn
    await check_not_last(before)
    await check_proved(tools, by)
    await sessions.revoke_sessions_of(before.id, tools.now())
    return await end_invitations_both_ways(tools, before.id)


async def _unit_row(tools: Tools, by: Actor, unit: Unit) -> UnitRow:
    region = await region_id(by, unit.region)
    return UnitRow(id=tools.new_id(), region=region, from_on=unit.from_on, to_on=unit.to_on)


async def _free_pseudonym(given: PersonGiven) -> str:
    """What was given, or for an inspector without one the next that is free."""
    code = checked_pseudonym(given.pseudonym)
    if code or given.role is not Role.INSPECTOR:
        return code
    return next_pseudonym(await pseudonyms.given_pseudonyms())


async def _claim(tools: Tools, account: AccountId, code: str) -> None:
    if code and not await pseudonyms.claim_pseudonym(code, account, tools.now()):
        raise PseudonymTaken(pseudonym=code)


def _checked_name(name: str) -> str:
    if text := plain(name, "name", MOST_NAME):
        return text
    raise BodyRefused(faults=(Fault("/name", "body.too_short", least=1),))


def _checked_sign_in(sign_in: str) -> str:
    # Normalising may lengthen a name many times: what is kept is what is measured.
    if text := plain(sign_in_name(sign_in), "sign_in", MOST_NAME):
        return text
    raise BodyRefused(faults=(Fault("/sign_in", "body.too_short", least=1),))


def _digest(thing: object) -> str:
    return hashlib.sha256(msgspec.json.encode(thing)).hexdigest()
