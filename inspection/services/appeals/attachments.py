"""Files people attach: documents kept as they came, only ever saved; photos cleaned as all are."""

import hashlib
from collections.abc import AsyncIterator

import msgspec

from inspection.domain.access import Action, Actor
from inspection.domain.appeals.attachment import MOST_FILES, check_document, check_photo, file_name
from inspection.domain.photos.photo import HEAD_BYTES
from inspection.domain.refusals.appeals import AttachmentMissing, AttachmentsTooMany
from inspection.persistence.appeals import appeal_threads
from inspection.persistence.appeals.appeal_threads import AppealFileRow, AttachmentRow, FileKind
from inspection.persistence.engine import tx
from inspection.services.photos.photos import append_piece
from inspection.services.pieces import Piece
from inspection.services.reach import check_granted
from inspection.services.tools import Tools


class SentFile(msgspec.Struct, frozen=True):
    """A file as a form brings it."""

    name: str
    content: bytes


class Files(msgspec.Struct, frozen=True, kw_only=True):
    """What is attached, by the SHA-256 of what was sent: it must have arrived before. `names` are
    what documents are to be called that came without a name.
    """

    photos: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    names: dict[str, str] = {}


NO_FILES = Files()


class _Arrived(msgspec.Struct, frozen=True):
    kind: FileKind
    sha256: str
    name: str
    size: int


async def keep_document(tools: Tools, actor: Actor, name: str, content: bytes) -> str:
    """Keep a document for an appeal to name; its SHA-256. The same one again changes nothing.
    Raises AttachmentRefused.
    """
    check_granted(actor, Action.APPEAL_FILE)
    check_document(content)
    sha256 = hashlib.sha256(content).hexdigest()
    # The bytes before the row that promises them.
    await tools.photos.put(sha256, content)
    row = AttachmentRow(
        id=tools.new_id(),
        account=actor.account,
        sha256=sha256,
        name=file_name(name),
        size=len(content),
        created_at=tools.now(),
    )
    async with tx():
        await appeal_threads.add_attachment(row)
    return sha256


async def keep_files(tools: Tools, actor: Actor, sent: tuple[SentFile, ...]) -> Files:
    """Keep what a form brought: a PDF as a document, everything else as a photo. Raises
    AttachmentRefused, AttachmentsTooMany, PhotoRefused and as photos are refused.
    """
    check_granted(actor, Action.APPEAL_FILE)
    if len(sent) > MOST_FILES:
        raise AttachmentsTooMany(most=MOST_FILES)
    photos, documents = [], []
    for file in sent:
        if _is_photo(file):
            photos.append(await _keep_photo(tools, actor, file.content))
        else:
            documents.append(await keep_document(tools, actor, file.name, file.content))
    return Files(photos=tuple(dict.fromkeys(photos)), documents=tuple(dict.fromkeys(documents)))


async def add_files(tools: Tools, actor: Actor, appeal: str, files: Files) -> int:
    """Let an appeal have these files, inside the transaction that holds it; how many are new.
    Raises AttachmentMissing for one that did not arrive, AttachmentsTooMany.
    """
    kept = await appeal_threads.files_of(appeal)
    known = {file.sha256 for file in kept}
    fresh = tuple(file for file in await _found(actor, files) if file.sha256 not in known)
    if len(kept) + len(fresh) > MOST_FILES:
        raise AttachmentsTooMany(most=MOST_FILES)
    rows = tuple(
        AppealFileRow(
            id=tools.random_id(),
            appeal=appeal,
            position=position,
            kind=file.kind,
            sha256=file.sha256,
            name=file.name,
            size=file.size,
            added_by=actor.account,
            added_at=tools.now(),
        )
        for position, file in enumerate(fresh, len(kept) + 1)
    )
    await appeal_threads.add_files(rows)
    return len(rows)


async def kept_names(actor: Actor, files: Files) -> tuple[str, ...]:
    """What the files of a form are called that are here already."""
    known = [await appeal_threads.find_attachment(actor.account, sha) for sha in files.documents]
    return tuple(row.name for row in known if row)


async def _found(actor: Actor, files: Files) -> list[_Arrived]:
    """The files as they arrived, each once."""
    sizes = await appeal_threads.photos_here(files.photos, actor.store or "")
    photos = [_Arrived("photo", sha, "", sizes[sha]) for sha in files.photos if sha in sizes]
    rows = [await appeal_threads.find_attachment(actor.account, sha) for sha in files.documents]
    documents = [
        _Arrived("document", row.sha256, _called(files, row), row.size) for row in rows if row
    ]
    arrived = {file.sha256: file for file in (*photos, *documents)}
    if missing := len({*files.photos, *files.documents}) - len(arrived):
        raise AttachmentMissing(missing=missing)
    return list(arrived.values())


def _called(files: Files, row: AttachmentRow) -> str:
    name = files.names.get(row.sha256)
    return file_name(name) if name else row.name


def _is_photo(file: SentFile) -> bool:
    return not file.content.startswith(b"%PDF-") and not file.name.lower().endswith(".pdf")


async def _keep_photo(tools: Tools, actor: Actor, content: bytes) -> str:
    check_photo(content[:HEAD_BYTES])
    sha256 = hashlib.sha256(content).hexdigest()

    async def stream() -> AsyncIterator[bytes]:
        yield content

    piece = Piece(sha256=sha256, offset=0, length=len(content))
    await append_piece(tools, actor, piece, stream())
    return sha256
