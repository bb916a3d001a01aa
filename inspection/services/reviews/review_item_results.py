"""What a reviewer sees and says of one item of a visit."""

from datetime import datetime

import msgspec

from inspection.domain.points import Hundredths
from inspection.domain.reviews.review_mark import ItemMark
from inspection.domain.rubrics.rubric import Item, Text
from inspection.domain.scoring.answers import Answer
from inspection.domain.scoring.scorecard import ItemScore
from inspection.services.people.places import RoundLabel, StoreLabel
from inspection.services.reviews.review_item_lines import CorrectionLine
from inspection.services.reviews.review_results import EvidencePhoto


class ItemCase(msgspec.Struct, frozen=True, kw_only=True):
    """What a form is about: an item of an attempt, as the page showed it. `seen` is the version of
    what it changes: of the mark, or the revision of the card.
    """

    visit: str
    attempt: int
    item: str
    seen: int


class ItemChange(msgspec.Struct, frozen=True, kw_only=True):
    """What one item loses before and after."""

    item: str
    old: Hundredths
    new: Hundredths


class CorrectionPreview(msgspec.Struct, frozen=True, kw_only=True):
    """What a correction would do: old and new of each figure, and every item that moves."""

    total: tuple[Hundredths | None, Hundredths | None]
    outcome: tuple[str, str]
    band: tuple[str, str]
    items: tuple[ItemChange, ...]


class EarlierPhoto(msgspec.Struct, frozen=True, kw_only=True):
    """A photo of the same item from an earlier visit to the same store."""

    visit: str
    round: RoundLabel
    sha256: str
    taken_at: datetime | None


class ItemForReview(msgspec.Struct, frozen=True, kw_only=True):
    """One item with its evidence, its rule, and what may be done about it. `before` and `after`
    are the items to go on to; `can_change` is whether the caller may mark and correct it now.
    """

    visit: str
    attempt: int
    state: str
    store: StoreLabel
    item: Item
    answer: Answer
    score: ItemScore
    problem: Text
    revision: int
    photos: tuple[EvidencePhoto, ...]
    earlier: tuple[EarlierPhoto, ...]
    mark: ItemMark
    corrections: tuple[CorrectionLine, ...]
    before: str | None
    after: str | None
    can_change: bool
