"""Bots of groups: the makers there are, and the address a maker gives."""

import re
from enum import StrEnum

import msgspec

from inspection.domain.refusals.messages import BotAddressRefused


class Brand(StrEnum):
    """A maker of work chats."""

    WECOM = "wecom"
    DINGTALK = "dingtalk"
    FEISHU = "feishu"


HOSTS = {
    Brand.WECOM: "qyapi.weixin.qq.com",
    Brand.DINGTALK: "oapi.dingtalk.com",
    Brand.FEISHU: "open.feishu.cn",
}
"""Where each maker is told."""

_TOKEN = "([A-Za-z0-9_-]{8,120})"  # noqa: S105 - the shape of one
_ADDRESSES = {
    Brand.WECOM: re.compile(rf"https://qyapi\.weixin\.qq\.com/cgi-bin/webhook/send\?key={_TOKEN}"),
    Brand.DINGTALK: re.compile(rf"https://oapi\.dingtalk\.com/robot/send\?access_token={_TOKEN}"),
    Brand.FEISHU: re.compile(rf"https://open\.feishu\.cn/open-apis/bot/v2/hook/{_TOKEN}/?"),
}
_SECRET = re.compile(r"[A-Za-z0-9_-]{8,120}")


class BotAddress(msgspec.Struct, frozen=True, kw_only=True):
    """Where a bot listens. All of it is secret: whoever has it can speak to the group."""

    brand: Brand
    token: str
    secret: str = ""


def bot_address(text: str, secret: str = "") -> BotAddress:
    """The parts of the address as the maker's screen shows it; DingTalk may sign with a secret.
    Raises BotAddressRefused.
    """
    address, signs = text.strip(), secret.strip()
    for brand, shape in _ADDRESSES.items():
        if found := shape.fullmatch(address):
            if signs and not (brand is Brand.DINGTALK and _SECRET.fullmatch(signs)):
                raise BotAddressRefused
            return BotAddress(brand=brand, token=found[1], secret=signs)
    raise BotAddressRefused


TOO_OFTEN = frozenset({45009, 45033, 130101, 410100, 90030, 11232, 99991400})
"""What the makers call being told too much at once: by WeCom, by DingTalk, by Feishu."""

BUSY = -1
"""What WeCom and DingTalk call having no time just now."""

MANY_OR_BAD = 9499
"""What Feishu calls too many requests, and a body it cannot read: the words tell which."""

_WORDS = 90


class BotAnswer(msgspec.Struct, frozen=True):
    """What a maker answered in the body: its code, 0 where it took the message, and its words."""

    code: int = 0
    words: str = ""

    @property
    def later(self) -> bool:
        """Whether another try may be taken; everything else is refused for good."""
        if self.code == MANY_OR_BAD:
            return "too many" in self.words.lower()
        return self.code == BUSY or self.code in TOO_OFTEN

    @property
    def said(self) -> str:
        """Both, as they are kept with the attempt."""
        return f"{self.code} {self.words}".strip()


class _Body(msgspec.Struct, frozen=True):
    errcode: int | None = None
    code: int | None = None
    errmsg: str = ""
    msg: str = ""


def bot_answer(body: bytes, address: BotAddress) -> BotAnswer:
    """What a body says: makers answer 200 and say no in it. One that is none of theirs says
    nothing. The words carry nothing of the address.
    """
    try:
        found = msgspec.json.decode(body, type=_Body)
    except msgspec.DecodeError:
        return BotAnswer()
    words = " ".join((found.errmsg or found.msg).split())
    for secret in (address.token, address.secret):
        words = words.replace(secret, "…") if secret else words
    return BotAnswer(found.errcode or found.code or 0, words[:_WORDS])
