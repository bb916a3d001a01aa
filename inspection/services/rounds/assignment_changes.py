"""Changing visits that were planned: given to somebody else, cancelled, given more time. One or
many at once, all of them or none.
"""

from collections.abc import Iterable
from datetime import date

import msgspec

from inspection.domain.access import Action, Actor, Place, may
from inspection.domain.refusals import (
    AssignmentsUnchanged,
    Fault,
    MoveRefused,
    NotFound,
)
from inspection.domain.rounds.assignment import AssignmentState
from inspection.domain.rounds.assignment_changes import (
    MOST_AT_ONCE,
    Chosen,
    extension_fault,
    seen_token,
    state_fault,
)
from inspection.domain.rounds.round import RoundState
from inspection.domain.rounds.round_decision import given_reason
from inspection.persistence.engine import tx
from inspection.persistence.rounds import assignment_rows, plans
from inspection.persistence.rounds.assignment_rows import (
    HeldAssignment,
    InspectorFound,
    Replacement,
)
from inspection.persistence.rounds.plans import RoundEntry
from inspection.services.changes import record
from inspection.services.messages.push_subscriptions import tell_of_assignments
from inspection.services.reach import check_granted
from inspection.services.rounds.assignment_fitness import unfit_for, unfit_person
from inspection.services.tools import Tools


class Held(msgspec.Struct, frozen=True):
    """A round and those of its assignments that are to change."""

    round: RoundEntry
    assignments: tuple[HeldAssignment, ...]


async def reassign(
    tools: Tools, actor: Actor, code: str, chosen: tuple[Chosen, ...], account: str
) -> int:
    """Send somebody else; how many visits. The old assignment is cancelled and a new one takes its
    place, so that what the first inspector has begun keeps its own: handed in, it is parked.
    """
    async with tx():
        held = await _held(actor, code, chosen)
        person = await assignment_rows.find_inspector(account)
        fault = unfit_person(person)
        if person is None or fault is not None:
            raise AssignmentsUnchanged(faults=(fault,) if fault else ())
        if faults := await unfit_for(tools, held.round, person, held.assignments):
            raise AssignmentsUnchanged(faults=faults)
        pairs = [(old, _replacement(tools, held.round, old, person)) for old in held.assignments]
        await assignment_rows.cancel_assignments([old.id for old, _ in pairs], "")
        await assignment_rows.add_replacements([new for _, new in pairs])
        await tell_of_assignments(tools, (person.id, *(old.inspector for old, _ in pairs)))
        for old, new in pairs:
            changed = {"inspector": [old.pseudonym, person.pseudonym]}
            body = _body(held, old, changed) | {"replaced_by": new.id}
            await record(tools, actor, "assignment.reassign", ("assignment", old.id), body)
    return len(pairs)


async def cancel(
    tools: Tools, actor: Actor, code: str, chosen: tuple[Chosen, ...], reason: str
) -> int:
    """Send nobody, for a reason; how many visits. Raises RoundReasonMissing without one."""
    async with tx():
        held = await _held(actor, code, chosen)
        why = given_reason(reason)
        await assignment_rows.cancel_assignments([one.id for one in held.assignments], why)
        await tell_of_assignments(tools, (one.inspector for one in held.assignments))
        for one in held.assignments:
            changed = {"state": [one.state.value, AssignmentState.CANCELLED.value]}
            body = _body(held, one, changed) | {"reason": why}
            await record(tools, actor, "assignment.cancel", ("assignment", one.id), body)
    return len(held.assignments)


async def extend(
    tools: Tools, actor: Actor, code: str, chosen: tuple[Chosen, ...], until: date
) -> int:
    """Give more time, within the days of the round; how many visits."""
    async with tx():
        held = await _held(actor, code, chosen)
        last = held.round.ends_on
        found = [
            extension_fault(one.store_code, until, one.window_to, last) for one in held.assignments
        ]
        _refuse(found)
        await assignment_rows.extend_assignments([one.id for one in held.assignments], until)
        await tell_of_assignments(tools, (one.inspector for one in held.assignments))
        for one in held.assignments:
            changed = {"window_to": [one.window_to.isoformat(), until.isoformat()]}
            body = _body(held, one, changed)
            await record(tools, actor, "assignment.extend", ("assignment", one.id), body)
    return len(held.assignments)


async def _held(actor: Actor, code: str, chosen: tuple[Chosen, ...]) -> Held:
    """The chosen assignments, all of them within reach and as they were shown."""
    check_granted(actor, Action.ASSIGNMENT_EDIT)
    found = await plans.lock_plan(code)
    if found is None:
        raise NotFound(noun="round")
    if not chosen or len(chosen) > MOST_AT_ONCE:
        fault = Fault("/pick", "assignment.none_chosen", most=MOST_AT_ONCE)
        raise AssignmentsUnchanged(faults=(fault,))
    seen = {one.id: one.seen for one in chosen}
    held = await assignment_rows.hold_assignments(found.id, sorted(seen))
    if len(held) < len(seen) or not all(_within(actor, one) for one in held):
        raise NotFound(noun="assignment")
    if found.state != RoundState.OPEN:
        raise MoveRefused(noun="round", state=found.state, move="amend")
    _refuse(state_fault(one.state, one.store_code, seen[one.id], _token(one)) for one in held)
    return Held(found, held)


def _within(actor: Actor, one: HeldAssignment) -> bool:
    return may(actor, Action.ASSIGNMENT_EDIT, Place(region_path=one.region_path))


def _token(one: HeldAssignment) -> str:
    return seen_token(one.state.value, one.inspector, one.window_to)


def _refuse(found: Iterable[Fault | None]) -> None:
    faults = tuple(dict.fromkeys(fault for fault in found if fault is not None))
    if faults:
        raise AssignmentsUnchanged(faults=faults)


def _replacement(
    tools: Tools, found: RoundEntry, old: HeldAssignment, person: InspectorFound
) -> Replacement:
    return Replacement(
        id=tools.new_id(),
        round=found.id,
        store=old.store,
        inspector=person.id,
        rubric_version=old.rubric_version,
        window_from=old.window_from,
        window_to=old.window_to,
        cover=old.cover,
        state=AssignmentState.OPEN.value,
        created_at=tools.now(),
        replaces=old.id,
    )


def _body(held: Held, one: HeldAssignment, changed: dict[str, list[str]]) -> dict[str, object]:
    return {"round": held.round.code, "store": one.store_code, "changes": changed}
