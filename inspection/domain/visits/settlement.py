"""How an administrator settles content that was refused after it arrived whole."""

from enum import StrEnum

from inspection.domain.plain_text import plain
from inspection.domain.refusals import AssignmentCancelled, ParkedNoteMissing, ParkedUnacceptable

MOST_NOTE = 500


class Settlement(StrEnum):
    """What became of it: set aside with a note, or accepted after all."""

    NOTED = "noted"
    ACCEPTED = "accepted"


ACCEPTABLE = frozenset({AssignmentCancelled.code})
"""Refused for a reason an administrator can take back. A locked round's ranking was announced, an
assignment has one visit, and what contradicts its rubric has no score.
"""


def checked_note(text: str) -> str:
    """The note as it is kept. Raises ParkedNoteMissing when nothing is said."""
    if not (note := plain(text, "note", MOST_NOTE)):
        raise ParkedNoteMissing
    return note


def check_acceptable(code: str) -> None:
    """Raises ParkedUnacceptable for content refused for a reason nobody can take back."""
    if code not in ACCEPTABLE:
        raise ParkedUnacceptable
