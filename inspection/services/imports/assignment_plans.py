"""Planning the visits of a round from a sheet: all rows are checked, then all written or none."""

import asyncio
from collections.abc import Iterator, Mapping

import msgspec

from inspection.domain.access import Actor, Role
from inspection.domain.refusals import Fault, NotFound
from inspection.domain.rounds.assignment import AssignmentState
from inspection.domain.rounds.assignment_sheet import AssignmentLine, read_assignment_sheet
from inspection.domain.rounds.round import RoundState
from inspection.persistence.audit import audit
from inspection.persistence.engine import tx
from inspection.persistence.rounds import plans
from inspection.persistence.rounds.plans import (
    AssignmentEntry,
    PlannedInspector,
    PlannedStore,
    RoundEntry,
)
from inspection.services.imports.import_report import ImportReport
from inspection.services.messages.push_subscriptions import tell_of_assignments
from inspection.services.tools import Tools
from inspection.spreadsheets.reading import read_sheet


class Planning(msgspec.Struct, frozen=True):
    """What the lines of a sheet are held against."""

    round: RoundEntry
    stores: Mapping[str, PlannedStore]
    people: Mapping[str, PlannedInspector]
    rubrics: Mapping[str, str]
    pairs: set[tuple[str, str]]


async def import_assignments(
    tools: Tools, round_code: str, content: bytes, by: Actor | None, name: str = ""
) -> ImportReport:
    """Plan the visits a sheet names, XLSX or CSV, each within the round's days. Raises NotFound for
    the round; everything else is a fault with its line.
    """
    sheet = read_assignment_sheet(await asyncio.to_thread(read_sheet, content, name))
    if sheet.faults:
        return ImportReport(faults=sheet.faults)
    async with tx():
        found = await _planning(round_code)
        faults = tuple(fault for line in sheet.lines for fault in _faults(line, found))
        if faults:
            return ImportReport(faults=faults)
        planned = [_entry(tools, line, found) for line in sheet.lines]
        await plans.add_assignments(planned)
        await tell_of_assignments(tools, (entry.inspector for entry in planned))
        await _note(tools, by, found.round, len(sheet.lines))
    return ImportReport(added=len(sheet.lines), written=True)


async def _planning(code: str) -> Planning:
    found = await plans.lock_plan(code)
    if found is None:
        raise NotFound(noun="round")
    return Planning(
        found,
        await plans.planned_stores(),
        await plans.planned_inspectors(),
        await plans.rubrics_of(found.id),
        await plans.planned_pairs(found.id),
    )


def _faults(line: AssignmentLine, found: Planning) -> Iterator[Fault]:
    if found.round.state != RoundState.OPEN:
        locked = found.round.state == RoundState.LOCKED
        code = "sheet.round_locked" if locked else "sheet.round_not_open"
        yield Fault(f"/{line.line}", code, round=found.round.code)
        return
    store, person = found.stores.get(line.store), found.people.get(line.inspector)
    if code := _store_fault(store, found.rubrics):
        yield Fault(f"/{line.line}/store", code, value=line.store)
    if code := _person_fault(person):
        yield Fault(f"/{line.line}/inspector", code, value=line.inspector)
    if store and person and (store.id, person.id) in found.pairs:
        yield Fault(f"/{line.line}", "sheet.pair_planned", value=line.store)


def _store_fault(store: PlannedStore | None, rubrics: Mapping[str, str]) -> str:
    if store is None:
        return "sheet.store_unknown"
    if store.state != "open":
        return "sheet.store_closed"
    return "" if store.kind in rubrics else "sheet.rubric_missing"


def _person_fault(person: PlannedInspector | None) -> str:
    if person is None:
        return "sheet.inspector_unknown"
    if person.role != Role.INSPECTOR:
        return "sheet.inspector_role"
    return "sheet.inspector_disabled" if person.disabled_at else ""


def _entry(tools: Tools, line: AssignmentLine, found: Planning) -> AssignmentEntry:
    store = found.stores[line.store]
    return AssignmentEntry(
        id=tools.new_id(),
        round=found.round.id,
        store=store.id,
        inspector=found.people[line.inspector].id,
        rubric_version=found.rubrics[store.kind],
        window_from=found.round.starts_on,
        window_to=found.round.ends_on,
        cover=line.cover,
        state=AssignmentState.OPEN.value,
        created_at=tools.now(),
    )


async def _note(tools: Tools, by: Actor | None, round_: RoundEntry, added: int) -> None:
    await audit.append(
        at=tools.now(),
        actor=by.account if by else "",
        action="assignment.import",
        noun="round",
        noun_id=round_.id,
        body={"added": added},
    )
