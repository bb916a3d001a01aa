"""A scored visit: numbers in hundredths of a point, and the steps that explain each of them."""

from typing import Literal

import msgspec

from inspection.domain.points import ZERO, Hundredths

Outcome = Literal["pass", "fail", "vetoed", "none"]
ItemStatus = Literal["scored", "switched_off", "na", "not_observed", "info", "unanswered"]


class Step(msgspec.Struct, frozen=True):
    """One step of the reckoning: what happened, at which item or section or the "total".

    An item that simply passed has no step.
    """

    code: str
    place: str
    facts: dict[str, str] = {}


class ItemScore(msgspec.Struct, frozen=True, kw_only=True):
    """One item's result. `lost` includes `repeat_extra` and is already less `refund`."""

    item: str
    section: str
    status: ItemStatus
    full: Hundredths
    lost: Hundredths
    count: int = 0
    repeat_extra: Hundredths = ZERO
    refund: Hundredths = ZERO
    critical: bool = False


class SectionScore(msgspec.Struct, frozen=True, kw_only=True):
    """One section's result. Nothing applicable means no `earned`: its column shows a dash.

    `found` is what the findings cost; `lost` is what the column lacks, N/A accounted for.
    """

    section: str
    full: Hundredths
    applicable: Hundredths
    found: Hundredths
    lost: Hundredths | None
    earned: Hundredths | None


class Scorecard(msgspec.Struct, frozen=True, kw_only=True):
    """The judgement on one visit.

    `raw` is the score before bonus, veto, cap and zeroing; `lost` is `full` less `raw`; `total`
    is the published score. `ordering`, before the cap at full marks, orders a list inside a tie.
    `major_losses` counts items above severity "general" that lost marks, for the same purpose.
    """

    rubric_code: str
    rubric_digest: str
    inputs_digest: str
    full: Hundredths
    lost: Hundredths | None
    raw: Hundredths | None
    bonus: Hundredths
    total: Hundredths | None
    ordering: Hundredths | None
    outcome: Outcome
    band: str | None
    rankable: bool
    major_losses: int
    critical_items: tuple[str, ...]
    flags: tuple[str, ...]
    sections: tuple[SectionScore, ...]
    items: tuple[ItemScore, ...]
    steps: tuple[Step, ...]
