"""Who a message goes to, with what each of them chose."""

from collections.abc import Iterable, Mapping

import msgspec

from inspection.domain.access import AccountId, Role
from inspection.domain.messages.message import Audience, Channel
from inspection.domain.messages.message_choice import Choice
from inspection.domain.org.region_path import upwards
from inspection.persistence.statements import marks, run


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody to tell, and the ways that lead to them: a browser, a confirmed address."""

    account: AccountId
    role: Role
    reach: frozenset[Channel]
    choice: Choice


class _Row(msgspec.Struct, frozen=True, kw_only=True):
    account: AccountId
    role: Role
    pushed: bool
    mailed: bool
    ways: str | None
    quiet: bool | None
    quiet_from: int | None
    quiet_to: int | None
    digest: bool | None


async def told(audiences: Iterable[Audience], roles: frozenset[Role], but: str) -> tuple[Told, ...]:
    """Everybody meant who has one of the roles and an account that is not disabled, each once."""
    found = {row.account: row for each in audiences for row in await _meant(each, roles)}
    return tuple(_told(row) for account, row in sorted(found.items()) if account != but)


async def _meant(audience: Audience, roles: frozenset[Role]) -> tuple[_Row, ...]:
    if audience.role is not None:
        return await _over(audience.role, audience.region_path, roles)
    if audience.store:
        return await _people("a.store = ?", (audience.store,), roles)
    if not audience.accounts:
        return ()
    return await _people(f"a.id IN ({marks(len(audience.accounts))})", audience.accounts, roles)


async def _over(role: Role, path: str, roles: frozenset[Role]) -> tuple[_Row, ...]:
    above = upwards(path)
    return await _people(
        f"a.role = ? AND a.region_path IN ({marks(len(above))}) AND length(a.region_path) ="
        " (SELECT max(length(b.region_path)) FROM account b WHERE b.role = ?"
        f" AND b.region_path IN ({marks(len(above))}) AND b.disabled_at IS NULL)",
        (role.value, *above, role.value, *above),
        roles,
    )


async def _people(
    condition: str, values: tuple[object, ...], roles: frozenset[Role]
) -> tuple[_Row, ...]:
    rows = await run(
        "SELECT a.id AS account, a.role, EXISTS (SELECT 1 FROM push_subscription p"
        " WHERE p.account = a.id) AS pushed, c.mail_confirmed_at IS NOT NULL AS mailed, c.ways,"
        " c.quiet, c.quiet_from, c.quiet_to, c.digest"
        " FROM account a LEFT JOIN message_choice c ON c.account = a.id"
        f" WHERE {condition} AND a.role IN ({marks(len(roles))}) AND a.disabled_at IS NULL",
        *values,
        *sorted(roles),
    )
    return msgspec.convert(rows, tuple[_Row, ...], strict=False)


def _told(row: _Row) -> Told:
    led = {Channel.PUSH: row.pushed, Channel.MAIL: row.mailed}
    reach = frozenset(channel for channel, leads in led.items() if leads)
    chosen = msgspec.structs.asdict(row) | {"ways": ways_of(row.ways or "{}")}
    choice = Choice() if row.ways is None else msgspec.convert(chosen, Choice)
    return Told(account=row.account, role=row.role, reach=reach, choice=choice)


def ways_of(text: str) -> Mapping[str, tuple[Channel, ...]]:
    """The ways as a row keeps them."""
    return msgspec.json.decode(text, type=dict[str, tuple[Channel, ...]])
