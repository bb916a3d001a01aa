"""Imports on the screen: sending a file, looking at what it would do, ordering it, undoing it."""

import hashlib
from collections.abc import Mapping

import msgspec

from inspection.domain.access import Action, Actor, Place
from inspection.domain.listing import ListAsked
from inspection.domain.refusals import (
    BodyTooLarge,
    ImportFaulty,
    ImportNothing,
    ImportTooOld,
    ImportUsed,
    MoveRefused,
    NotFound,
    UploadMissing,
)
from inspection.domain.sheet import LARGEST_SHEET
from inspection.domain.sheet_import import (
    UNDO_WITHIN,
    Duplicates,
    Facts,
    ImportNoun,
    ImportState,
    JudgedRow,
    Outcome,
    is_written,
    may_be_undone,
)
from inspection.persistence import jobs, sheet_imports
from inspection.persistence.engine import read_tx, tx
from inspection.persistence.engines.integrity import ReferenceBroken
from inspection.persistence.job_progress import JobProgress, progress_of
from inspection.persistence.sheet_imports import ImportListed, ImportRow
from inspection.services.changes import record
from inspection.services.import_kind import ImportKind
from inspection.services.import_work import CHECK, KINDS, WRITE
from inspection.services.reach import check_granted, check_reach, scope_of
from inspection.services.tools import Tools

MOST_NAMED = 5
NOUNS = tuple(KINDS)
_WORKS = {ImportState.CHECKING: CHECK, ImportState.WRITING: WRITE}


class SentFile(msgspec.Struct, frozen=True):
    """A file as it came: its name on the sender's machine, and its bytes."""

    name: str
    content: bytes


class ImportList(msgspec.Struct, frozen=True, kw_only=True):
    """A page of imports."""

    rows: tuple[ImportListed, ...]
    total: int
    sort: str
    next_cursor: str | None


class ImportDetail(msgspec.Struct, frozen=True, kw_only=True):
    """An import with a page of its rows. `progress` is there while a job is under way."""

    found: ImportRow
    rows: tuple[JudgedRow, ...]
    total: int
    next_cursor: str | None
    progress: JobProgress | None
    can_undo: bool
    made: frozenset[str]


async def receive_import(tools: Tools, actor: Actor, noun: ImportNoun, file: SentFile) -> str:
    """Keep a file and have it checked; the import's id. Nothing is written. Raises UploadMissing
    or BodyTooLarge.
    """
    check_granted(actor, Action.IMPORT_EDIT)
    if not file.content:
        raise UploadMissing
    if len(file.content) > LARGEST_SHEET:
        raise BodyTooLarge(limit=LARGEST_SHEET)
    sha256 = hashlib.sha256(file.content).hexdigest()
    await tools.photos.sealed.put(sha256, file.content)
    row = ImportRow(
        id=tools.random_id(),
        noun=noun,
        file_name=file.name[-200:],
        sha256=sha256,
        account=actor.account,
        region_path=actor.region_path,
        state=ImportState.CHECKING,
        jobs=1,
        created_at=tools.now(),
    )
    async with tx():
        await sheet_imports.add_import(row)
        await _leave_work(tools, actor, row)
        body = {"noun": noun.value, "file": row.file_name, "sha256": sha256}
        await record(tools, actor, "import.receive", ("import", row.id), body)
    return row.id


async def order_writing(
    tools: Tools, actor: Actor, id: str, duplicates: Duplicates, *, only_right: bool
) -> None:
    """Have the rows written as they were shown. Raises ImportFaulty while rows are faulty unless
    only the right ones are wanted, ImportNothing when that is none.
    """
    async with tx():
        found = await _locked(actor, id)
        if found.state is not ImportState.CHECKED:
            raise MoveRefused(noun="import", state=found.state.value, move="write")
        if found.faulty and not only_right:
            raise ImportFaulty(faulty=found.faulty)
        counts = {Outcome.NEW: found.added, Outcome.CHANGED: found.changed}
        if not sum(n for outcome, n in counts.items() if is_written(outcome, duplicates)):
            raise ImportNothing
        ordered = msgspec.structs.replace(
            found,
            state=ImportState.WRITING,
            duplicates=duplicates,
            drifted=0,
            faults="[]",
            jobs=found.jobs + 1,
        )
        await sheet_imports.keep_import(ordered)
        await _leave_work(tools, actor, ordered)
        body = {"duplicates": duplicates.value, "only_right": only_right}
        await record(tools, actor, "import.order", ("import", id), body)


async def undo_import(tools: Tools, actor: Actor, id: str) -> None:
    """Take a whole import back. Raises ImportTooOld, or ImportUsed when something happened to one
    of its rows since: then everything stays.
    """
    try:
        async with tx():
            found = await _locked(actor, id)
            await _undo(tools, actor, found)
    except ReferenceBroken:
        raise ImportUsed(count=1, codes="") from None


