"""The lines of a draft put together, taken apart and put in another order. Nothing is lost by it:
a merged line keeps every item, point and photo, and the words each had.
"""

import msgspec

from inspection.domain.access import Action, Actor
from inspection.domain.notices import notice_state
from inspection.domain.notices.notice_letter import TEXT
from inspection.domain.notices.notice_part import LinePart, LinesTooFew, check_alike, joined
from inspection.domain.notices.notice_state import NoticeMove
from inspection.domain.refusals import BodyRefused, DraftChanged, Fault
from inspection.persistence.engine import tx
from inspection.persistence.notices import notice_drafts, notices
from inspection.persistence.notices.notices import NoticeLineRow
from inspection.services.changes import record
from inspection.services.notices.notice_access import held
from inspection.services.notices.notice_lines import made_of, parts_of
from inspection.services.notices.notice_wording import demands_of, version_of
from inspection.services.tools import Tools

Lines = tuple[NoticeLineRow, ...]


async def merge_lines(
    tools: Tools, actor: Actor, notice: str, numbers: tuple[int, ...], seen: str | None = None
) -> None:
    """Make one line of several of a section. Raises LinesUnlike, LinesTooFew, LinesTooMany,
    BodyRefused for a line that is not there, DraftChanged, MoveRefused.
    """
    async with tx():
        lines = await _held(actor, notice, numbers, seen)
        chosen = [line for line in lines if line.number in numbers]
        parts = tuple(part for line in chosen for part in parts_of(line))
        check_alike(parts)
        first = _worded(made_of(chosen[0], parts), joined(_as_parts(chosen), TEXT))
        kept = [first if line is chosen[0] else line for line in lines if line not in chosen[1:]]
        await _write(tools, actor, "notice.merge", notice, (lines, tuple(kept)))


async def split_line(
    tools: Tools, actor: Actor, notice: str, number: int, seen: str | None = None
) -> None:
    """Make a merged line the lines it was made of, in the words they had. Raises LinesTooFew for
    one that was never merged, BodyRefused, DraftChanged, MoveRefused.
    """
    async with tx():
        lines = await _held(actor, notice, (number,), seen)
        found: list[NoticeLineRow] = []
        for line in lines:
            found += _apart(tools, line) if line.number == number else [line]
        await _write(tools, actor, "notice.split", notice, (lines, tuple(found)))


async def raise_line(
    tools: Tools, actor: Actor, notice: str, number: int, seen: str | None = None
) -> None:
    """Let a line change places with the one before it; the first stays where it is. Raises
    BodyRefused, DraftChanged, MoveRefused.
    """
    async with tx():
        lines = await _held(actor, notice, (number,), seen)
        order = list(lines)
        place = next(n for n, line in enumerate(lines) if line.number == number)
        if not place:
            return
        order[place - 1], order[place] = order[place], order[place - 1]
        await _write(tools, actor, "notice.reorder", notice, (lines, tuple(order)))


async def _held(actor: Actor, notice: str, numbers: tuple[int, ...], seen: str | None) -> Lines:
    row = await held(actor, Action.NOTICE_EDIT, notice)
    notice_state.move(row.state, NoticeMove.EDIT)
    lines = await notices.lines_of(notice)
    if seen not in {None, version_of(demands_of(row), lines)}:
        raise DraftChanged
    known = {line.number for line in lines}
    if missing := [number for number in numbers if number not in known]:
        fault = Fault("/lines", "notice.no_such_line", number=missing[0])
        raise BodyRefused(faults=(fault,))
    return lines


def _as_parts(lines: list[NoticeLineRow]) -> tuple[LinePart, ...]:
    bare = (msgspec.structs.replace(line, parts="[]") for line in lines)
    return tuple(part for line in bare for part in parts_of(line))


def _worded(line: NoticeLineRow, said: LinePart) -> NoticeLineRow:
    return msgspec.structs.replace(
        line,
        problem=said.problem,
        requirement=said.requirement,
        responsible=said.responsible,
        hours=said.hours,
    )


def _apart(tools: Tools, line: NoticeLineRow) -> list[NoticeLineRow]:
    parts = line.merged()
    if not parts:
        raise LinesTooFew
    whole = [made_of(line, (part,)) for part in parts]
    return [
        each if n == 0 else msgspec.structs.replace(each, id=tools.random_id())
        for n, each in enumerate(whole)
    ]


async def _write(
    tools: Tools, actor: Actor, action: str, notice: str, change: tuple[Lines, Lines]
) -> None:
    before, after = change
    numbered = tuple(
        msgspec.structs.replace(line, number=number) for number, line in enumerate(after, 1)
    )
    await notice_drafts.replace_lines(notice, numbered)
    await notice_drafts.note_edited(notice, actor.account)
    body = {"changes": {"lines": [_told(before), _told(numbered)]}}
    await record(tools, actor, action, ("notice", notice), body)


def _told(lines: Lines) -> list[object]:
    return [[list(line.items()), line.lost, line.problem, line.requirement] for line in lines]
