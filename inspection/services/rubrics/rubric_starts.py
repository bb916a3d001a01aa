"""Beginning a draft: from a version, from nothing, or from a document somebody has."""

from typing import get_args

import msgspec

from inspection.domain.access import Action, Actor
from inspection.domain.refusals import Fault, RubricCodeTaken, RubricStartRefused
from inspection.domain.rubrics.rubric import StoreKind
from inspection.domain.rubrics.rubric_codes import CODE
from inspection.domain.rubrics.rubric_document import Document, tidy
from inspection.domain.rubrics.rubric_draft import DraftState
from inspection.domain.rubrics.rubric_names import LONGEST_CODE, LONGEST_TITLE
from inspection.domain.rubrics.rubric_writer import document_of
from inspection.persistence.engine import tx
from inspection.persistence.rubrics import rubric_drafts, rubrics
from inspection.persistence.rubrics.rubric_drafts import DraftRow
from inspection.services.changes import record
from inspection.services.reach import check_whole
from inspection.services.rubrics.rubric_blank import blank_document
from inspection.services.rubrics.rubric_bodies import body_of, names_in
from inspection.services.rubrics.rubric_reach import NOUN
from inspection.services.rubrics.rubrics import rubric_of
from inspection.services.tools import Tools


class NewRubric(msgspec.Struct, frozen=True, kw_only=True):
    """A rubric nobody wrote yet: its code, its title in both languages, the stores it is for."""

    code: str
    title_zh: str
    title_en: str
    store_kind: str


async def start_draft(tools: Tools, actor: Actor, begin: str | NewRubric) -> str:
    """Begin a draft from a version, by its digest, or from nothing; its id. Raises NotFound for an
    unknown version, RubricCodeTaken, RubricStartRefused.
    """
    check_whole(actor, Action.RUBRIC_DRAFT_EDIT, NOUN)
    if isinstance(begin, str):
        return await add_draft(tools, actor, document_of(await rubric_of(begin)), begin)
    if faults := tuple(_faults(begin)):
        raise RubricStartRefused(faults=faults)
    if await rubrics.highest_number(begin.code):
        raise RubricCodeTaken(rubric=begin.code)
    document = blank_document(
        code=begin.code,
        title=(begin.title_zh, begin.title_en),
        store_kind=begin.store_kind,
        edition=str(tools.now().year),
    )
    return await add_draft(tools, actor, document, None)


async def add_draft(
    tools: Tools, actor: Actor, document: Document, based_on: str | None, *, file: str = ""
) -> str:
    """Keep a new draft with this document, from a file if one is named; its id. Raises
    BodyTooLarge.
    """
    document = tidy(document)
    now = tools.now()
    row = DraftRow(
        id=tools.new_id(),
        **names_in(document),
        based_on=based_on,
        body=body_of(document),
        saves=0,
        state=DraftState.EDITING,
        author=actor.account,
        writers=msgspec.json.encode([actor.account]).decode(),
        created_at=now,
        changed_at=now,
        changed_by=actor.account,
        submitted_at=None,
        submitted_by=None,
        published=None,
    )
    async with tx():
        await rubric_drafts.add_draft(row)
        facts: dict[str, object] = {"changes": {"state": [None, row.state]}, "based_on": based_on}
        facts |= {"code": row.code} | ({"file": file} if file else {})
        await record(tools, actor, "rubric_draft.start", (NOUN, row.id), facts)
    return row.id


def _faults(new: NewRubric) -> list[Fault]:
    faults = []
    if not CODE.fullmatch(new.code) or len(new.code) > LONGEST_CODE:
        faults.append(Fault("/code", "rubric_draft.code_malformed", most=LONGEST_CODE))
    for field in ("title_zh", "title_en"):
        title = getattr(new, field)
        if not title.strip() or not title.isprintable() or len(title) > LONGEST_TITLE:
            faults.append(Fault(f"/{field}", "rubric_draft.title_malformed", most=LONGEST_TITLE))
    if new.store_kind not in get_args(StoreKind):
        faults.append(Fault("/store_kind", "rubric_draft.store_kind_unknown"))
    return faults
