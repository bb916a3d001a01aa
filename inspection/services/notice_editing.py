"""Changing a draft's wording, hours and responsible people. Points have no way in."""

import msgspec

from inspection.domain import notice_state
from inspection.domain.access import Action, Actor
from inspection.domain.notice_letter import NAME, TEXT
from inspection.domain.notice_state import NoticeMove
from inspection.domain.plain_text import TextTooLong, plain
from inspection.domain.refusals import BodyRefused, Fault, TextUnprintable
from inspection.persistence import audit, notices
from inspection.persistence.engine import tx
from inspection.persistence.notices import Edited, NoticeLineRow
from inspection.services.notice_access import held
from inspection.services.notice_results import LineEdit
from inspection.services.tools import Tools

HOURS = (12, 24, 48, 72, 168, 360)
"""Times to rectify on offer; a line also keeps the hours its rubric gave it."""

MOST_DEMANDS = 8


async def edit_notice(
    tools: Tools,
    actor: Actor,
    notice: str,
    lines: tuple[LineEdit, ...],
    demands: tuple[str, ...] | None = None,
) -> None:
    """Reword lines of a draft, and its demands when there are any given. Raises BodyRefused naming
    every place that is wrong; after sign-off MoveRefused.
    """
    async with tx():
        row = await held(actor, Action.NOTICE_EDIT, notice)
        notice_state.move(row.state, NoticeMove.EDIT)
        known = {line.number: line for line in await notices.lines_of(notice)}
        kept = msgspec.json.decode(row.demands, type=tuple[str, ...])
        wanted = kept if demands is None else demands
        if faults := (*_line_faults(lines, known), *_demand_faults(wanted)):
            raise BodyRefused(faults=faults)
        edits = tuple(_edited(line) for line in lines)
        said = tuple(plain(demand, "demand", TEXT) for demand in wanted)
        changes = [change for edit in edits for change in _changes(known[edit.number], edit)]
        if said != kept:
            changes.append({"field": "demands", "old": kept, "new": said})
        if changes:
            await notices.write_edits(notice, edits, msgspec.json.encode(said).decode())
            await _record(tools, actor, notice, changes)


async def _record(
    tools: Tools, actor: Actor, notice: str, changes: list[dict[str, object]]
) -> None:
    await audit.append(
        at=tools.now(),
        actor=actor.account,
        action="notice.edit",
        noun="notice",
        noun_id=notice,
        body={"changes": changes},
    )


def _line_faults(lines: tuple[LineEdit, ...], known: dict[int, NoticeLineRow]) -> list[Fault]:
    faults: list[Fault] = []
    seen: set[int] = set()
    for place, line in enumerate(lines):
        at = f"/lines/{place}"
        if line.number not in known or line.number in seen:
            faults.append(Fault(f"{at}/number", "notice.no_such_line", number=line.number))
            continue
        seen.add(line.number)
        if line.hours not in {*HOURS, known[line.number].hours}:
            offered = ", ".join(str(hours) for hours in HOURS)
            faults.append(Fault(f"{at}/hours", "notice.hours_not_offered", offered=offered))
        faults += _text_faults(f"{at}/problem", line.problem)
        faults += _text_faults(f"{at}/requirement", line.requirement)
        faults += _text_faults(f"{at}/responsible", line.responsible or "-", NAME)
    return faults


def _demand_faults(demands: tuple[str, ...]) -> list[Fault]:
    faults: list[Fault] = []
    for place, demand in enumerate(demands):
        faults += _text_faults(f"/demands/{place}", demand)
    if not 1 <= len(demands) <= MOST_DEMANDS:
        faults.append(Fault("/demands", "notice.demand_count", most=MOST_DEMANDS))
    return faults


def _text_faults(pointer: str, text: str, limit: int = TEXT) -> list[Fault]:
    try:
        said = plain(text, pointer.rpartition("/")[2], limit)
    except (TextTooLong, TextUnprintable) as refusal:
        return [Fault(pointer, refusal.code, **refusal.facts)]
    return [] if said else [Fault(pointer, "notice.text_missing")]


def _edited(line: LineEdit) -> Edited:
    return Edited(
        number=line.number,
        problem=plain(line.problem, "problem", TEXT),
        requirement=plain(line.requirement, "requirement", TEXT),
        responsible=plain(line.responsible, "responsible", NAME),
        hours=line.hours,
    )


def _changes(old: NoticeLineRow, new: Edited) -> list[dict[str, object]]:
    return [
        {
            "line": new.number,
            "field": field,
            "old": getattr(old, field),
            "new": getattr(new, field),
        }
        for field in ("problem", "requirement", "responsible", "hours")
        if getattr(old, field) != getattr(new, field)
    ]
