"""Complaints from a sheet: what each row would change, writing it, and taking it back."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import msgspec

from inspection.domain.access import Actor
from inspection.domain.bulletins.complaint_sheet import (
    COLUMNS,
    REQUIRED,
    ComplaintEntry,
    code_of_count,
    read_complaint_sheet,
)
from inspection.domain.deadline import day_of
from inspection.domain.imports.sheet import SheetRow, SheetText
from inspection.domain.imports.sheet_import import (
    Facts,
    JudgedRow,
    Outcome,
    RowFault,
    faults_by_line,
    outcome_of,
)
from inspection.domain.refusals import Fault
from inspection.persistence.bulletins import complaints
from inspection.persistence.bulletins.complaints import ComplaintRecord
from inspection.persistence.org import org
from inspection.services.bulletins.complaint_channels import channel_words
from inspection.services.imports.import_kind import ImportKind, Judged, facts_of
from inspection.services.tools import Tools
from inspection.services.visits.published_visits import LANGUAGE

NONE_MADE = frozenset[str]()
FOLLOWS = frozenset({"region_path"})

Called = tuple[str, str, str]

Place = tuple[str, str | None]
"""The path of a region, or of a store's with the store's id."""


async def judge_complaints(tools: Tools, text: SheetText, scope: str) -> Judged:
    """What a sheet of counts would do below that path, row by row."""
    sheet = read_complaint_sheet(text, day_of(tools.now()))
    if not sheet.rows:
        return Judged(faults=sheet.faults)
    places = await _places()
    faults = (
        *sheet.faults,
        *(fault for entry in sheet.entries for fault in _faults(entry, places, scope)),
        *_twice(sheet.entries),
    )
    wrong = faults_by_line(faults)
    entries = {entry.line: entry for entry in sheet.entries if entry.line not in wrong}
    kept = await _kept(entry.week for entry in entries.values())
    known = {_called(each["week"], each["place"], each["channel"]): each for each in kept.values()}
    entries = {line: _as_known(entry, known) for line, entry in entries.items()}
    return Judged(
        tuple(_judged(row, entries.get(row.line), places, kept, wrong) for row in sheet.rows),
        faults,
    )


async def kept_complaints(codes: Sequence[str]) -> dict[str, Facts]:
    """The counts with these codes as they are now."""
    weeks = {date.fromisoformat(code.partition(" ")[0]) for code in codes}
    wanted = set(codes)
    return {code: facts for code, facts in (await _kept(weeks)).items() if code in wanted}


async def used_complaints(_: Sequence[Facts]) -> frozenset[str]:
    """None: what was published is frozen, and nothing else refers to a count."""
    return frozenset()


async def write_complaints(_: Tools, by: Actor | None, rows: Sequence[JudgedRow]) -> None:
    """Keep the counts, in the place of those there are; `by` stands in the import's own event."""
    del by
    await complaints.keep_counts([_record(row.after) for row in rows])


async def undo_complaints(_: Tools, by: Actor, rows: Sequence[JudgedRow]) -> None:
    """Take the new counts out and put the others back."""
    del by
    new = [_record(row.after) for row in rows if row.outcome is Outcome.NEW]
    changed = [_record(row.before) for row in rows if row.outcome is Outcome.CHANGED]
    await complaints.remove_counts(new)
    await complaints.keep_counts(changed)


async def _places() -> dict[str, Place]:
    regions = await org.regions_by_code()
    stores = await org.stores_by_code()
    return {
        **{code: (store.region_path, store.id) for code, store in stores.items()},
        **{code: (region.path, None) for code, region in regions.items()},
    }


async def _kept(weeks: Iterator[date] | set[date]) -> dict[str, Facts]:
    return {
        code_of_count(each.week, each.place, each.channel): facts_of(each)
        for each in await complaints.counts_in(weeks)
    }


def _faults(entry: ComplaintEntry, places: Mapping[str, Place], scope: str) -> Iterator[Fault]:
    """Whoever has one part of the tree learns nothing of the others, not even what is there."""
    path, _ = places.get(entry.place, ("", None))
    if not path.startswith(scope):
        yield Fault(f"/{entry.line}/place", "sheet.place_unknown", value=entry.place)


def _called(week: object, place: object, channel: object) -> Called:
    """What a count is of, whichever language its channel was typed in."""
    return str(week), str(place), channel_words(LANGUAGE, str(channel))


def _twice(entries: Sequence[ComplaintEntry]) -> Iterator[Fault]:
    first: dict[Called, int] = {}
    for entry in entries:
        before = first.setdefault(_called(entry.week, entry.place, entry.channel), entry.line)
        if before != entry.line:
            yield Fault(f"/{entry.line}/week", "sheet.complaint_twice", line=before)


def _as_known(entry: ComplaintEntry, known: Mapping[Called, Facts]) -> ComplaintEntry:
    """The entry with its channel spelt as in the count it takes the place of."""
    before = known.get(_called(entry.week, entry.place, entry.channel))
    if before is None:
        return entry
    return msgspec.structs.replace(entry, channel=str(before["channel"]))


def _judged(
    row: SheetRow,
    entry: ComplaintEntry | None,
    places: Mapping[str, Place],
    kept: Mapping[str, Facts],
    wrong: Mapping[int, tuple[RowFault, ...]],
) -> JudgedRow:
    shown = JudgedRow(
        line=row.line,
        code=row.cell("place"),
        name=row.cell("channel"),
        outcome=Outcome.FAULTY,
        cells=row.cells,
        faults=wrong.get(row.line, ()),
    )
    if entry is None:
        return shown
    code = code_of_count(entry.week, entry.place, entry.channel)
    before, after = kept.get(code), facts_of(_counted(entry, places[entry.place]))
    return msgspec.structs.replace(
        shown,
        code=code,
        outcome=outcome_of(before, after, NONE_MADE),
        before=before,
        after=after,
    )


def _counted(entry: ComplaintEntry, place: Place) -> ComplaintRecord:
    path, store = place
    return ComplaintRecord(
        week=entry.week,
        place=entry.place,
        region_path=path,
        store=store,
        channel=entry.channel,
        n=entry.n,
    )


def _record(facts: Facts | None) -> ComplaintRecord:
    return msgspec.convert(facts, ComplaintRecord)


COMPLAINTS = ImportKind(
    columns=COLUMNS,
    required=REQUIRED,
    made=NONE_MADE,
    follows=FOLLOWS,
    judge=judge_complaints,
    write=write_complaints,
    hold=complaints.hold_counts,
    kept=kept_complaints,
    used=used_complaints,
    undo=undo_complaints,
)
