"""What a numbered opinion on a request for more time says: frozen when it is given."""

from datetime import datetime

import msgspec


class OpinionSnapshot(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """All that is printed. Days and hours are worded already; no `due_after` where it was refused.
    Whoever asked and whoever decided is not named.
    """

    language: str
    issuer: str
    number: str
    store: str
    notice_number: str
    line: int
    item_title: str
    hours: int
    reason: str
    opinion: str
    asked_on: str
    due_before: str
    due_after: str
    decided_on: str
    decided_at: datetime
