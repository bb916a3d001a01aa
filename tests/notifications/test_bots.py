"""Bots, as their makers would hear them: through a proxy at whose end a server with the makers'
names stands, by TLS.
"""

import base64
import hmac
from hashlib import sha256
from urllib.parse import parse_qs, unquote, urlsplit

import msgspec
import pytest

from inspection.domain.messages.bot import HOSTS, Brand, bot_address
from inspection.domain.messages.delivery import Outcome, Sent
from inspection.domain.refusals.messages import BotAddressRefused
from inspection.notifications.bots import NOT_ALLOWED, send_bot
from tests.web_server import certificate_for, proxy_to, web_server

KEY = "693a91f6-7xxx-4bc4-97a0-0ec2sifa5aaa"
ADDRESSES = {
    Brand.WECOM: f"https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key={KEY}",
    Brand.DINGTALK: f"https://oapi.dingtalk.com/robot/send?access_token={KEY.replace('-', '')}",
    Brand.FEISHU: f"https://open.feishu.cn/open-apis/bot/v2/hook/{KEY}",
}
EVERY = tuple(HOSTS.values())
TEXT = "整改逾期\n东方红：甘移服整〔2026〕1号 已逾期 5 小时。"


@pytest.fixture
async def makers(tmp_path, monkeypatch):
    path, context = certificate_for(tmp_path, *EVERY)
    async with web_server() as server, proxy_to(server, context) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", proxy)
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(path))
        for name in ("https_proxy", "NO_PROXY", "no_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.delenv(name, raising=False)
        yield server


@pytest.mark.parametrize("brand", list(Brand))
async def test_each_maker_is_told_at_its_own_address_in_its_own_form(makers, brand):
    address = bot_address(ADDRESSES[brand])
    assert address.brand is brand
    assert await send_bot(address, TEXT, EVERY) == Sent(Outcome.TAKEN, "200")
    assert makers.connected == [f"{HOSTS[brand]}:443"]
    (asked,) = makers.received
    wanted = urlsplit(ADDRESSES[brand])
    method, path, _ = asked.line.split()
    assert method == "POST"
    assert urlsplit(path).path.rstrip("/") == wanted.path
    assert urlsplit(path).query == wanted.query
    assert (
        msgspec.json.encode(TEXT)[1:-1].decode()
        in msgspec.json.encode(msgspec.json.decode(asked.body)).decode()
    )


async def test_dingtalk_is_signed_when_it_gave_a_secret(makers):
    secret = "SECabcdef0123456789"
    await send_bot(bot_address(ADDRESSES[Brand.DINGTALK], secret), TEXT, EVERY)
    query = parse_qs(urlsplit(makers.received[0].line.split()[1]).query)
    signed = f"{query['timestamp'][0]}\n{secret}".encode()
    wanted = base64.b64encode(hmac.new(secret.encode(), signed, sha256).digest()).decode()
    # The library encodes what the HTTP client then encodes once more.
    assert unquote(query["sign"][0]) == wanted


@pytest.mark.parametrize("answer", ["500 down", "404 who", "302 elsewhere"])
async def test_a_maker_that_does_not_take_it_is_tried_again(makers, answer):
    makers.answer, makers.more = answer, "location: https://qyapi.weixin.qq.com/elsewhere\r\n"
    sent = await send_bot(bot_address(ADDRESSES[Brand.WECOM]), TEXT, EVERY)
    assert sent == Sent(Outcome.LATER, "unsent")
    assert len(makers.received) == 1, "redirects are not followed"


@pytest.mark.parametrize(
    ("brand", "says", "sent"),
    [
        (Brand.WECOM, {"errcode": 0, "errmsg": "ok"}, Sent(Outcome.TAKEN, "200")),
        (
            Brand.WECOM,
            {"errcode": 93000, "errmsg": f"invalid webhook url {KEY}"},
            Sent(Outcome.REFUSED, "93000 invalid webhook url …"),
        ),
        (
            Brand.WECOM,
            {"errcode": 45009, "errmsg": "api freq out of limit"},
            Sent(Outcome.LATER, "45009 api freq out of limit"),
        ),
        (
            Brand.DINGTALK,
            {"errcode": 310000, "errmsg": "keywords not in content"},
            Sent(Outcome.REFUSED, "310000 keywords not in content"),
        ),
        (
            Brand.DINGTALK,
            {"errcode": 130101, "errmsg": "send too fast, exceed 20 times per minute"},
            Sent(Outcome.LATER, "130101 send too fast, exceed 20 times per minute"),
        ),
        (
            Brand.DINGTALK,
            {"errcode": -1, "errmsg": "系统繁忙"},
            Sent(Outcome.LATER, "-1 系统繁忙"),
        ),
        (
            Brand.FEISHU,
            {"code": 9499, "msg": "too many request"},
            Sent(Outcome.LATER, "9499 too many request"),
        ),
        (
            Brand.FEISHU,
            {"code": 9499, "msg": "Bad Request"},
            Sent(Outcome.REFUSED, "9499 Bad Request"),
        ),
        (Brand.FEISHU, {"code": 0, "msg": "success"}, Sent(Outcome.TAKEN, "200")),
        (
            Brand.FEISHU,
            {"code": 19024, "msg": "Key Words Not Found"},
            Sent(Outcome.REFUSED, "19024 Key Words Not Found"),
        ),
        (Brand.FEISHU, ["no object"], Sent(Outcome.TAKEN, "200")),
    ],
)
async def test_a_no_in_the_body_of_a_200_is_heard(makers, brand, says, sent):
    makers.says = msgspec.json.encode(says)
    assert await send_bot(bot_address(ADDRESSES[brand]), TEXT, EVERY) == sent


async def test_a_host_that_is_not_allowed_is_not_called(makers):
    address = bot_address(ADDRESSES[Brand.FEISHU])
    sent = await send_bot(address, TEXT, (HOSTS[Brand.WECOM],))
    assert sent == Sent(Outcome.REFUSED, NOT_ALLOWED)
    assert (makers.connected, makers.received) == ([], [])


@pytest.mark.parametrize(
    ("address", "secret"),
    [
        ("", ""),
        ("https://evil.example/cgi-bin/webhook/send?key=" + KEY, ""),
        ("http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=" + KEY, ""),
        ("https://qyapi.weixin.qq.com.evil.example/cgi-bin/webhook/send?key=" + KEY, ""),
        (ADDRESSES[Brand.WECOM] + "&x=1", ""),
        (ADDRESSES[Brand.WECOM], "SECabcdef0123456789"),
        (ADDRESSES[Brand.DINGTALK], "short"),
    ],
)
def test_what_is_no_address_of_a_bot(address, secret):
    with pytest.raises(BotAddressRefused):
        bot_address(address, secret)
