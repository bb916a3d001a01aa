"""Photos that show how an item should look: cleaned as they come, named by what is left of them."""

import asyncio
import hashlib

import msgspec

from inspection.domain.access import ANYWHERE, Action, Actor, may
from inspection.domain.photos.photo import HEAD_BYTES, recognised, refused
from inspection.domain.refusals import NotAllowed, NotFound
from inspection.domain.rubrics.rubric_draft import DraftMove, move
from inspection.persistence.engine import tx
from inspection.persistence.rubrics import rubric_photos
from inspection.persistence.rubrics.rubric_photos import RubricPhotoRow
from inspection.services.changes import record
from inspection.services.photos.photo_cleaning import Copies, Unusable, make_copies
from inspection.services.rubrics.rubric_reach import held, reached
from inspection.services.tools import Tools


class RubricPhoto(msgspec.Struct, frozen=True, kw_only=True):
    """A photo a draft may name by its SHA-256."""

    sha256: str
    width: int
    height: int


async def add_rubric_photo(tools: Tools, actor: Actor, draft: str, content: bytes) -> RubricPhoto:
    """Keep the clean pixels of a photo for a draft that is being written; the draft itself names
    it when it is kept. Raises NotFound, MoveRefused, PhotoRefused.
    """
    row = await reached(actor, Action.RUBRIC_DRAFT_EDIT, draft)
    move(row.state, DraftMove.EDIT)
    recognised(content[:HEAD_BYTES])
    copies = await asyncio.to_thread(make_copies, content)
    if isinstance(copies, Unusable):
        raise refused(copies.reason)
    sha256 = hashlib.sha256(copies.evidence).hexdigest()
    # The bytes before the row that promises them.
    await tools.photos.put(sha256, copies.evidence)
    return await _noted(tools, actor, draft, sha256, copies)


async def rubric_photo(tools: Tools, actor: Actor, sha256: str) -> bytes:
    """A photo of some rubric, for whoever reads rubrics. Raises NotAllowed or NotFound."""
    if not any(may(actor, action, ANYWHERE) for action in _READING):
        raise NotAllowed
    if not await rubric_photos.is_known(sha256):
        raise NotFound(noun="photo")
    return await tools.photos.get(sha256)


_READING = (Action.RUBRIC_READ, Action.RUBRIC_BROWSE)


async def _noted(
    tools: Tools, actor: Actor, draft: str, sha256: str, copies: Copies
) -> RubricPhoto:
    photo = RubricPhotoRow(
        sha256=sha256,
        width=copies.width,
        height=copies.height,
        size=len(copies.evidence),
        account=actor.account,
        added_at=tools.now(),
    )
    async with tx():
        row = await held(actor, Action.RUBRIC_DRAFT_EDIT, draft)
        await rubric_photos.add_photo(photo)
        facts = {"code": row.code, "photo": sha256}
        await record(tools, actor, "rubric_photo.add", ("rubric_draft", draft), facts)
    return RubricPhoto(sha256=sha256, width=photo.width, height=photo.height)
