"""Sending an inspector to look at the failed lines of a notice again, and calling that off."""

from datetime import date

import msgspec

from inspection.domain.access import Action, Actor
from inspection.domain.plain_text import plain
from inspection.domain.rectifications import reinspection
from inspection.domain.rectifications.reinspection import ReinspectionMove, ReinspectionState
from inspection.domain.rectifications.reply import LONGEST_TEXT
from inspection.domain.refusals import Fault
from inspection.domain.refusals.rectification import ReinspectionRefused, VerdictReasonMissing
from inspection.domain.rounds.coverage import today
from inspection.persistence.engine import tx
from inspection.persistence.rectifications import rectification_lines, reinspections
from inspection.persistence.rectifications.rectification_lines import LineRow
from inspection.persistence.rectifications.reinspections import MarkedLine, ReinspectionRow
from inspection.persistence.rounds import assignment_lists, assignment_rows
from inspection.persistence.rounds.assignment_lists import InspectorChoice
from inspection.persistence.rounds.assignment_rows import InspectorFound
from inspection.services.changes import record
from inspection.services.messages.push_subscriptions import tell_of_assignments
from inspection.services.rectifications.rectification_access import (
    awaits_recheck,
    held_line,
    reached_line,
)
from inspection.services.rectifications.reinspection_access import held_look
from inspection.services.rounds.assignment_fitness import Errand, unfit_on, unfit_person
from inspection.services.tools import Tools


class Sending(msgspec.Struct, frozen=True, kw_only=True):
    """Who is to look at which lines of a notice, within which days."""

    lines: tuple[str, ...]
    inspector: str
    window_from: date
    window_to: date


class Choices(msgspec.Struct, frozen=True, kw_only=True):
    """What there is to choose from: the failed lines nobody is sent for, and who can be sent."""

    notice: str
    notice_number: str
    store_code: str
    store_name: str
    lines: tuple[LineRow, ...]
    inspectors: tuple[InspectorChoice, ...]
    today: date


async def choices(tools: Tools, actor: Actor, line: str) -> Choices:
    """What can be looked at beside a line. Raises NotFound."""
    row = await reached_line(actor, Action.RECTIFICATION_VERIFY, line)
    lines = await rectification_lines.lines_on_the_way(row.notice)
    sent = await reinspections.waiting_for(each.id for each in lines)
    return Choices(
        notice=row.notice,
        notice_number=row.notice_number or "",
        store_code=row.store_code,
        store_name=row.store_name,
        lines=tuple(each for each in lines if awaits_recheck(each) and each.id not in sent),
        inspectors=await assignment_lists.inspectors_to_send(),
        today=today(tools.now()),
    )


async def send(tools: Tools, actor: Actor, line: str, said: Sending) -> str:
    """Send an inspector for failed lines of the notice `line` is on; the id of the look. Raises
    NotFound, and ReinspectionRefused with everything that stands against it.
    """
    async with tx():
        anchor = await held_line(actor, Action.RECTIFICATION_VERIFY, line)
        known = await rectification_lines.lines_on_the_way(anchor.notice)
        rows = tuple(row for row in known if row.id in said.lines)
        faults = (*await _line_faults(rows, said), *_window_faults(tools, said))
        if faults:
            raise ReinspectionRefused(faults=faults)
        person = await _fit(tools, anchor, said)
        look = _row(tools, actor, anchor, said)
        marked = [
            MarkedLine(id=tools.random_id(), reinspection=look.id, line=row.id) for row in rows
        ]
        await reinspections.add_reinspection(look, marked)
        await tell_of_assignments(tools, (look.inspector,))
        body = {
            "number": anchor.notice_number,
            "lines": [row.number for row in rows],
            "store": anchor.store_code,
            "inspector": person.pseudonym,
            "window": [said.window_from.isoformat(), said.window_to.isoformat()],
        }
        await record(tools, actor, "reinspection.send", ("reinspection", look.id), body)
    return look.id


async def call_off(tools: Tools, actor: Actor, look: str, why: str) -> None:
    """Send nobody after all, or set aside what was sent, for a reason; the lines stay returned.
    The same again changes nothing. Raises NotFound, MoveRefused, VerdictReasonMissing.
    """
    reason = plain(why, "reason", LONGEST_TEXT)
    async with tx():
        row = await held_look(actor, Action.RECTIFICATION_VERIFY, look)
        if row.state is ReinspectionState.CANCELLED and (row.ended_by, row.why) == (
            actor.account,
            reason,
        ):
            return
        after = reinspection.move(row.state, ReinspectionMove.CANCEL)
        if not reason:
            raise VerdictReasonMissing
        await reinspections.move_reinspection(look, row.state, after)
        await reinspections.note_end(look, actor.account, tools.now(), reason)
        await tell_of_assignments(tools, (row.inspector,))
        body = {
            "store": row.store_code,
            "state": [row.state.value, after.value],
            "reason": reason,
        }
        await record(tools, actor, "reinspection.cancel", ("reinspection", look), body)


async def _fit(tools: Tools, row: LineRow, said: Sending) -> InspectorFound:
    """Who is sent, by the rules of rounds; whoever found what was wrong stays away for good."""
    person = await assignment_rows.find_inspector(said.inspector)
    fault = unfit_person(person)
    if person is None or fault is not None:
        raise ReinspectionRefused(faults=(fault,) if fault else ())
    scene = await reinspections.scene_of(row.visit)
    if scene.inspector == person.id:
        raise ReinspectionRefused(faults=(Fault("/inspector", "reinspection.found_it"),))
    if faults := await unfit_on(tools, person, _errand(row, scene.visit_kind, said)):
        raise ReinspectionRefused(faults=faults)
    return person


async def _line_faults(rows: tuple[LineRow, ...], said: Sending) -> list[Fault]:
    if not rows or len(rows) < len(set(said.lines)):
        return [Fault("/line", "reinspection.no_lines")]
    sent = await reinspections.waiting_for(said.lines)
    said_of = [(row, "sent" if row.id in sent else "not_failed") for row in rows]
    return [
        Fault("/line", f"reinspection.{why}", number=row.number)
        for row, why in said_of
        if why == "sent" or not awaits_recheck(row)
    ]


def _window_faults(tools: Tools, said: Sending) -> tuple[Fault, ...]:
    return reinspection.window_faults(said.window_from, said.window_to, today(tools.now()))


def _errand(row: LineRow, visit_kind: str, said: Sending) -> Errand:
    return Errand(
        visit_kind=visit_kind,
        store=row.store,
        store_code=row.store_code,
        region_path=row.region_path,
        window_from=said.window_from,
        window_to=said.window_to,
    )


def _row(tools: Tools, actor: Actor, row: LineRow, said: Sending) -> ReinspectionRow:
    return ReinspectionRow(
        id=tools.random_id(),
        visit=row.visit,
        store=row.store,
        region_path=row.region_path,
        inspector=said.inspector,
        state=ReinspectionState.OPEN,
        window_from=said.window_from,
        window_to=said.window_to,
        made_by=actor.account,
        made_at=tools.now(),
    )
