"""The app on somebody's phone that shows codes."""

from datetime import datetime

from pyotp import TOTP


def code_at(secret: str, at: datetime) -> str:
    """The code it shows at a time."""
    return TOTP(secret).at(at)
