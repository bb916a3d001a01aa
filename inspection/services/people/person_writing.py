"""Writing people from a sheet, and taking them back."""

from collections.abc import Sequence

import msgspec

from inspection.domain.access import Actor
from inspection.domain.imports.sheet_import import Facts, JudgedRow, Outcome
from inspection.domain.org.region import RegionState
from inspection.domain.refusals import ImportUsed
from inspection.persistence.org import org
from inspection.persistence.people import invitations, person_records
from inspection.persistence.people.person_records import PersonRecord
from inspection.services.overtaking import Overtaken
from inspection.services.tools import Tools

MOST_NAMED = 10

Pair = tuple[PersonRecord, PersonRecord]
"""A person as they are, and as they shall be."""


async def hold_people() -> None:
    """Let no region and nobody change until the caller's transaction ends."""
    await org.hold_regions()
    await person_records.hold_people()


async def write_people(tools: Tools, _: Actor | None, rows: Sequence[JudgedRow]) -> None:
    """Keep the new people, who wait for an invitation; whoever moves has to sign in again. Raises
    Overtaken when somebody else got one of the pseudonyms meanwhile.
    """
    now = tools.now()
    new = [_stored(row.after) for row in rows if row.outcome is Outcome.NEW]
    await person_records.add_people([msgspec.structs.replace(one, created_at=now) for one in new])
    changed = [row for row in rows if row.outcome is Outcome.CHANGED]
    await _update(tools, [(_stored(row.before), _stored(row.after)) for row in changed])
    written = {_stored(row.after).id for row in rows}
    if written & await person_records.with_pseudonyms_of_others():
        raise Overtaken


async def undo_people(tools: Tools, _: Actor, rows: Sequence[JudgedRow]) -> None:
    """Remove the new people, give the changed ones back what they had. Raises ImportUsed when a
    place somebody would go back to moved or closed since.
    """
    new = [_stored(row.after).id for row in rows if row.outcome is Outcome.NEW]
    changed = [row for row in rows if row.outcome is Outcome.CHANGED]
    pairs = [(_stored(row.after), _stored(row.before)) for row in changed]
    if homeless := await _homeless(pairs):
        raise ImportUsed(count=len(homeless), codes=", ".join(homeless[:MOST_NAMED]))
    await person_records.remove_people(new)
    await _update(tools, pairs)


async def _update(tools: Tools, pairs: Sequence[Pair]) -> None:
    await person_records.update_people([after for _, after in pairs])
    moved = [after.id for before, after in pairs if _moves(before, after)]
    await person_records.end_sessions(moved, tools.now())
    await invitations.revoke_invitations_among(moved, tools.now())


async def _homeless(pairs: Sequence[Pair]) -> list[str]:
    """The sign-in names of those who would go back to a place that is not what it was."""
    regions = {key.id: (key.path, key.state) for key in (await org.regions_by_code()).values()}
    stores = {key.id: key.state for key in (await person_records.store_places()).values()}
    return [
        back.sign_in
        for now, back in pairs
        if _moves(now, back)
        and (
            (back.region and regions.get(back.region) != (back.region_path, RegionState.OPEN))
            or (back.store and stores.get(back.store) != RegionState.OPEN)
        )
    ]


def _moves(before: PersonRecord, after: PersonRecord) -> bool:
    return (before.region, before.store) != (after.region, after.store)


def _stored(facts: Facts | None) -> PersonRecord:
    return msgspec.convert(facts, PersonRecord)
