"""What was said of a visit's items: corrections, questions, and the items nothing was said of."""

from datetime import datetime

import msgspec

from inspection.domain.points import Hundredths
from inspection.domain.reviews.review_mark import ItemMark, Mark
from inspection.domain.rubrics.rubric import Text


class CorrectionLine(msgspec.Struct, frozen=True, kw_only=True):
    """A correction as it is shown: both facts in words, both losses, who, when and why. `latest`
    is the one in force.
    """

    item: str
    title: Text
    attempt: int
    revision: int
    old: Text
    new: Text
    old_lost: Hundredths
    new_lost: Hundredths
    reason: str
    source: str
    by: str
    at: datetime
    latest: bool


class AskedItem(msgspec.Struct, frozen=True, kw_only=True):
    """A question an earlier attempt was returned with, and what the attempt that counts says."""

    attempt: int
    item: str
    title: Text
    question: str
    now: Text


class OtherItem(msgspec.Struct, frozen=True, kw_only=True):
    """An item that lost nothing."""

    item: str
    section: str
    title: Text
    status: str
    full: Hundredths


class ItemsReviewed(msgspec.Struct, frozen=True, kw_only=True):
    """What was said of a visit's items so far. `marks` are those of the attempt that counts,
    `asked` the questions of earlier ones, `beside` those of now about items that lose nothing.
    """

    revision: int
    marks: dict[str, ItemMark]
    corrections: tuple[CorrectionLine, ...]
    asked: tuple[AskedItem, ...]
    beside: tuple[AskedItem, ...]
    others: tuple[OtherItem, ...]

    @property
    def accepted(self) -> int:
        """How many items somebody accepted one by one."""
        return sum(1 for mark in self.marks.values() if mark.mark is Mark.ACCEPT)

    @property
    def questions(self) -> int:
        """How many items the inspector is to be asked about."""
        return sum(1 for mark in self.marks.values() if mark.mark is Mark.ASK)

    @property
    def corrected(self) -> frozenset[str]:
        """The items whose facts are not those the inspector sent."""
        return frozenset(line.item for line in self.corrections if line.latest)
