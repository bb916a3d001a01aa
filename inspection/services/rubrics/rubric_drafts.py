"""Writing rubrics: a draft is begun, kept as often as its writers like, and thrown away."""

import msgspec

from inspection.domain.access import Action, Actor
from inspection.domain.refusals import RubricDraftChanged
from inspection.domain.rubrics.rubric_document import (
    Checked,
    Document,
    check_document,
    tidy,
)
from inspection.domain.rubrics.rubric_draft import DraftMove, DraftState, move
from inspection.domain.rubrics.rubric_leaves import changed_leaves
from inspection.persistence.engine import tx
from inspection.persistence.rubrics import rubric_drafts
from inspection.persistence.rubrics.rubric_drafts import DraftRow
from inspection.services.changes import record
from inspection.services.rubrics.rubric_bodies import body_of, document_in, names_in
from inspection.services.rubrics.rubric_draft_results import (
    DraftReport,
    RubricDraft,
    report_on,
    shown,
)
from inspection.services.rubrics.rubric_reach import NOUN, held, reached
from inspection.services.rubrics.rubric_starts import NewRubric, start_draft
from inspection.services.tools import Tools

__all__ = [
    "DraftReport",
    "NewRubric",
    "RubricDraft",
    "check_draft",
    "discard_draft",
    "draft_of",
    "keep_draft",
    "start_draft",
]


async def draft_of(actor: Actor, draft: str) -> RubricDraft:
    """A draft with its document and what it comes to. Raises NotFound."""
    return await shown(actor, await reached(actor, Action.RUBRIC_DRAFT_READ, draft))


async def check_draft(actor: Actor, draft: str, document: Document) -> Checked:
    """What a document would come to as this draft. Raises NotFound or BodyTooLarge."""
    await reached(actor, Action.RUBRIC_DRAFT_EDIT, draft)
    body_of(document)
    return check_document(tidy(document))


async def keep_draft(
    tools: Tools, actor: Actor, draft: str, document: Document, seen: int
) -> DraftReport:
    """Keep a document, finished or not, over the version `seen`; the same again changes nothing.
    Raises RubricDraftChanged when another version is kept meanwhile, MoveRefused, BodyTooLarge.
    """
    document = tidy(document)
    body, checked = body_of(document), check_document(document)
    async with tx():
        row = await held(actor, Action.RUBRIC_DRAFT_EDIT, draft)
        state = move(row.state, DraftMove.EDIT)
        if body == row.body:
            return report_on(row, checked)
        await check_seen(row, seen)
        after = _rewritten(tools, actor, row, document)
        await rubric_drafts.change_draft(msgspec.structs.replace(after, state=state))
        changed = changed_leaves(document_in(row), document)
        facts = {"code": after.code, "changes": changed}
        await record(tools, actor, "rubric_draft.edit", (NOUN, draft), facts)
    return report_on(after, checked)


async def discard_draft(tools: Tools, actor: Actor, draft: str, seen: int) -> None:
    """Throw a draft away; it is kept, and nobody goes on with it. Raises RubricDraftChanged or
    MoveRefused.
    """
    async with tx():
        row = await held(actor, Action.RUBRIC_DRAFT_EDIT, draft)
        state = move(row.state, DraftMove.DISCARD)
        await check_seen(row, seen)
        await rubric_drafts.change_draft(msgspec.structs.replace(row, state=state))
        changes = {"state": [row.state, DraftState.DISCARDED]}
        facts = {"code": row.code, "changes": changes}
        await record(tools, actor, "rubric_draft.discard", (NOUN, draft), facts)


async def check_seen(row: DraftRow, seen: int) -> None:
    """Raises RubricDraftChanged naming who kept what the caller did not see."""
    if seen != row.saves:
        names = await rubric_drafts.names_of({row.changed_by})
        raise RubricDraftChanged(name=names[row.changed_by], seen=row.saves)


def _rewritten(tools: Tools, actor: Actor, row: DraftRow, document: Document) -> DraftRow:
    writers = msgspec.json.decode(row.writers, type=list[str])
    return msgspec.structs.replace(
        row,
        **names_in(document),
        body=body_of(document),
        saves=row.saves + 1,
        writers=msgspec.json.encode(sorted({*writers, actor.account})).decode(),
        changed_at=tools.now(),
        changed_by=actor.account,
    )
