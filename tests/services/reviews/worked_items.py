"""Items of a visit that waits, worked at."""

from inspection.domain.reviews.review_mark import Mark
from inspection.services.reviews.review_item_results import ItemCase
from inspection.services.reviews.review_marks import mark_item
from tests.cast import SUN

SPOTS = "KC-E-01"
QUESTION = "走到二楼了吗？"


def case(visit, seen=0, item=SPOTS, attempt=1):
    return ItemCase(visit=visit, attempt=attempt, item=item, seen=seen)


async def ask(tools, visit, **more):
    return await mark_item(tools, SUN.actor, case(visit, **more), Mark.ASK, QUESTION)
