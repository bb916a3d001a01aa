"""Two rubrics side by side: versions, or a draft and the version it is to follow."""

import msgspec

from inspection.domain.access import Actor
from inspection.domain.refusals import NotFound
from inspection.domain.rubrics.rubric import Text
from inspection.domain.rubrics.rubric_document import Document
from inspection.domain.rubrics.rubric_writer import document_of
from inspection.persistence.engine import read_tx
from inspection.persistence.rubrics import rubrics
from inspection.persistence.rubrics.rubrics import VersionRow
from inspection.services.rubrics.rubric_drafts import RubricDraft, draft_of
from inspection.services.rubrics.rubric_lists import check_browsing
from inspection.services.rubrics.rubrics import rubric_of


class Side(msgspec.Struct, frozen=True, kw_only=True):
    """One of two rubrics: a version with its row, a draft with its id, or nothing at all."""

    title: Text
    document: Document
    row: VersionRow | None = None
    draft: str = ""


NOTHING = Side(title=Text("", ""), document={})


async def sides(actor: Actor, old: str, new: str) -> tuple[Side, Side]:
    """The two rubrics to compare: `old` the digest of a version, `new` another's, or the id of a
    draft. Raises NotFound.
    """
    check_browsing(actor)
    after = await find_version_side(new)
    if after is None:
        found = await draft_of(actor, new)
        after = Side(title=found.title, document=found.document, draft=found.id)
    before = await find_version_side(old)
    if before is None:
        raise NotFound(noun="rubric")
    return before, after


async def base_of(actor: Actor, draft: RubricDraft) -> Side:
    """What a draft is to be looked at beside: the version in force of its code, else the one it was
    begun from, else nothing.
    """
    check_browsing(actor)
    async with read_tx():
        row = await rubrics.version_in_force(draft.code)
    if draft.published:
        row = draft.based_on
    row = row or draft.based_on
    return NOTHING if row is None else await _side(row)


async def find_version_side(digest: str) -> Side | None:
    """A version as one of the two, or None when there is none of that digest."""
    async with read_tx():
        row = await rubrics.find_version(digest)
    return None if row is None else await _side(row)


async def _side(row: VersionRow) -> Side:
    rubric = await rubric_of(row.digest)
    return Side(title=rubric.title, document=document_of(rubric), row=row)
