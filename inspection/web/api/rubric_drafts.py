"""Drafts of rubrics for the editing screen: read, kept over the version that was seen, checked."""

from datetime import datetime
from typing import Any

import msgspec
from litestar import get, post, put
from litestar.params import FromPath

from inspection.domain.access import Action
from inspection.domain.rubrics.rubric_document import LARGEST_DOCUMENT, DraftFault, Sums
from inspection.services.rubrics import rubric_drafts
from inspection.services.rubrics.rubric_drafts import DraftReport
from inspection.web.decoding import json_of
from inspection.web.guards import needs
from inspection.web.languages import language_of
from inspection.web.sentences import edited
from inspection.web.session import WebRequest, actor_of, tools_of
from inspection.wording import Language


class RubricDraftIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A document to keep over the version the sender saw."""

    seen: int
    document: dict[str, Any]


class DocumentIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A document to look at."""

    document: dict[str, Any]


class DocumentFaultOut(msgspec.Struct, frozen=True):
    """One fault: its path within the document, its stable code, its sentence."""

    path: str
    code: str
    detail: str


class DocumentReportOut(msgspec.Struct, frozen=True, kw_only=True):
    """What a document comes to: nothing to mend, or its faults; its sums in hundredths."""

    faults: tuple[DocumentFaultOut, ...]
    sums: Sums


class RubricDraftReportOut(DocumentReportOut, frozen=True, kw_only=True):
    """The same of the document that is kept now, under the version `seen`."""

    seen: int
    state: str


class RubricDraftOut(msgspec.Struct, frozen=True, kw_only=True):
    """A draft with its document as it is kept."""

    id: str
    code: str
    state: str
    seen: int
    document: dict[str, Any]
    report: RubricDraftReportOut
    based_on: str | None
    author: str
    changed_by: str
    changed_by_you: bool
    changed_at: datetime
    can_edit: bool


@get("/api/rubric-drafts/{id:str}", opt=needs(Action.RUBRIC_DRAFT_READ))
async def read_draft(request: WebRequest, id: FromPath[str]) -> RubricDraftOut:
    """A draft with its document and its faults."""
    found = await rubric_drafts.draft_of(actor_of(request), id)
    return RubricDraftOut(
        id=found.id,
        code=found.code,
        state=found.state.value,
        seen=found.seen,
        document=found.document,
        report=_report(language_of(request), found.report),
        based_on=found.based_on.digest if found.based_on else None,
        author=found.author,
        changed_by=found.changed_by,
        changed_by_you=found.changed_by_you,
        changed_at=found.changed_at,
        can_edit=found.can_edit,
    )


@put("/api/rubric-drafts/{id:str}", opt=needs(Action.RUBRIC_DRAFT_EDIT, reads=RubricDraftIn))
async def keep_draft(request: WebRequest, id: FromPath[str]) -> RubricDraftReportOut:
    """Keep a document, finished or not; 409 when another version than `seen` is kept."""
    sent = await json_of(request, RubricDraftIn, limit=2 * LARGEST_DOCUMENT)
    report = await rubric_drafts.keep_draft(
        tools_of(request), actor_of(request), id, sent.document, sent.seen
    )
    return _report(language_of(request), report)


@post(
    "/api/rubric-drafts/{id:str}/checks",
    opt=needs(Action.RUBRIC_DRAFT_EDIT, reads=DocumentIn),
    status_code=200,
)
async def check_draft(request: WebRequest, id: FromPath[str]) -> DocumentReportOut:
    """What a document would come to as this draft; nothing is kept."""
    actor = actor_of(request)
    sent = await json_of(request, DocumentIn, limit=2 * LARGEST_DOCUMENT)
    checked = await rubric_drafts.check_draft(actor, id, sent.document)
    faults = _faults(language_of(request), checked.faults)
    return DocumentReportOut(faults=faults, sums=checked.sums)


def _report(language: Language, report: DraftReport) -> RubricDraftReportOut:
    return RubricDraftReportOut(
        seen=report.seen,
        state=report.state.value,
        faults=_faults(language, report.faults),
        sums=report.sums,
    )


def _faults(language: Language, faults: tuple[DraftFault, ...]) -> tuple[DocumentFaultOut, ...]:
    return tuple(
        DocumentFaultOut(fault.path, fault.code, edited(language, fault.code, fault.facts))
        for fault in faults
    )


ROUTES = [read_draft, keep_draft, check_draft]
