"""Correcting an item while a visit waits for its review: what it would come to, and doing it."""

from inspection.domain.access import Actor
from inspection.domain.refusals.reviewing import ReviewChanged
from inspection.domain.reviews.correction import ItemCorrection
from inspection.persistence.engine import tx
from inspection.services.reviews.corrections import (
    Corrected,
    Proposed,
    correct,
    propose,
    record_correction,
)
from inspection.services.reviews.review_holding import held, looked_at
from inspection.services.reviews.review_item_results import CorrectionPreview, ItemCase, ItemChange
from inspection.services.tools import Tools


async def preview_correction(
    actor: Actor, case: ItemCase, edit: ItemCorrection
) -> CorrectionPreview:
    """What correcting one item would do to the score; nothing is written. Refuses as
    `correct_item` does.
    """
    found = await looked_at(actor, case.visit, case.attempt)
    proposed = await propose(found, (edit,))
    _check_seen(case, proposed.judgement.row.revision)
    return _preview(proposed)


async def correct_item(
    tools: Tools, actor: Actor, case: ItemCase, edit: ItemCorrection
) -> Corrected:
    """Correct one item of a waiting visit. Raises ReviewChanged when its score is another than the
    one the page showed.
    """
    async with tx():
        found = await held(actor, case.visit, case.attempt)
        corrected = await correct(tools, actor, found, (edit,))
        _check_seen(case, corrected.revision - 1)
        await record_correction(tools, actor, corrected)
    return corrected


def _check_seen(case: ItemCase, revision: int) -> None:
    if case.seen != revision:
        raise ReviewChanged


def _preview(proposed: Proposed) -> CorrectionPreview:
    old, new = proposed.judgement.old, proposed.card
    before = {score.item: score.lost for score in old.items}
    return CorrectionPreview(
        total=(old.total, new.total),
        outcome=(old.outcome, new.outcome),
        band=(old.band or "", new.band or ""),
        items=tuple(
            ItemChange(item=score.item, old=before[score.item], new=score.lost)
            for score in new.items
            if score.lost != before[score.item]
        ),
    )
