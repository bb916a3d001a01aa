"""The regions inspectors belong and belonged to."""

from datetime import date

import msgspec

from inspection.domain.access import AccountId
from inspection.domain.people.person import Unit
from inspection.persistence.statements import run, write, write_many


class UnitRow(msgspec.Struct, frozen=True, kw_only=True):
    """A unit as it is kept, `region` by its id."""

    id: str
    region: str
    from_on: date | None
    to_on: date | None


async def units_of(account: str) -> tuple[Unit, ...]:
    """A person's units, earliest first, regions by code."""
    rows = await run(
        "SELECT r.code AS region, u.from_on, u.to_on FROM account_unit u"
        " JOIN region r ON r.id = u.region WHERE u.account = ? ORDER BY u.id",
        account,
    )
    return msgspec.convert(rows, tuple[Unit, ...])


async def replace_units(account: AccountId, units: tuple[UnitRow, ...]) -> None:
    """Write the person's units in place of those before."""
    await write("DELETE FROM account_unit WHERE account = ?", account)
    await write_many(
        "INSERT INTO account_unit (id, region, from_on, to_on, account) VALUES (?, ?, ?, ?, ?)",
        [(*msgspec.structs.astuple(unit), account) for unit in units],
    )
