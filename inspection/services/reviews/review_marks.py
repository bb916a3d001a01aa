"""Marking items while a visit waits: accepted, or what the inspector is to be asked."""

from inspection.domain.access import Actor
from inspection.domain.refusals import NotFound
from inspection.domain.reviews.review_mark import UNMARKED, ItemMark, Mark, marked
from inspection.persistence.engine import tx
from inspection.persistence.reviews import review_marks
from inspection.persistence.reviews.review_marks import MarkRow
from inspection.persistence.scoring import scored_visits
from inspection.services.changes import changes, record
from inspection.services.reviews.review_holding import held
from inspection.services.reviews.review_item_results import ItemCase
from inspection.services.tools import Tools


async def mark_item(
    tools: Tools, actor: Actor, case: ItemCase, mark: Mark, question: str = ""
) -> ItemMark:
    """Mark one item of a waiting visit; the same mark again changes nothing. Raises ReviewChanged
    when somebody else marked it since the page was shown.
    """
    async with tx():
        found = await held(actor, case.visit, case.attempt)
        card = await scored_visits.find_card(found.visit, found.attempt)
        if card is None or case.item not in {score.item for score in card.items}:
            raise NotFound(noun="item")
        known = await review_marks.find_mark(found.visit, found.attempt, case.item) or UNMARKED
        after = marked(known, mark, question, case.seen)
        if after is known:
            return known
        await review_marks.keep_mark(_row(tools, actor, case, after))
        body = {"attempt": case.attempt, "item": case.item, "changes": changes(known, after)}
        await record(tools, actor, "visit.mark", ("visit", case.visit), body)
    return after


def _row(tools: Tools, actor: Actor, case: ItemCase, after: ItemMark) -> MarkRow:
    return MarkRow(
        id=tools.new_id(),
        visit=case.visit,
        attempt=case.attempt,
        item=case.item,
        mark=after.mark.value,
        question=after.question,
        version=after.version,
        marked_by=actor.account,
        marked_at=tools.now(),
    )
