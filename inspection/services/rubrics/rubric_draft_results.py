"""What callers are told about a draft of a rubric."""

from datetime import datetime

import msgspec

from inspection.domain.access import Action, Actor, granted
from inspection.domain.rubrics.rubric import Text
from inspection.domain.rubrics.rubric_document import (
    Checked,
    Document,
    DraftFault,
    Sums,
    check_document,
)
from inspection.domain.rubrics.rubric_draft import DraftMove, DraftState, allowed
from inspection.persistence.rubrics import rubric_drafts, rubrics
from inspection.persistence.rubrics.rubric_drafts import DraftRow
from inspection.persistence.rubrics.rubrics import VersionRow
from inspection.services.rubrics.rubric_bodies import document_in


class DraftReport(msgspec.Struct, frozen=True, kw_only=True):
    """What a draft as it is kept comes to. `seen` is its version: whoever changes it says it."""

    seen: int
    state: DraftState
    faults: tuple[DraftFault, ...]
    sums: Sums


class RubricDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A draft as its writers and judges see it."""

    id: str
    code: str
    title: Text
    state: DraftState
    seen: int
    document: Document
    report: DraftReport
    based_on: VersionRow | None
    published: VersionRow | None
    author: str
    changed_by: str
    changed_by_you: bool
    changed_at: datetime
    submitted_at: datetime | None
    wrote_in_it: bool
    can_edit: bool


async def shown(actor: Actor, row: DraftRow) -> RubricDraft:
    """The draft with the names of those who wrote it."""
    document = document_in(row)
    names = await rubric_drafts.names_of({row.author, row.changed_by})
    may_edit = granted(actor.role, Action.RUBRIC_DRAFT_EDIT)
    return RubricDraft(
        id=row.id,
        code=row.code,
        title=Text(row.title_zh, row.title_en),
        state=row.state,
        seen=row.saves,
        document=document,
        report=report_on(row, check_document(document)),
        based_on=await rubrics.find_version(row.based_on) if row.based_on else None,
        published=await rubrics.find_version(row.published) if row.published else None,
        author=names[row.author],
        changed_by=names[row.changed_by],
        changed_by_you=row.changed_by == actor.account,
        changed_at=row.changed_at,
        submitted_at=row.submitted_at,
        wrote_in_it=row.written_by(actor.account),
        can_edit=may_edit and allowed(row.state, DraftMove.EDIT),
    )


def report_on(row: DraftRow, checked: Checked) -> DraftReport:
    """What is said about a row whose document was looked at."""
    return DraftReport(seen=row.saves, state=row.state, faults=checked.faults, sums=checked.sums)
