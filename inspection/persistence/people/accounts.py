"""People who sign in."""

from datetime import datetime

import msgspec

from inspection.domain.access import AccountId, Actor, Role, StoreId
from inspection.persistence.locking import for_update_clause
from inspection.persistence.tables import Account, Region


class AccountRow(msgspec.Struct, frozen=True, kw_only=True):
    """One person, with the hash of the password."""

    id: AccountId
    sign_in: str
    name: str
    role: Role
    region: str | None = None
    region_path: str = ""
    store: StoreId | None = None
    pseudonym: str = ""
    password_hash: str
    language: str = "zh-CN"
    disabled_at: datetime | None = None
    created_at: datetime


class NamedPlace(msgspec.Struct, frozen=True):
    """A region or store by its code and its name."""

    code: str
    name: str


class ProfileRow(msgspec.Struct, frozen=True, kw_only=True):
    """A person as shown to themselves, the place in both languages."""

    id: AccountId
    name: str
    role: Role
    pseudonym: str
    language: str
    region_code: str | None
    region_zh: str | None
    region_en: str | None
    store_code: str | None
    store_name: str | None


class RegionKey(msgspec.Struct, frozen=True):
    """What an account keeps of its region."""

    id: str
    path: str
    state: str = "open"


_FIELDS = ", ".join(AccountRow.__struct_fields__)
_MARKS = ", ".join("{}" for _ in AccountRow.__struct_fields__)


async def add_account(row: AccountRow) -> bool:
    """Keep a new person. False when the sign-in name is taken."""
    added = await Account.raw(
        f"INSERT INTO account ({_FIELDS}) VALUES ({_MARKS})"
        " ON CONFLICT (sign_in) DO NOTHING RETURNING id",
        *msgspec.structs.astuple(row),
    )
    return bool(added)


async def find_account(sign_in: str) -> AccountRow | None:
    """The person with this sign-in name, disabled or not."""
    rows = await Account.raw(f"SELECT {_FIELDS} FROM account WHERE sign_in = {{}}", sign_in)
    return msgspec.convert(rows[0], AccountRow) if rows else None


async def get_account(account: AccountId) -> AccountRow:
    """The person with this id, disabled or not."""
    rows = await Account.raw(f"SELECT {_FIELDS} FROM account WHERE id = {{}}", account)
    return msgspec.convert(rows[0], AccountRow)


async def lock_account(account: AccountId) -> AccountRow:
    """The person, kept from changing until the transaction ends."""
    rows = await Account.raw(
        f"SELECT {_FIELDS} FROM account WHERE id = {{}}{for_update_clause()}", account
    )
    return msgspec.convert(rows[0], AccountRow)


async def get_actor(account: AccountId) -> Actor:
    """The person as services see them, disabled or not."""
    rows = await Account.raw(
        "SELECT id AS account, role, name, region_path, store, language FROM account WHERE id = {}",
        account,
    )
    return msgspec.convert(rows[0], Actor)


async def get_profile(account: AccountId) -> ProfileRow:
    """The person with the names of their place."""
    rows = await Account.raw(
        "SELECT a.id, a.name, a.role, a.pseudonym, a.language, r.code AS region_code,"
        " r.name_zh AS region_zh, r.name_en AS region_en, s.code AS store_code,"
        " s.name AS store_name FROM account a LEFT JOIN region r ON r.id = a.region"
        " LEFT JOIN store s ON s.id = a.store WHERE a.id = {}",
        account,
    )
    return msgspec.convert(rows[0], ProfileRow)


async def find_region(code: str) -> RegionKey | None:
    """The region with this code."""
    rows = await Region.raw("SELECT id, path, state FROM region WHERE code = {}", code)
    return msgspec.convert(rows[0], RegionKey) if rows else None


async def keep_password_hash(account: AccountId, password_hash: str) -> None:
    """Replace the stored hash."""
    await Account.raw("UPDATE account SET password_hash = {} WHERE id = {}", password_hash, account)


async def keep_language(account: AccountId, language: str) -> None:
    """Remember which language the person reads."""
    await Account.raw("UPDATE account SET language = {} WHERE id = {}", language, account)


async def disable_account(account: AccountId, at: datetime) -> None:
    """Keep the person out from now on."""
    await Account.raw("UPDATE account SET disabled_at = {} WHERE id = {}", at, account)
