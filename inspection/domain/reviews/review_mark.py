"""What a reviewer thinks of one item while a visit waits: accepted, or a question about it."""

from enum import StrEnum

import msgspec

from inspection.domain.plain_text import plain
from inspection.domain.refusals.reviewing import QuestionMissing, ReviewChanged

QUESTION = 300
"""Longest question, in characters."""


class Mark(StrEnum):
    """NONE takes a mark back."""

    NONE = "none"
    ACCEPT = "accept"
    ASK = "ask"


class ItemMark(msgspec.Struct, frozen=True, kw_only=True):
    """The mark of an item. `version` counts its changes: 0 was never marked."""

    mark: Mark = Mark.NONE
    question: str = ""
    version: int = 0


UNMARKED = ItemMark()


def marked(known: ItemMark, mark: Mark, question: str, seen: int) -> ItemMark:
    """The item with its new mark. Refuses a question without words, and a form that was shown
    another mark than the one there is, unless it asks for that very one.
    """
    asked = plain(question, "question", QUESTION) if mark is Mark.ASK else ""
    if mark is Mark.ASK and not asked:
        raise QuestionMissing
    if (mark, asked) == (known.mark, known.question):
        return known
    if seen != known.version:
        raise ReviewChanged
    return ItemMark(mark=mark, question=asked, version=known.version + 1)
