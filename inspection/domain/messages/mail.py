"""Mail: the server it goes through, and what an address may be."""

import re
from typing import Literal

import msgspec

from inspection.domain.refusals.messages import MailRefused

LONGEST_ADDRESS = 240

_ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,63}"
)
"""What mail servers everywhere take; nobody here has another."""

Tls = Literal["starttls", "tls", "none"]


class MailServer(msgspec.Struct, frozen=True, kw_only=True):
    """Where mail is handed over, and as whom."""

    host: str
    port: int
    tls: Tls
    user: str
    password: str
    sender: str


def checked_mail(text: str) -> str:
    """The address as it is kept; empty for none. Raises MailRefused."""
    address = text.strip()
    if address and (len(address) > LONGEST_ADDRESS or not _ADDRESS.fullmatch(address)):
        raise MailRefused
    return address