async def import_list(actor: Actor, asked: ListAsked) -> ImportList:
    """The imports into the caller's part of the tree, latest first."""
    scope = scope_of(actor, Action.IMPORT_READ)
    async with read_tx():
        rows, page = await sheet_imports.list_imports(scope, asked)
    return ImportList(rows=rows, total=page.total, sort=page.sort, next_cursor=page.next_cursor)


async def import_detail(
    tools: Tools, actor: Actor, id: str, outcome: Outcome | None, asked: ListAsked
) -> ImportDetail:
    """One import with the rows of one outcome: the faulty ones first, while there are any."""
    async with read_tx():
        found = await _reached(actor, id, Action.IMPORT_READ)
        rows, page = await sheet_imports.list_rows(id, outcome or usual_outcome(found), asked)
        work = _WORKS.get(found.state)
        return ImportDetail(
            found=found,
            rows=rows,
            total=page.total,
            next_cursor=page.next_cursor,
            progress=await progress_of(_job_key(work, found)) if work else None,
            can_undo=may_be_undone(found.state, found.written_at, tools.now()),
            made=KINDS[found.noun].made,
        )


async def failed_rows(actor: Actor, id: str) -> tuple[ImportRow, tuple[JudgedRow, ...]]:
    """The rows that are faulty, with what is wrong."""
    async with read_tx():
        found = await _reached(actor, id, Action.IMPORT_READ)
        return found, await sheet_imports.rows_of(id, (Outcome.FAULTY,))


def usual_outcome(found: ImportRow) -> Outcome:
    """What is looked at first: what needs a person, then what would change most."""
    counts: Mapping[Outcome, int] = {
        Outcome.FAULTY: found.faulty,
        Outcome.CHANGED: found.changed,
        Outcome.NEW: found.added,
    }
    return next((outcome for outcome, count in counts.items() if count), Outcome.UNCHANGED)


async def _undo(tools: Tools, actor: Actor, found: ImportRow) -> None:
    if found.state is not ImportState.WRITTEN:
        raise MoveRefused(noun="import", state=found.state.value, move="undo")
    if not may_be_undone(found.state, found.written_at, tools.now()):
        raise ImportTooOld(hours=int(UNDO_WITHIN.total_seconds() // 3600))
    kind = KINDS[found.noun]
    rows = await sheet_imports.rows_of(found.id, (Outcome.NEW, Outcome.CHANGED))
    written = [row for row in rows if is_written(row.outcome, found.duplicates)]
    if blocked := await _blocked(kind, written):
        raise ImportUsed(count=len(blocked), codes=", ".join(blocked[:MOST_NAMED]))
    await kind.undo(tools, actor, written)
    undone = msgspec.structs.replace(found, state=ImportState.UNDONE, undone_at=tools.now())
    await sheet_imports.keep_import(undone)
    body = {"noun": found.noun.value, "rows": len(written), "file": found.file_name}
    await record(tools, actor, "import.undo", ("import", found.id), body)


async def _blocked(kind: ImportKind, written: list[JudgedRow]) -> list[str]:
    kept = await kind.kept([row.code for row in written])
    changed = {row.code for row in written if not _same(kept.get(row.code), row.after, kind.made)}
    new = [row.after for row in written if row.outcome is Outcome.NEW and row.after]
    used = await kind.used(new)
    return [row.code for row in written if row.code in changed | used]


def _same(kept: Facts | None, after: Facts | None, made: frozenset[str]) -> bool:
    if kept is None or after is None:
        return False
    return all(kept.get(field) == value for field, value in after.items() if field not in made)


async def _leave_work(tools: Tools, by: Actor, row: ImportRow) -> None:
    kind = _WORKS[row.state]
    key = _job_key(kind, row)
    payload = {"sheet_import": row.id, "ordered_by": by.account}
    await jobs.enqueue(kind=kind, key=key, payload=payload, at=tools.now())


def _job_key(kind: str, row: ImportRow) -> str:
    return f"{kind} {row.id} {row.jobs}"


async def _reached(actor: Actor, id: str, action: Action) -> ImportRow:
    check_granted(actor, action)
    return _checked(actor, action, await sheet_imports.find_import(id))


async def _locked(actor: Actor, id: str) -> ImportRow:
    check_granted(actor, Action.IMPORT_EDIT)
    return _checked(actor, Action.IMPORT_EDIT, await sheet_imports.lock_import(id))


def _checked(actor: Actor, action: Action, found: ImportRow | None) -> ImportRow:
    if found is None:
        raise NotFound(noun="import")
    check_reach(actor, action, Place(region_path=found.region_path), "import")
    return found
