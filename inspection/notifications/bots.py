"""Bots of groups at WeCom, DingTalk and Feishu, by a library that knows how each is told."""

import asyncio
import logging
from contextvars import ContextVar
from types import ModuleType
from typing import TYPE_CHECKING

from inspection.domain.messages.bot import HOSTS, BotAddress, Brand, bot_answer
from inspection.domain.messages.delivery import Outcome, Sent

if TYPE_CHECKING:
    from apprise.plugins.base import NotifyBase
    from requests import Response

PATIENCE = {"cto": "10", "rto": "10"}
"""Seconds to connect and to answer."""

NOT_ALLOWED = "host_not_allowed"
UNSENT = "unsent"

_LONGEST = 4_000
_ANSWER: ContextVar[bytes] = ContextVar("answer")


async def send_bot(address: BotAddress, text: str, hosts: tuple[str, ...]) -> Sent:
    """Say the text in the group, off the event loop. A maker whose host is not among those allowed
    is not called. Never raises for what the maker does.
    """
    if HOSTS[address.brand] not in hosts:
        return Sent(Outcome.REFUSED, NOT_ALLOWED)
    return await asyncio.to_thread(_say, address, text)


def _say(address: BotAddress, text: str) -> Sent:
    logging.getLogger("apprise").setLevel(logging.WARNING)
    _ANSWER.set(b"")
    if not _bot(address).notify(body=text):
        # The library says no more than no: whether another try would help cannot be known.
        return Sent(Outcome.LATER, UNSENT)
    answer = bot_answer(_ANSWER.get(), address)
    if not answer.code:
        return Sent(Outcome.TAKEN, "200")
    return Sent(Outcome.LATER if answer.later else Outcome.REFUSED, answer.said)


class _Overheard:
    """The HTTP client of the library's, which looks at the status only: these makers answer 200
    and say in the body that they did not take it.
    """

    def __init__(self, client: ModuleType) -> None:
        self._client = client

    def __getattr__(self, name: str) -> object:
        return getattr(self._client, name)

    def post(self, *where: object, **what: object) -> "Response":
        """The same, with the answer kept for whoever asked."""
        response: Response = self._client.post(*where, **what)
        _ANSWER.set(response.content[:_LONGEST])
        return response


def _overhear(plugin: ModuleType) -> None:
    names = vars(plugin)
    if not isinstance(names["requests"], _Overheard):
        names["requests"] = _Overheard(names["requests"])


def _bot(address: BotAddress) -> "NotifyBase":
    # Loaded by the worker that has something to say in a group, and only what says it there: the
    # library knows a hundred other services.
    from apprise.asset import AppriseAsset

    asset = AppriseAsset(app_id="Mingcha", http_redirects=False)
    match address.brand:
        case Brand.WECOM:
            from apprise.plugins import wecombot

            _overhear(wecombot)
            return wecombot.NotifyWeComBot(key=address.token, asset=asset, **PATIENCE)
        case Brand.DINGTALK:
            from apprise.plugins import dingtalk

            _overhear(dingtalk)
            secret = address.secret or None
            token = address.token
            return dingtalk.NotifyDingTalk(token=token, secret=secret, asset=asset, **PATIENCE)
        case Brand.FEISHU:
            from apprise.plugins import feishu

            _overhear(feishu)
            return feishu.NotifyFeishu(token=address.token, asset=asset, **PATIENCE)
