"""Changing a draft's wording, hours and responsible people. Points have no way in."""

import msgspec

from inspection.domain.access import Action, Actor
from inspection.domain.notices import notice_state
from inspection.domain.notices.notice_letter import NAME, TEXT
from inspection.domain.notices.notice_state import NoticeMove
from inspection.domain.plain_text import TextTooLong, plain
from inspection.domain.refusals import BodyRefused, DraftChanged, Fault, TextUnprintable
from inspection.persistence.audit import audit
from inspection.persistence.engine import tx
from inspection.persistence.notices import notices
from inspection.persistence.notices.notices import Edited, NoticeLineRow, NoticeRow
from inspection.services.notices.notice_access import held
from inspection.services.notices.notice_results import LineEdit
from inspection.services.notices.notice_wording import demanded, demands_of, edited, version_of
from inspection.services.rubrics.rubrics import rubric_of
from inspection.services.tools import Tools

HOURS = (12, 24, 48, 72, 168, 360)
"""Times to rectify on offer; a line may also take the hours its rubric gave it."""

MOST_DEMANDS = 8


async def edit_notice(
    tools: Tools,
    actor: Actor,
    notice: str,
    lines: tuple[LineEdit, ...],
    demands: tuple[str, ...] | None = None,
    seen: str | None = None,
) -> str:
    """Reword a draft's lines, and its demands when any are given; the version it then has. Raises
    BodyRefused naming every wrong place, DraftChanged for another version than `seen`, MoveRefused.
    """
    async with tx():
        row = await held(actor, Action.NOTICE_EDIT, notice)
        notice_state.move(row.state, NoticeMove.EDIT)
        stored, kept = await notices.lines_of(notice), demands_of(row)
        wanted = kept if demands is None else demands
        offered = await offered_hours(row, stored)
        if faults := (*_line_faults(lines, offered), *_demand_faults(wanted)):
            raise BodyRefused(faults=faults)
        edits, said = tuple(edited(line) for line in lines), demanded(wanted)
        changes = _line_changes(stored, edits)
        if said != kept:
            changes.append({"field": "demands", "old": kept, "new": said})
        if not changes:
            return version_of(kept, stored)
        if seen not in {None, version_of(kept, stored)}:
            raise DraftChanged
        await notices.write_edits(notice, edits, _json(said), actor.account)
        await _record(tools, actor, notice, changes)
        return version_of(said, await notices.lines_of(notice))


def _json(demands: tuple[str, ...]) -> str:
    return msgspec.json.encode(demands).decode()


async def offered_hours(
    row: NoticeRow, lines: tuple[NoticeLineRow, ...]
) -> dict[int, tuple[int, ...]]:
    """The times each line may take: the presets, its rubric's own and the one it has."""
    rubric = await rubric_of(row.rubric_version)
    offered: dict[int, tuple[int, ...]] = {}
    for line in lines:
        item = rubric.item(line.item)
        own = {item.hours} if item else set[int]()
        offered[line.number] = tuple(sorted({*HOURS, line.hours, *own}))
    return offered


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


def _line_faults(lines: tuple[LineEdit, ...], offered: dict[int, tuple[int, ...]]) -> list[Fault]:
    faults: list[Fault] = []
    seen: set[int] = set()
    for place, line in enumerate(lines):
        at = f"/lines/{place}"
        if line.number not in offered or line.number in seen:
            faults.append(Fault(f"{at}/number", "notice.no_such_line", number=line.number))
            continue
        seen.add(line.number)
        if line.hours not in offered[line.number]:
            choice = ", ".join(str(hours) for hours in offered[line.number])
            faults.append(Fault(f"{at}/hours", "notice.hours_not_offered", offered=choice))
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


def _line_changes(
    stored: tuple[NoticeLineRow, ...], edits: tuple[Edited, ...]
) -> list[dict[str, object]]:
    known = {line.number: line for line in stored}
    return [change for edit in edits for change in _changes(known[edit.number], edit)]


def _changes(old: NoticeLineRow, new: Edited) -> list[dict[str, object]]:
    return [
        {
            "line": new.number,
            "field": field,
            "old": getattr(old, field),
            "new": getattr(new, field),
        }
        for field in ("problem", "requirement", "responsible", "hours", "hours_kind")
        if getattr(old, field) != getattr(new, field)
    ]
