"""What a ruling changes of the visit: the finding it puts in the place of the disputed one."""

import msgspec

from inspection.domain.access import Actor
from inspection.domain.appeals.appeal import AppealMove
from inspection.domain.appeals.appeal_answers import Lesser, lesser, lesser_answers
from inspection.domain.points import Hundredths
from inspection.domain.refusals import CardUnpublishable
from inspection.domain.refusals.appeals import AppealPartUnfit
from inspection.domain.reviews.correction import CorrectionSource, ItemCorrection, without_loss
from inspection.domain.rubrics.rubric import Item
from inspection.domain.scoring.answers import Answer
from inspection.domain.scoring.scorecard import Scorecard
from inspection.persistence.appeals.appeals import AppealRow
from inspection.persistence.reviews.reviews import ReviewedVisit
from inspection.persistence.scoring import scored_visits
from inspection.services.reviews.corrections import Corrected, correct
from inspection.services.rubrics.rubrics import rubric_of
from inspection.services.tools import Tools


class Ruling(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody decides. `choice` says what was found instead, where it is upheld in part;
    `seen` is the version the page showed.
    """

    verdict: AppealMove
    reason: str
    choice: str = ""
    seen: int | None = None


class Disputed(msgspec.Struct, frozen=True, kw_only=True):
    """The item an appeal is about, with what was found and what it costs now."""

    item: Item
    answer: Answer
    lost: Hundredths
    card: Scorecard

    @property
    def choices(self) -> tuple[Lesser, ...]:
        """The lesser findings to choose from."""
        return lesser_answers(self.item, self.answer)


async def disputed(row: AppealRow) -> Disputed:
    """The item as it counts now. Raises CardUnpublishable for a visit without a card."""
    card = await scored_visits.find_card(row.visit, row.attempt)
    item = (await rubric_of(card.rubric_digest)).item(row.item) if card else None
    answer = (await scored_visits.answers_of(row.visit)).get(row.item)
    if card is None or item is None or answer is None:
        raise CardUnpublishable
    return Disputed(item=item, answer=answer, lost=lost_in(card, row.item), card=card)


async def apply(
    tools: Tools, actor: Actor, visit: ReviewedVisit, row: AppealRow, ruling: Ruling
) -> Corrected | None:
    """Correct the visit by a ruling, in the transaction that holds it; None where nothing changes:
    rejected, or the loss is gone already. Raises AppealPartUnfit.
    """
    if ruling.verdict is AppealMove.REJECT:
        return None
    found = await disputed(row)
    if ruling.verdict is AppealMove.UPHOLD and not found.lost:
        return None
    edit = ItemCorrection(answer=await _answer(row, found, ruling), reason=ruling.reason)
    corrected = await correct(tools, actor, visit, (edit,), CorrectionSource.APPEAL)
    if ruling.verdict is AppealMove.GRANT_PART:
        _check_part(found.lost, lost_in(corrected.new, row.item))
    return corrected


def lost_in(card: Scorecard, item: str) -> Hundredths:
    """What an item costs on a card."""
    return next((score.lost for score in card.items if score.item == item), Hundredths(0))


async def _answer(row: AppealRow, found: Disputed, ruling: Ruling) -> Answer:
    if ruling.verdict is AppealMove.GRANT_PART:
        return lesser(found.item, found.answer, ruling.choice)
    return without_loss(await rubric_of(found.card.rubric_digest), row.item)


def _check_part(before: Hundredths, after: Hundredths) -> None:
    # What a repeated loss or a floor makes of it is only known once the card is reckoned.
    if not 0 < after < before:
        raise AppealPartUnfit
