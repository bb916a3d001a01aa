"""The files of an appeal on their way out: clean copies of photos, documents as they came."""

from typing import Literal

import msgspec

from inspection.domain.access import Action, Actor, Role
from inspection.domain.refusals import NotFound
from inspection.persistence.appeals import appeal_threads
from inspection.persistence.appeals.appeal_threads import KeptFile
from inspection.services.appeals.appeal_access import reached
from inspection.services.tools import Tools

Size = Literal["evidence", "thumb"]


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """A document with the name it is saved under."""

    name: str
    content: bytes


async def appeal_photo(
    tools: Tools, actor: Actor, appeal: str, k: int, size: Size = "evidence"
) -> bytes:
    """A clean copy of a photo by its place. Raises NotFound, also while it is being cleaned."""
    file = await _file(actor, appeal, k, "photo")
    digest = file.evidence_sha256 if size == "evidence" else file.thumb_sha256
    if digest is None:
        raise NotFound(noun="appeal")
    return await tools.photos.get(digest)


async def appeal_document(tools: Tools, actor: Actor, appeal: str, k: int) -> Document:
    """A document by its place. Raises NotFound."""
    file = await _file(actor, appeal, k, "document")
    return Document(name=file.name, content=await tools.photos.get(file.sha256))


async def _file(actor: Actor, appeal: str, k: int, kind: str) -> KeptFile:
    await reached(actor, Action.APPEAL_READ, appeal)
    for file in await appeal_threads.files_of(appeal):
        # What a store attaches may name people: those who inspect read its statement, no more.
        if (file.position, file.kind) == (k, kind) and actor.role is not Role.INSPECTOR:
            return file
    raise NotFound(noun="appeal")
