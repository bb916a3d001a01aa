"""Telling stores and those above them of deadlines: each step of a line once per deadline, also
after an outage, and then no more than the step it has come to.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from inspection.domain.access import Role
from inspection.domain.messages.message import Audience, Fact, Message, MessageKind, over, staff_of
from inspection.domain.org.region_path import top_of
from inspection.domain.rectifications.escalation import (
    LOOK_AHEAD,
    Step,
    hours_late,
    reached,
    to_tell,
)
from inspection.domain.rectifications.pause import paused_due
from inspection.persistence.engine import tx
from inspection.persistence.people.places import Scope
from inspection.persistence.rectifications import line_pauses, overdue_lines
from inspection.persistence.rectifications.overdue_lines import DueLine, Told
from inspection.services.messages.messages import hashed, tell
from inspection.services.tools import Tools

REMIND = "deadline.remind"
"""The kind of job that does it."""

KINDS = {
    Step.NEAR: MessageKind.DEADLINE_NEAR,
    Step.REACHED: MessageKind.DEADLINE_REACHED,
    Step.MANAGER: MessageKind.DEADLINE_PAST,
    Step.PROVINCE: MessageKind.DEADLINE_PAST,
}


async def remind(tools: Tools) -> None:
    """Tell everything that is due by now and was not told. Doing it again tells nobody again."""
    for notice in await overdue_lines.notices_with_steps(tools.now() + LOOK_AHEAD):
        async with tx():
            await _remind_of(tools, notice)


async def effective(lines: Sequence[DueLine], now: datetime) -> dict[str, datetime]:
    """The deadlines of those of these lines whose clock runs, with their pauses added, by line. One
    stands still while a pause lasts, be it of the line it carries on.
    """
    pauses = await line_pauses.pauses_of(line.id for line in lines if line.stood)
    return {
        line.id: paused_due(line.due_at, pauses.get(line.id, ()), now)
        for line in lines
        if all(pause.until for pause in pauses.get(line.id, ()))
    }


async def in_time(scope: Scope, now: datetime) -> tuple[str, ...]:
    """The lines there that are past their deadline as it was set, and not past it once their pauses
    are added: lists that count in the database leave these out.
    """
    stood = await overdue_lines.past_due_that_stood(scope, now)
    due = await effective(stood, now)
    return tuple(line.id for line in stood if due.get(line.id, now) >= now)


async def _remind_of(tools: Tools, notice: str) -> None:
    now = tools.now()
    # Read in this very transaction: what was settled a moment ago is not among them.
    owed = await overdue_lines.due_lines_of(notice)
    due = await effective(owed, now)
    lines = [line for line in owed if line.id in due]
    told = await overdue_lines.steps_told(due)
    by_step: dict[Step, list[DueLine]] = {}
    noted: list[Told] = []
    for line in lines:
        steps = reached(line.severity, line.hours, due[line.id], now)
        before = {t.step for t in told if t.line == line.id and t.due_at >= due[line.id]}
        for step in to_tell(steps, [Step(each) for each in before]):
            by_step.setdefault(step, []).append(line)
        new = [step for step in steps if step.value not in before]
        noted += [Told(line=line.id, step=s.value, due_at=due[line.id], at=now) for s in new]
    first = await overdue_lines.note_told(noted)
    for step, about in by_step.items():
        fresh = [line for line in about if (line.id, step.value) in first]
        if fresh:
            await tell(tools, _message(step, fresh, due, now))


def _message(
    step: Step, lines: Sequence[DueLine], due: Mapping[str, datetime], now: datetime
) -> Message:
    line, first = lines[0], min(due[each.id] for each in lines)
    kind = KINDS[step]
    facts: dict[str, Fact] = {
        "number": line.notice_number,
        "store": line.store_name,
        "lines": len(lines),
    }
    if kind is MessageKind.DEADLINE_PAST:
        facts["hours"] = hours_late(first, now)
    else:
        facts["due"] = first
    said = sorted(f"{each.id} {due[each.id].isoformat()}" for each in lines)
    return Message(
        kind=kind,
        key=hashed(step.value, *said),
        noun="notice",
        noun_id=line.notice,
        facts=facts,
        to=_audience(step, line),
        region_path=line.region_path,
    )


def _audience(step: Step, line: DueLine) -> tuple[Audience, ...]:
    manager = over(line.region_path, Role.REGIONAL_MANAGER)
    if step is Step.PROVINCE:
        return (manager, over(top_of(line.region_path), Role.ADMINISTRATOR))
    return (manager,) if step is Step.MANAGER else (staff_of(line.store),)
