"""Letters through a real mail server: what arrives, what its answers mean, what when it is away."""

import asyncio
from datetime import UTC, datetime

import pytest

from inspection.domain.messages.delivery import Outcome, Sent
from inspection.domain.messages.mail import checked_mail
from inspection.domain.refusals.messages import MailRefused
from inspection.notifications import mail
from inspection.notifications.mail import Mail, send_mail, sent_of
from tests.certificates import HERE
from tests.mail_server import PASSWORD, USER, own_tls, post_office

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


def a_letter(**changed):
    said = {
        "id": "0a1b2c",
        "to": "chen@mingcha.test",
        "language": "zh-CN",
        "subject": "收到整改通知：东方红 <客户俱乐部> & 其他",
        "paragraphs": ("东方红：甘移服整〔2026〕1号 共 2 条。", "请 <尽快> 处理。"),
        "link": "https://mingcha.test/notices/n-1?a=1&b=2",
        "says_link": "打开查看",
        "choices": "https://mingcha.test/me/notifications",
        "says_choices": "选择接收哪些提醒",
        "at": NOW,
    }
    return Mail(**said | changed)


async def test_a_letter_arrives_as_text_and_as_html_and_says_the_same():
    async with post_office() as post:
        assert await send_mail(post.server(), a_letter()) == Sent(Outcome.TAKEN, "250")
    (got,) = post.received
    assert got["Subject"] == a_letter().subject
    assert got["From"] == "明察 <noreply@mingcha.test>"
    assert got["Message-ID"] == "<0a1b2c@mingcha.test>"
    assert got["List-Unsubscribe"] == "<https://mingcha.test/me/notifications>"
    assert (got["Auto-Submitted"], got["Content-Language"]) == ("auto-generated", "zh-CN")
    assert got["Date"].datetime == NOW
    assert got.get_content_type() == "multipart/alternative"
    text, html = (part.get_content() for part in got.iter_parts())
    for said in (*a_letter().paragraphs, a_letter().link, a_letter().choices):
        assert said in text
    assert "请 &lt;尽快&gt; 处理。" in html
    assert 'href="https://mingcha.test/notices/n-1?a=1&amp;b=2"' in html


async def test_of_a_days_letter_each_message_has_its_title_on_a_line_of_its_own():
    async with post_office() as post:
        await send_mail(
            post.server(), a_letter(paragraphs=("整改逾期\n<甲>店", "只有一句"), choices="")
        )
    _, html = (part.get_content() for part in post.received[0].iter_parts())
    assert "<p><b>整改逾期</b><br>&lt;甲&gt;店</p><p>只有一句</p>" in html
    assert "text-decoration:none" in html
    assert "max-width:560px;margin:12px" not in html


async def test_headers_travel_in_ascii_whatever_they_say():
    async with post_office(decode_data=False) as post:
        await send_mail(post.server(), a_letter())
        raw = post.received[0].as_bytes().split(b"\n\n")[0]
    assert raw.isascii()
    assert mail.written(post.server(), a_letter()).as_bytes().isascii()


async def test_sent_again_it_has_the_same_id_and_without_an_account_no_choices():
    async with post_office() as post:
        for _ in range(2):
            await send_mail(post.server(), a_letter(choices=""))
    first, second = post.received
    assert first["Message-ID"] == second["Message-ID"]
    assert first["List-Unsubscribe"] is None
    assert "选择接收" not in str(first)


@pytest.mark.parametrize(
    ("where", "answer", "outcome"),
    [
        ("chen@mingcha.test", "451 try again", Sent(Outcome.LATER, "smtp 451")),
        ("chen@mingcha.test", "550 no such user", Sent(Outcome.REFUSED, "smtp 550")),
        ("data", "452 no room", Sent(Outcome.LATER, "smtp 452")),
        ("data", "554 not like this", Sent(Outcome.REFUSED, "smtp 554")),
    ],
)
async def test_what_the_servers_answers_mean(where, answer, outcome):
    async with post_office() as post:
        post.answers[where] = answer
        assert await send_mail(post.server(), a_letter()) == outcome


async def test_a_server_that_is_away_or_silent_is_tried_again(monkeypatch):
    async with post_office() as post:
        server = post.server()
    assert (await send_mail(server, a_letter())).outcome is Outcome.LATER
    monkeypatch.setattr(mail, "PATIENCE_SECONDS", 0.2)

    over = asyncio.Event()

    async def silent(reader, writer):
        await reader.read()
        writer.close()
        over.set()

    mute = await asyncio.start_server(silent, HERE, 0)
    async with mute:
        server = post.server(port=mute.sockets[0].getsockname()[1])
        sent = await send_mail(server, a_letter())
        # What is still open when the loop ends is reported in whatever test comes then.
        await asyncio.wait_for(over.wait(), timeout=5)
        await asyncio.sleep(0.01)
    assert sent.outcome is Outcome.LATER
    assert "Timeout" in sent.code


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
async def test_it_signs_in_on_a_protected_way_only(tmp_path, monkeypatch):
    # The server of the tests leaves the way open that it laid TLS over.
    context = own_tls(tmp_path, monkeypatch)
    async with post_office(tls_context=context, require_starttls=True, auth_required=True) as post:
        refused = await send_mail(post.server(), a_letter())
        assert refused.outcome is not Outcome.TAKEN
        wrong = post.server(tls="starttls", user=USER, password="no")
        assert await send_mail(wrong, a_letter()) == Sent(Outcome.LATER, "smtp 535")
        right = post.server(tls="starttls", user=USER, password=PASSWORD)
        assert await send_mail(right, a_letter()) == Sent(Outcome.TAKEN, "250")
    assert len(post.received) == 1


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
async def test_a_certificate_nobody_vouches_for_is_not_trusted(tmp_path, monkeypatch):
    context = own_tls(tmp_path, monkeypatch)
    monkeypatch.delenv("SSL_CERT_FILE")
    async with post_office(tls_context=context) as post:
        sent = await send_mail(post.server(tls="starttls"), a_letter())
    assert sent.outcome is Outcome.LATER
    assert post.received == []


def test_our_own_account_refused_is_no_fault_of_the_letter():
    assert sent_of(535).outcome is Outcome.LATER
    assert sent_of(550).outcome is Outcome.REFUSED


@pytest.mark.parametrize(
    "text", ["chen", "a b@c.cn", "a@b", "a@b.cn\nBcc: x@y.cn", "a" * 250 + "@b.cn", "陈@b.cn"]
)
def test_what_is_no_address(text):
    with pytest.raises(MailRefused):
        checked_mail(text)


def test_what_is_an_address():
    assert checked_mail(" Chen.Jing+x@mail.example.cn ") == "Chen.Jing+x@mail.example.cn"
    assert checked_mail("  ") == ""
