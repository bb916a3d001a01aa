"""Groups' bots: which group hears of which part of the tree. Where they listen is sealed, and shown
to nobody again.
"""

import msgspec

from inspection.domain.access import Action, Actor, Place
from inspection.domain.messages.bot import BotAddress, bot_address
from inspection.domain.messages.message import Channel
from inspection.domain.refusals import NotFound
from inspection.domain.refusals.messages import ChannelChanged
from inspection.persistence.engine import tx
from inspection.persistence.messages import bots
from inspection.persistence.messages.bots import BotRow, KeptBot
from inspection.persistence.people import accounts
from inspection.persistence.people.places import Scope
from inspection.services.changes import changes, record
from inspection.services.messages.channel_tests import leave_test
from inspection.services.reach import check_granted, check_reach, scope_of
from inspection.services.tools import Tools

_UNSAID = frozenset({"sealed", "changed_by", "changed_at", "revision", "region"})


class BotGiven(msgspec.Struct, frozen=True, kw_only=True):
    """What is said of a bot; an empty address leaves the one there is."""

    name: str
    address: str = ""
    secret: str = ""
    language: str = "zh-CN"
    state: str = "on"


async def bots_of(actor: Actor) -> tuple[BotRow, ...]:
    """The bots of the caller's part of the tree."""
    scope = scope_of(actor, Action.CHANNEL_EDIT)
    return await bots.bots_in(Scope(scope.path))


async def bot_of(actor: Actor, bot: str) -> BotRow:
    """One bot. Raises NotFound."""
    return _reached(actor, await bots.find_bot(bot))


async def add_bot(tools: Tools, actor: Actor, region: str, given: BotGiven) -> str:
    """Let a group hear of a region; the bot's id. Raises NotFound and BotAddressRefused."""
    address = bot_address(given.address, given.secret)
    check_granted(actor, Action.CHANNEL_EDIT)
    place = await accounts.find_region(region)
    if place is None:
        raise NotFound(noun="region")
    check_reach(actor, Action.CHANNEL_EDIT, Place(region_path=place.path), "region")
    id = tools.random_id()
    new = KeptBot(
        id=id,
        region=place.id,
        region_path=place.path,
        brand=address.brand.value,
        name=given.name.strip(),
        sealed=_sealed(tools, id, address),
        language=given.language,
        state="on",
        revision=1,
        changed_by=actor.account,
        changed_at=tools.now(),
    )
    async with tx():
        await bots.keep_bot(new)
        body = {"changes": changes(None, new, _UNSAID)}
        await record(tools, actor, "bot.add", ("bot", id), body)
    return id


async def edit_bot(tools: Tools, actor: Actor, bot: str, given: BotGiven, seen: int) -> None:
    """Change it. Raises NotFound, BotAddressRefused, and ChannelChanged when somebody did
    before.
    """
    address = bot_address(given.address, given.secret) if given.address.strip() else None
    async with tx():
        row = _reached(actor, await bots.lock_bot(bot))
        if row.revision != seen:
            raise ChannelChanged
        after = KeptBot(
            **msgspec.structs.asdict(row)
            | {
                "name": given.name.strip(),
                "language": given.language,
                "state": given.state,
                "revision": row.revision + 1,
                "brand": address.brand.value if address else row.brand,
                "sealed": _sealed(tools, bot, address) if address else row.sealed,
            },
            changed_by=actor.account,
            changed_at=tools.now(),
        )
        await bots.keep_bot(after)
        body = {"changes": changes(row, after, _UNSAID), "new_address": address is not None}
        await record(tools, actor, "bot.edit", ("bot", bot), body)


async def try_bot(tools: Tools, actor: Actor, bot: str) -> None:
    """Have it say something. Raises NotFound."""
    async with tx():
        row = _reached(actor, await bots.lock_bot(bot))
        await leave_test(tools, Channel.BOT, row.id, row.name, row.region_path)
        await record(tools, actor, "bot.test", ("bot", bot), {})


def _sealed(tools: Tools, bot: str, address: BotAddress) -> str:
    return tools.seal_key.seal(msgspec.json.encode(address).decode(), bot)


def _reached(actor: Actor, row: BotRow | None) -> BotRow:
    check_granted(actor, Action.CHANNEL_EDIT)
    if row is None:
        raise NotFound(noun="bot")
    check_reach(actor, Action.CHANNEL_EDIT, Place(region_path=row.region_path), "bot")
    return row
