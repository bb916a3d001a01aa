"""Imports on the screen: sending a file, looking at what it would do, ordering it, undoing it."""

import hashlib
from collections.abc import Mapping

import msgspec

from inspection.domain.access import Action, Actor
from inspection.domain.imports.sheet import LARGEST_SHEET
from inspection.domain.imports.sheet_import import (
    Duplicates,
    ImportNoun,
    ImportState,
    JudgedRow,
    Outcome,
    is_written,
    may_be_undone,
)
from inspection.domain.listing import ListAsked
from inspection.domain.refusals import (
    BodyTooLarge,
    ImportFaulty,
    ImportNothing,
    MoveRefused,
    UploadMissing,
)
from inspection.persistence import jobs
from inspection.persistence.engine import read_tx, tx
from inspection.persistence.imports import sheet_imports
from inspection.persistence.imports.sheet_imports import ImportListed, ImportRow
from inspection.persistence.job_progress import JobProgress, progress_of
from inspection.services.changes import record
from inspection.services.imports.import_reach import check_people, locked_import, reached_import
from inspection.services.imports.import_work import CHECK, KINDS, WRITE
from inspection.services.reach import check_granted, scope_of
from inspection.services.tools import Tools

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
    only the right ones are wanted, ImportNothing when that is none, ProofNeeded for people.
    """
    async with tx():
        found = await locked_import(actor, id)
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
        await check_people(tools, actor, found.noun)
        await sheet_imports.keep_import(ordered)
        await _leave_work(tools, actor, ordered)
        body = {"duplicates": duplicates.value, "only_right": only_right}
        await record(tools, actor, "import.order", ("import", id), body)


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
        found = await reached_import(actor, id, Action.IMPORT_READ)
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
        found = await reached_import(actor, id, Action.IMPORT_READ)
        return found, await sheet_imports.rows_of(id, (Outcome.FAULTY,))


def usual_outcome(found: ImportRow) -> Outcome:
    """What is looked at first: what needs a person, then what would change most."""
    counts: Mapping[Outcome, int] = {
        Outcome.FAULTY: found.faulty,
        Outcome.CHANGED: found.changed,
        Outcome.NEW: found.added,
    }
    return next((outcome for outcome, count in counts.items() if count), Outcome.UNCHANGED)


async def _leave_work(tools: Tools, by: Actor, row: ImportRow) -> None:
    kind = _WORKS[row.state]
    key = _job_key(kind, row)
    payload = {"sheet_import": row.id, "ordered_by": by.account}
    await jobs.enqueue(kind=kind, key=key, payload=payload, at=tools.now())


def _job_key(kind: str, row: ImportRow) -> str:
    return f"{kind} {row.id} {row.jobs}"
