"""The long work of an import: reading and judging its file, writing its rows in one transaction."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from itertools import zip_longest

import msgspec

from inspection.domain.access import AccountId, Action, Actor, Place, may
from inspection.domain.imports.sheet import SheetText
from inspection.domain.imports.sheet_import import (
    ImportNoun,
    ImportState,
    JudgedRow,
    Outcome,
    WholeFault,
    faults_by_line,
    is_written,
)
from inspection.domain.refusals import Fault
from inspection.persistence.engine import read_tx, tx
from inspection.persistence.imports import sheet_imports
from inspection.persistence.imports.sheet_imports import ImportRow
from inspection.persistence.people import accounts
from inspection.services.changes import record
from inspection.services.imports.complaint_import import COMPLAINTS
from inspection.services.imports.import_kind import ImportKind, Judged
from inspection.services.imports.person_import import PEOPLE
from inspection.services.imports.store_import import STORES
from inspection.services.overtaking import look_again
from inspection.services.tools import Tools
from inspection.spreadsheets.reading import read_sheet

KINDS: Mapping[ImportNoun, ImportKind] = {
    ImportNoun.STORE: STORES,
    ImportNoun.PERSON: PEOPLE,
    ImportNoun.COMPLAINT: COMPLAINTS,
}

CHECK, WRITE = "import.check", "import.write"
LOST, LAPSED = "import.lost", "import.lapsed"

Note = Callable[[int, int], Awaitable[object]]
"""Says how far the work is: steps done of all."""

STEPS = 4

MOST_NAMED = 20

_EVERY = tuple(Outcome)
_JSON = msgspec.json.Encoder()


async def check_import(tools: Tools, id: str, note: Note) -> None:
    """Read the file and keep what each of its rows would do. Doing it again changes nothing."""
    found = await sheet_imports.find_import(id)
    if found is None or found.state is not ImportState.CHECKING:
        return
    text = await _text(tools, found, note)
    async with read_tx():
        judged = await KINDS[found.noun].judge(tools, text, found.region_path)
    await note(2, STEPS)
    async with tx():
        locked = await sheet_imports.lock_import(id)
        if locked is None or locked.state is not ImportState.CHECKING:
            return
        await _keep(locked, judged)
    await note(STEPS, STEPS)


async def write_import(tools: Tools, id: str, note: Note, ordered_by: str = "") -> None:
    """Write what was ordered, all of it or nothing, in the name of who ordered it (the sender where
    that is not said). Where the data changed since the preview the new preview is kept instead, and
    a person looks again; likewise where the order's giver may no longer give it.
    """
    found = await sheet_imports.find_import(id)
    if found is None or found.state is not ImportState.WRITING:
        return
    text = await _text(tools, found, note)
    await look_again(lambda: _write(tools, id, text, ordered_by))
    await note(STEPS, STEPS)


async def note_lost(id: str) -> None:
    """The job died: whoever waits sees that the file could not be read, or may order again."""
    found = await sheet_imports.lock_import(id)
    if found is None:
        return
    if found.state is ImportState.CHECKING:
        faults = _whole((Fault("/", LOST),))
        refused = msgspec.structs.replace(found, state=ImportState.REFUSED, faults=faults)
        await sheet_imports.keep_import(refused)
    elif found.state is ImportState.WRITING:
        await sheet_imports.keep_import(msgspec.structs.replace(found, state=ImportState.CHECKED))


async def _text(tools: Tools, found: ImportRow, note: Note) -> SheetText:
    await note(0, STEPS)
    content = await tools.photos.sealed.get(found.sha256)
    text = await asyncio.to_thread(read_sheet, content, found.file_name)
    await note(1, STEPS)
    return text


async def _keep(found: ImportRow, judged: Judged, drifted: int = 0) -> None:
    """The preview: the rows, or why the file as a whole is refused."""
    await sheet_imports.replace_rows(found.id, judged.rows)
    outcomes = [row.outcome for row in judged.rows]
    counted = msgspec.structs.replace(
        found,
        state=ImportState.CHECKED if judged.rows else ImportState.REFUSED,
        added=outcomes.count(Outcome.NEW),
        changed=outcomes.count(Outcome.CHANGED),
        unchanged=outcomes.count(Outcome.UNCHANGED),
        faulty=outcomes.count(Outcome.FAULTY),
        drifted=drifted,
        faults="[]" if judged.rows else _whole(judged.faults),
    )
    await sheet_imports.keep_import(counted)


def _whole(faults: tuple[Fault, ...]) -> str:
    """Faults of the file as a whole, each with the line it names."""
    found = [
        WholeFault(line=line, fault=each)
        for line, some in faults_by_line(faults).items()
        for each in some
    ]
    return _JSON.encode(found[:MOST_NAMED]).decode()


async def _write(tools: Tools, id: str, text: SheetText, ordered_by: str) -> None:
    async with tx():
        found = await sheet_imports.lock_import(id)
        if found is None or found.state is not ImportState.WRITING:
            return
        kind = KINDS[found.noun]
        await kind.hold()
        by = AccountId(ordered_by or found.account)
        actor = await accounts.get_actor(by)
        if not await _is_let(actor, found):
            await _lapse(tools, found, actor)
            return
        judged = await kind.judge(tools, text, found.region_path)
        shown = await sheet_imports.rows_of(id, _EVERY)
        if drifted := _drifted(shown, judged.rows, kind.made):
            await _keep(found, judged, drifted)
            return
        written = [row for row in shown if is_written(row.outcome, found.duplicates)]
        await kind.write(tools, actor, written)
        done = msgspec.structs.replace(
            found, state=ImportState.WRITTEN, written_at=tools.now(), drifted=0
        )
        await sheet_imports.keep_import(done)
        await record(tools, actor, WRITE, ("import", id), _told(found, written))


async def _is_let(actor: Actor, found: ImportRow) -> bool:
    """Whether this person may still write here: an order may wait for long."""
    place = Place(region_path=found.region_path)
    if (await accounts.get_account(actor.account)).disabled_at is not None:
        return False
    return may(actor, Action.IMPORT_EDIT, place)


async def _lapse(tools: Tools, found: ImportRow, actor: Actor) -> None:
    """Somebody else may look and order again."""
    faults = _whole((Fault("/", LAPSED),))
    await sheet_imports.keep_import(
        msgspec.structs.replace(found, state=ImportState.CHECKED, faults=faults)
    )
    states = [ImportState.WRITING.value, ImportState.CHECKED.value]
    body = {"changes": {"state": states}, "ordered_by": actor.account}
    await record(tools, None, "import.lapse", ("import", found.id), body)


def _drifted(shown: Sequence[JudgedRow], now: Sequence[JudgedRow], made: frozenset[str]) -> int:
    """How many rows would do something else than what was shown."""
    pairs = zip_longest(shown, now)
    return sum(
        before is None or after is None or not before.says_the_same(after, made)
        for before, after in pairs
    )


def _told(found: ImportRow, written: Sequence[JudgedRow]) -> dict[str, object]:
    """What the log says: how much, from which file, and a fingerprint of every old and new value;
    the values themselves stay with the import's rows.
    """
    values = _JSON.encode([(row.code, row.before, row.after) for row in written])
    outcomes = [row.outcome for row in written]
    return {
        "noun": found.noun.value,
        "file": found.file_name,
        "sha256": found.sha256,
        "added": outcomes.count(Outcome.NEW),
        "updated": outcomes.count(Outcome.CHANGED),
        "left_out": found.rows - len(written),
        "values_sha256": hashlib.sha256(values).hexdigest(),
    }
