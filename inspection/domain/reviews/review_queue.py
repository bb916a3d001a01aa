"""What is asked of the queue of visits to review, and when waiting there is long."""

from datetime import timedelta
from typing import Literal

import msgspec

from inspection.domain.listing import ListAsked

LONG_WAIT = timedelta(hours=48)
"""Longer than this is shown as an alert. Nothing is ever accepted by waiting."""

QueueState = Literal["submitted", "returned"]


class QueueAsked(msgspec.Struct, frozen=True, kw_only=True):
    """Which visits, and which page of them: those that wait or those that were returned; of a
    round, below a region, with a flag, waiting for so many hours, returned at least once before.
    """

    list: ListAsked = ListAsked()
    state: QueueState = "submitted"
    round: str = ""
    region_path: str = ""
    flag: str = ""
    waited: int = 0
    again: bool = False


EVERYTHING = QueueAsked()
