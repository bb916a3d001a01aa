"""What was found at a store: the facts a phone sends. They carry findings, never points."""

from datetime import datetime
from typing import Annotated, Literal

import msgspec

Verdict = Literal["pass", "loss", "na", "not_observed"]

PhotoPolicy = Literal["record_may_replace", "required"]
"""Covert visits may write a record where a photo would give the inspector away; others may not."""


class Answer(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """The finding on one item. Which fields speak depends on the item's rule: `option` for a tier,
    `count` (and `veto`) for occurrences, `ticks` for a sum, `measured` for a measurement.
    `reason` says why an item is N/A or not observed, or why a record stands in for a photo.
    `observed_at` is when it was seen, where that was noted apart from when it was entered.
    """

    item: str
    verdict: Verdict
    option: str | None = None
    count: int | None = None
    ticks: tuple[str, ...] = ()
    measured: str | None = None
    veto: bool = False
    note: str = ""
    reason: str = ""
    photos: tuple[str, ...] = ()
    corrected_on_spot: bool = False
    observed_at: Annotated[datetime, msgspec.Meta(tz=True)] | None = None


class Answers(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """All findings of one visit, and the codes of the bonuses claimed."""

    items: tuple[Answer, ...]
    bonuses: tuple[str, ...] = ()


class EarlierFindings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """Items that lost marks in the last locked round of the same rubric family and still stand."""

    round: str = ""
    items: tuple[str, ...] = ()


NOTHING_EARLIER = EarlierFindings()


class AnswerFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One visit in a file: all a score depends on but the rubric itself, which `rubric` names."""

    rubric: str
    features: tuple[str, ...]
    answers: tuple[Answer, ...]
    bonuses: tuple[str, ...] = ()
    earlier: EarlierFindings = NOTHING_EARLIER
    photos: PhotoPolicy = "record_may_replace"

    def findings(self) -> Answers:
        """The part the inspector gave."""
        return Answers(self.answers, self.bonuses)
