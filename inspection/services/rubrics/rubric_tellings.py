"""Who is told of a draft of a rubric."""

from inspection.domain.access import Actor
from inspection.domain.messages.message import Message, MessageKind, people
from inspection.persistence.people import people as accounts
from inspection.persistence.rubrics.rubric_drafts import DraftRow
from inspection.services.messages.messages import tell
from inspection.services.tools import Tools


async def tell_draft_decided(tools: Tools, by: Actor, found: DraftRow, outcome: str) -> None:
    """Tell whoever had a hand in a draft what became of it, in the caller's transaction."""
    message = Message(
        kind=MessageKind.RUBRIC_DRAFT_DECIDED,
        key=f"rubric_draft.decided {found.id} {found.submitted_at}",
        noun="rubric_draft",
        noun_id=found.id,
        facts={"rubric": found.title_zh or found.code, "outcome": outcome},
        to=(people(*sorted(found.hands)),),
        by=by.account,
    )
    await tell(tools, message)


async def tell_draft_waits(tools: Tools, by: Actor, found: DraftRow) -> None:
    """Tell whoever may decide about a draft that it waits, in the caller's transaction."""
    meant = await accounts.deciders_of_rubrics()
    message = Message(
        kind=MessageKind.RUBRIC_DRAFT_WAITING,
        key=f"rubric_draft {found.id} {found.submitted_at}",
        noun="rubric_draft",
        noun_id=found.id,
        facts={"rubric": found.title_zh or found.code},
        to=(people(*(account for account in meant if not found.written_by(account))),),
        by=by.account,
    )
    await tell(tools, message)
