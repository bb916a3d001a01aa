"""Taking a whole import back, while nothing happened to what it wrote."""

import msgspec

from inspection.domain.access import Actor
from inspection.domain.imports.sheet_import import (
    UNDO_WITHIN,
    Facts,
    ImportState,
    JudgedRow,
    Outcome,
    is_written,
    may_be_undone,
)
from inspection.domain.refusals import ImportTooOld, ImportUsed, MoveRefused
from inspection.persistence.engine import tx
from inspection.persistence.engines.integrity import ReferenceBroken
from inspection.persistence.imports import sheet_imports
from inspection.persistence.imports.sheet_imports import ImportRow
from inspection.services.changes import record
from inspection.services.imports.import_kind import ImportKind
from inspection.services.imports.import_reach import check_people, locked_import
from inspection.services.imports.import_work import KINDS
from inspection.services.tools import Tools

MOST_NAMED = 5


async def undo_import(tools: Tools, actor: Actor, id: str) -> None:
    """Take a whole import back. Raises ImportTooOld, or ImportUsed when something happened to one
    of its rows since: then everything stays; ProofNeeded for people.
    """
    try:
        async with tx():
            found = await locked_import(actor, id)
            await check_people(tools, actor, found.noun)
            await _undo(tools, actor, found)
    except ReferenceBroken:
        raise ImportUsed(count=1, codes="") from None


async def _undo(tools: Tools, actor: Actor, found: ImportRow) -> None:
    if found.state is not ImportState.WRITTEN:
        raise MoveRefused(noun="import", state=found.state.value, move="undo")
    if not may_be_undone(found.state, found.written_at, tools.now()):
        raise ImportTooOld(hours=int(UNDO_WITHIN.total_seconds() // 3600))
    kind = KINDS[found.noun]
    await kind.hold()
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
    kept, beside = await kind.kept([row.code for row in written]), kind.made | kind.follows
    changed = {row.code for row in written if not _same(kept.get(row.code), row.after, beside)}
    new = [row.after for row in written if row.outcome is Outcome.NEW and row.after]
    used = await kind.used(new)
    return [row.code for row in written if row.code in changed | used]


def _same(kept: Facts | None, after: Facts | None, beside: frozenset[str]) -> bool:
    if kept is None or after is None:
        return False
    return all(kept.get(field) == value for field, value in after.items() if field not in beside)
