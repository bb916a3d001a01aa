"""A visit going back to its inspector: until when, and every question in one text for the phone."""

from datetime import datetime, timedelta

from msgspec import structs

from inspection.domain.deadline import at_hour
from inspection.domain.messages.message import Message, MessageKind, people
from inspection.persistence.reviews import review_marks
from inspection.persistence.reviews.reviews import ReviewedVisit, ReviewRow
from inspection.services.messages.messages import tell
from inspection.services.rubrics.rubrics import rubric_of
from inspection.services.tools import Tools
from inspection.services.visits.published_visits import LANGUAGE
from inspection.wording import catalogue


async def with_deadline(found: ReviewedVisit, row: ReviewRow, hours: int) -> ReviewRow:
    """The return as it is kept: when it is due, and the reason with the questions as the inspector
    reads them.
    """
    due_at = row.decided_at + timedelta(hours=hours)
    return structs.replace(row, due_at=due_at, told=await _told(found, row, due_at))


async def tell_inspector(tools: Tools, found: ReviewedVisit, row: ReviewRow) -> None:
    """The inspector learns that a visit came back, in the caller's transaction."""
    message = Message(
        kind=MessageKind.VISIT_RETURNED,
        key=row.id,
        noun="visit",
        noun_id=found.visit,
        facts={"store": found.store_name},
        to=(people(found.inspector),),
    )
    await tell(tools, message)


async def _told(found: ReviewedVisit, row: ReviewRow, due_at: datetime) -> str:
    words = catalogue(LANGUAGE)
    rubric = await rubric_of(found.rubric_version)
    said = [row.reason] if row.reason else []
    for item, question in await review_marks.questions_on(found.visit, found.attempt):
        known = rubric.item(item)
        title = known.title.of(LANGUAGE) if known else ""
        said.append(words["review.question_line"].format(item=item, title=title, text=question))
    day = at_hour(due_at, words, beside=row.decided_at)
    said.append(words["review.due_line"].format(at=day))
    return "\n".join(said)
