"""One-time codes: the secret they come from, which of them is right now, and recovery codes."""

import base64
import hashlib
import hmac
import re
import unicodedata
from datetime import datetime

from pyotp import TOTP

from inspection.services.tools import Tools

ISSUER = "Mingcha"
RECOVERY_CODES = 10

_NEIGHBOURS = (0, -1, 1)
"""Clocks of phones are up to half a minute off."""

_SECRET_LETTERS = 32
_RECOVERY_LETTERS = 16
_GROUP = 4


def new_secret(tools: Tools) -> str:
    """160 bits in the letters authenticator apps read."""
    return _letters(tools.new_token())[:_SECRET_LETTERS]


def enrolment_uri(secret: str, sign_in: str) -> str:
    """What the QR code for the authenticator app says."""
    return TOTP(secret).provisioning_uri(name=sign_in, issuer_name=ISSUER)


def period_of(secret: str, code: str, at: datetime, after: int) -> int | None:
    """The period the code belongs to: now, or next to it, and later than the one used last. None
    for a wrong code and for one that was used.
    """
    codes = TOTP(secret)
    now = codes.timecode(at)
    typed = plain_code(code)
    for period in (now + step for step in _NEIGHBOURS):
        right = hmac.compare_digest(codes.generate_otp(period).encode(), typed.encode())
        if right and period > after:
            return period
    return None


def new_recovery_codes(tools: Tools) -> tuple[str, ...]:
    """Ten codes of 80 bits, in groups that can be copied by hand."""
    return tuple(
        _grouped(_letters(tools.new_token())[:_RECOVERY_LETTERS].lower())
        for _ in range(RECOVERY_CODES)
    )


def recovery_hash(account: str, code: str) -> str:
    """What is kept of a recovery code, however it was typed."""
    return hashlib.sha256(f"{account} {plain_code(code)}".encode()).hexdigest()


def plain_code(code: str) -> str:
    """A code without what people type between its letters."""
    return re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", code)).casefold()


def _letters(token: str) -> str:
    return base64.b32encode(hashlib.sha256(token.encode()).digest()).decode().rstrip("=")


def _grouped(letters: str) -> str:
    return "-".join(letters[at : at + _GROUP] for at in range(0, len(letters), _GROUP))
