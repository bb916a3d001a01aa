"""The one transaction that makes an attempt count: all of its rows, or none."""

from inspection.domain.access import Action
from inspection.domain.photos.photo import PhotoState
from inspection.domain.rounds.assignment import AssignmentMove, moved
from inspection.domain.visits.visit_flags import PHOTO_REFUSED
from inspection.persistence.audit import audit
from inspection.persistence.one_trip import in_one_trip
from inspection.persistence.photos import photo_rows, visit_photos
from inspection.persistence.rounds import assignments
from inspection.persistence.statements import together
from inspection.persistence.visits import submissions, visits
from inspection.persistence.visits.submissions import SubmissionRow
from inspection.services.overtaking import Overtaken
from inspection.services.tools import Tools
from inspection.services.visits.card_keeping import keep_card
from inspection.services.visits.visit_hints import hints_about, photo_hints
from inspection.services.visits.visit_rows import (
    Accepted,
    judged_card,
    manifest_rows,
    receipt_of,
    visit_row,
)


async def keep(tools: Tools, accepted: Accepted) -> bytes:
    """Write the attempt and return its receipt. Raises Overtaken or UniqueBroken, keeping nothing,
    when another request was faster.
    """
    return await in_one_trip(lambda: write(tools, accepted))


async def write(tools: Tools, accepted: Accepted, move: AssignmentMove = "submit") -> bytes:
    """The same within a transaction that is open already; `move` is what the assignment does."""
    receipt = receipt_of(accepted.arrival, accepted.body)
    # Photos first, as everywhere: who settles a photo locks it before the visits that name it.
    states, more_flags = await _announce_photos(accepted)
    complete = all(state is PhotoState.CLEAN for state in states.values())
    hints = await _hints(accepted)
    row = visit_row(accepted, complete=complete, flags=(*hints, *more_flags))
    if row.attempt > 1 and not await visits.replace_attempt(row):
        raise Overtaken
    async with together():
        if row.attempt == 1:
            await visits.add_visit(row)
        await _add_submission(tools, accepted, receipt)
        await _add_findings(tools, accepted)
    assigned = accepted.assignment
    after = moved(assigned.state, move)
    place = assigned.region_path
    if not await assignments.move_assignment(assigned.id, assigned.state, after, place):
        raise Overtaken
    await _record(accepted, complete=complete)
    return receipt


async def _announce_photos(accepted: Accepted) -> tuple[dict[str, PhotoState], tuple[str, ...]]:
    photos = [photo.sha256 for photo in accepted.body.photos]
    if not photos:
        return {}, ()
    arrival = accepted.arrival
    states = await photo_rows.announce(photos, arrival.actor.account, arrival.at)
    flags = []
    if PhotoState.REFUSED in states.values():
        flags.append(PHOTO_REFUSED)
    flags += [hint.code for hint in await photo_hints(photos, arrival.visit)]
    return states, tuple(flags)


async def _hints(accepted: Accepted) -> tuple[str, ...]:
    assigned = accepted.assignment
    found = await hints_about(accepted.body, assigned.inspector, assigned.store)
    return tuple(hint.code for hint in found)


async def _add_submission(tools: Tools, accepted: Accepted, receipt: bytes) -> None:
    arrival = accepted.arrival
    row = SubmissionRow(
        id=tools.new_id(),
        visit=arrival.visit,
        attempt=arrival.attempt,
        content_hash=arrival.content_hash,
        body=arrival.content.decode(),
        receipt=receipt.decode(),
        account=arrival.actor.account,
        received_at=arrival.at,
    )
    await submissions.add_submission(row)


async def _add_findings(tools: Tools, accepted: Accepted) -> None:
    await keep_card(tools, judged_card(accepted), accepted.arrival.at)
    if rows := manifest_rows(tools, accepted):
        await visit_photos.add_visit_photos(rows)


async def _record(accepted: Accepted, *, complete: bool) -> None:
    arrival = accepted.arrival
    await audit.append(
        at=arrival.at,
        actor=arrival.actor.account,
        action=Action.VISIT_SUBMIT.value,
        noun="visit",
        noun_id=arrival.visit,
        body={
            "attempt": arrival.attempt,
            "content_hash": arrival.content_hash,
            "inputs_digest": accepted.card.inputs_digest,
            "total": accepted.card.total,
            "complete": complete,
        },
    )
