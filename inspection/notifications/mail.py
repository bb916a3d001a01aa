"""Mail, handed to the operator's own server: text and HTML of the same words, one letter each."""

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from html import escape

import aiosmtplib
import msgspec

from inspection.domain.messages.delivery import Outcome, Sent
from inspection.domain.messages.mail import MailServer

PATIENCE_SECONDS = 20.0

_LATER = frozenset({530, 534, 535, 538})
"""Refusals that say something about our account at the server, not about the letter."""


class Mail(msgspec.Struct, frozen=True, kw_only=True):
    """A letter. `paragraphs` is what it says, `link` where it leads and `says_link` in which words;
    `choices` is the page where its reader can end such letters, empty for those without an account.
    """

    id: str
    to: str
    language: str
    subject: str
    paragraphs: tuple[str, ...]
    link: str
    says_link: str
    choices: str
    says_choices: str
    at: datetime


async def send_mail(server: MailServer, mail: Mail) -> Sent:
    """Hand a letter over. Never raises for what the server does or does not do."""
    try:
        await aiosmtplib.send(
            written(server, mail),
            hostname=server.host,
            port=server.port,
            username=server.user or None,
            password=server.password or None,
            use_tls=server.tls == "tls",
            start_tls=server.tls == "starttls",
            timeout=PATIENCE_SECONDS,
        )
    except aiosmtplib.SMTPRecipientsRefused as refused:
        return sent_of(refused.recipients[0].code)
    except aiosmtplib.SMTPResponseException as answer:
        return sent_of(answer.code)
    except (aiosmtplib.SMTPException, OSError) as fault:
        return Sent(Outcome.LATER, type(fault).__name__)
    return Sent(Outcome.TAKEN, "250")


def sent_of(code: int) -> Sent:
    """What a server's answer with this code means for the letter."""
    never = 500 <= code < 600 and code not in _LATER
    return Sent(Outcome.REFUSED if never else Outcome.LATER, f"smtp {code}")


def written(server: MailServer, mail: Mail) -> EmailMessage:
    """The letter as it travels. Its Message-ID is the same however often it is sent."""
    name, address = parseaddr(server.sender)
    domain = address.rpartition("@")[2]
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(name, addr_spec=address)
    message["To"] = Address(addr_spec=mail.to)
    message["Subject"] = mail.subject
    message["Date"] = format_datetime(mail.at)
    message["Message-ID"] = f"<{mail.id}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    if mail.choices:
        message["List-Unsubscribe"] = f"<{mail.choices}>"
    # Base64: no server on the way has to know eight bits.
    message.set_content(_text(mail), cte="base64")
    message.add_alternative(_html(mail), subtype="html", cte="base64")
    message["Content-Language"] = mail.language
    return message


def _text(mail: Mail) -> str:
    parts = [*mail.paragraphs, f"{mail.says_link}\n{mail.link}"]
    if mail.choices:
        parts.append(f"-- \n{mail.says_choices}\n{mail.choices}")
    return "\n\n".join(parts) + "\n"


_BODY = (
    "margin:0;padding:24px 16px;background:#f2f4f8;color:#1a1d26;"
    "font:15px/1.6 'Noto Sans SC','Microsoft YaHei','PingFang SC',sans-serif"
)
_SHEET = "max-width:560px;margin:0 auto;padding:20px 24px;background:#fff;border-radius:8px"
_BUTTON = (
    "display:inline-block;padding:9px 18px;border-radius:6px;background:#2746bd;color:#fff;"
    "font-weight:600;text-decoration:none"
)
_FOOT = "max-width:560px;margin:12px auto 0;color:#5b6270;font-size:13px"


def _html(mail: Mail) -> str:
    said = "".join(_paragraph(paragraph) for paragraph in mail.paragraphs)
    foot = ""
    if mail.choices:
        ends = f'<a style="color:#5b6270" href="{escape(mail.choices)}">'
        foot = f'<p style="{_FOOT}">{ends}{escape(mail.says_choices)}</a></p>'
    way = f'<p><a style="{_BUTTON}" href="{escape(mail.link)}">{escape(mail.says_link)}</a></p>'
    return (
        f'<!doctype html><html lang="{mail.language}"><head><meta charset="utf-8">'
        f'<title>{escape(mail.subject)}</title></head><body style="{_BODY}">'
        f'<div style="{_SHEET}">{said}{way}</div>{foot}</body></html>\n'
    )


def _paragraph(paragraph: str) -> str:
    """Of several lines the first is what it is about."""
    title, _, text = paragraph.partition("\n")
    if not text:
        return f"<p>{escape(title)}</p>"
    return f"<p><b>{escape(title)}</b><br>{escape(text)}</p>"
