"""People from a sheet: what each row would change."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

import msgspec

from inspection.domain.access import Role
from inspection.domain.imports.sheet import SheetRow, SheetText
from inspection.domain.imports.sheet_import import (
    Facts,
    JudgedRow,
    Outcome,
    RowFault,
    faults_by_line,
    outcome_of,
)
from inspection.domain.org.region import RegionState
from inspection.domain.org.region_path import top_of
from inspection.domain.people.account import ROLES_WITH_REGION
from inspection.domain.people.person import next_pseudonym
from inspection.domain.people.person_sheet import COLUMNS, REQUIRED, PersonEntry, read_person_sheet
from inspection.domain.refusals import Fault
from inspection.persistence.org import org
from inspection.persistence.org.org import RegionKey
from inspection.persistence.people import person_records
from inspection.persistence.people.person_records import PersonRecord, StorePlace
from inspection.services.imports.import_kind import ImportKind, Judged, facts_of
from inspection.services.people.person_writing import hold_people, undo_people, write_people
from inspection.services.tools import Tools

ADMINISTRATOR_KEPT = RowFault("role", "sheet.administrator_kept")
MADE = frozenset({"id", "created_at"})


class _Kept(msgspec.Struct, frozen=True):
    """What rows are held against. `owners` says whose each pseudonym is or was; it grows by those
    that are proposed.
    """

    regions: Mapping[str, RegionKey]
    stores: Mapping[str, StorePlace]
    people: Mapping[str, PersonRecord]
    owners: dict[str, str]
    scope: str
    now: datetime


async def judge_people(tools: Tools, text: SheetText, scope: str) -> Judged:
    """What a sheet of people would do below that path, row by row. An absent column keeps."""
    sheet = read_person_sheet(text)
    if not sheet.rows:
        return Judged(faults=sheet.faults)
    kept = await _kept(tools, scope)
    faults = (
        *sheet.faults,
        *(fault for entry in sheet.entries for fault in _faults(entry, kept)),
    )
    wrong = faults_by_line(faults)
    given = {entry.pseudonym for entry in sheet.entries}
    kept.owners.update((code, "") for code in given - set(kept.owners))
    entries = {entry.line: entry for entry in sheet.entries if entry.line not in wrong}
    rows = ((_plain(row, wrong), entries.get(row.line)) for row in sheet.rows)
    return Judged(
        tuple(_right(tools, row, entry, kept) if entry else row for row, entry in rows), faults
    )


async def _kept(tools: Tools, scope: str) -> _Kept:
    return _Kept(
        await org.regions_by_code(),
        await person_records.store_places(),
        await person_records.people_by_sign_in(),
        await person_records.pseudonym_owners(),
        scope,
        tools.now(),
    )


def _plain(row: SheetRow, wrong: Mapping[int, tuple[RowFault, ...]]) -> JudgedRow:
    """The row before anybody knows whether it is right."""
    return JudgedRow(
        line=row.line,
        code=row.cell("sign_in"),
        name=row.cell("name"),
        outcome=Outcome.FAULTY,
        cells=row.cells,
        faults=wrong.get(row.line, ()),
    )


async def kept_people(sign_ins: Sequence[str]) -> dict[str, Facts]:
    """The people with these sign-in names as they are now."""
    people, wanted = await person_records.people_by_sign_in(), set(sign_ins)
    return {name: facts_of(one) for name, one in people.items() if name in wanted}


async def used_people(records: Sequence[Facts]) -> frozenset[str]:
    """The sign-in names of those who were invited, signed in or got something to do."""
    names = {str(record["id"]): str(record["sign_in"]) for record in records}
    return frozenset(names[id] for id in await person_records.busy_among(tuple(names)))


def _faults(entry: PersonEntry, kept: _Kept) -> Iterator[Fault]:
    known = kept.people.get(entry.sign_in)
    if known and not (known.place or top_of(kept.scope)).startswith(kept.scope):
        yield Fault(f"/{entry.line}/sign_in", "sheet.sign_in_taken", value=entry.sign_in)
        return
    if known and known.role is not entry.role:
        yield Fault(f"/{entry.line}/role", "sheet.role_kept")
    owner = kept.owners.get(entry.pseudonym) if entry.pseudonym else None
    if owner and (known is None or owner != known.id):
        yield Fault(
            f"/{entry.line}/pseudonym", "account.pseudonym_taken", pseudonym=entry.pseudonym
        )
    yield from _place_faults(entry, kept, known)


def _place_faults(entry: PersonEntry, kept: _Kept, known: PersonRecord | None) -> Iterator[Fault]:
    column = "store" if entry.role is Role.STORE_STAFF else "region"
    value = entry.store if column == "store" else entry.region
    if known and column not in entry.given:
        return
    code = _place_fault(entry, column, value, kept)
    if code := code or _closed_fault(column, value, kept, known):
        yield Fault(f"/{entry.line}/{column}", code, value=value)


def _place_fault(entry: PersonEntry, column: str, value: str, kept: _Kept) -> str:
    if not value:
        needed = column == "store" or entry.role in ROLES_WITH_REGION
        return "sheet.cell_empty" if needed or kept.scope != top_of(kept.scope) else ""
    if column == "store":
        store = kept.stores.get(value)
        inside = store is not None and store.region_path.startswith(kept.scope)
        return "" if inside else "sheet.store_unknown"
    region = kept.regions.get(value)
    if region is None:
        return "sheet.region_unknown"
    return "" if region.path.startswith(kept.scope) else "sheet.region_foreign"


def _closed_fault(column: str, value: str, kept: _Kept, known: PersonRecord | None) -> str:
    """Nobody comes to a closed place; who is there may stay."""
    place = (kept.stores if column == "store" else kept.regions).get(value)
    if place is None or place.state == RegionState.OPEN:
        return ""
    stays = known is not None and place.id in (known.store, known.region)
    closed = "sheet.person_store_closed" if column == "store" else "sheet.region_closed"
    return "" if stays else closed


def _right(tools: Tools, judged: JudgedRow, entry: PersonEntry, kept: _Kept) -> JudgedRow:
    known = kept.people.get(entry.sign_in)
    before, after = facts_of(known) if known else None, facts_of(_record(tools, entry, kept, known))
    outcome = outcome_of(before, after, MADE)
    if outcome is Outcome.CHANGED and entry.role is Role.ADMINISTRATOR:
        # Nobody locks the administrators out by a file: that takes the page of the person.
        return msgspec.structs.replace(judged, faults=(ADMINISTRATOR_KEPT,))
    return msgspec.structs.replace(
        judged,
        code=entry.sign_in,
        outcome=outcome,
        before=before,
        after=after,
    )


def _record(
    tools: Tools, entry: PersonEntry, kept: _Kept, known: PersonRecord | None
) -> PersonRecord:
    staff = entry.role is Role.STORE_STAFF
    region = kept.regions.get(entry.region) if entry.region and not staff else None
    store = kept.stores.get(entry.store) if staff else None
    record = PersonRecord(
        id=known.id if known else tools.new_id(),
        sign_in=entry.sign_in,
        name=entry.name,
        role=entry.role,
        region=region.id if region else None,
        region_path=region.path if region else "",
        store=store.id if store else None,
        store_code=entry.store if store else "",
        pseudonym=_pseudonym(entry, kept, known),
        language=entry.language,
        created_at=known.created_at if known else kept.now,
        place=store.region_path if store else region.path if region else "",
    )
    return _keeping(record, entry, known) if known else record


def _keeping(record: PersonRecord, entry: PersonEntry, known: PersonRecord) -> PersonRecord:
    """What the sheet has no column for stays as it is."""
    column = "store" if entry.role is Role.STORE_STAFF else "region"
    fields = [] if "language" in entry.given else ["language"]
    if column not in entry.given:
        fields += ["region", "region_path", "store", "store_code", "place"]
    return msgspec.structs.replace(record, **{field: getattr(known, field) for field in fields})


def _pseudonym(entry: PersonEntry, kept: _Kept, known: PersonRecord | None) -> str:
    """What was given, or what the person has, or for a new inspector the next that is free."""
    if entry.pseudonym or known:
        return entry.pseudonym or (known.pseudonym if known else "")
    if entry.role is not Role.INSPECTOR:
        return ""
    code = next_pseudonym(kept.owners)
    kept.owners[code] = ""
    return code


PEOPLE = ImportKind(
    columns=COLUMNS,
    required=REQUIRED,
    made=MADE,
    judge=judge_people,
    write=write_people,
    hold=hold_people,
    kept=kept_people,
    used=used_people,
    undo=undo_people,
)
