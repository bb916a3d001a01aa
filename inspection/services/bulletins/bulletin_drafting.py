"""Drafting an issue: beginning one, and writing what people say in it."""

from datetime import date

import msgspec

from inspection.domain.access import Action, Actor
from inspection.domain.bulletins.bulletin import (
    MOST_TEXT,
    BulletinKind,
    BulletinMove,
    Period,
    move,
    paragraphs,
    week_of,
)
from inspection.domain.bulletins.bulletin_sections import (
    Choices,
    choices_in,
    kept_text,
    told,
)
from inspection.domain.deadline import day_of
from inspection.domain.plain_text import plain
from inspection.domain.refusals.bulletins import (
    BulletinChanged,
    BulletinPeriodRefused,
    BulletinTextTooLong,
    BulletinWithoutSections,
)
from inspection.domain.rounds.round import Round
from inspection.persistence.bulletins import bulletins
from inspection.persistence.bulletins.bulletins import BulletinRow, NewBulletin
from inspection.persistence.engine import tx
from inspection.persistence.rankings import ranked_rounds
from inspection.services.bulletins.bulletin_access import held
from inspection.services.bulletins.bulletin_gaps import check_benchmark
from inspection.services.bulletins.bulletin_told import check_case
from inspection.services.changes import changes, record
from inspection.services.reach import check_granted
from inspection.services.tools import Tools

BESIDE = frozenset({"revision", "changed_by", "changed_at", "sections"})


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """An issue to begin: a week by one of its days, or a round by its code. A week looks at the
    latest round with results when none is named.
    """

    kind: BulletinKind
    day: date | None = None
    round: str = ""


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """What people may write and choose in a draft."""

    preface: str = ""
    closing: str = ""
    hide_worst: bool = False
    solved_case: str = ""
    sections: Choices | None = None
    """Left as they are where nothing is said about them."""
    benchmark: str | None = None
    """The same."""


async def start_bulletin(tools: Tools, actor: Actor, wanted: Wanted) -> str:
    """Begin an issue about the caller's part of the tree, what can be chosen as in the last one of
    its kind; its id. Raises BulletinPeriodRefused.
    """
    check_granted(actor, Action.BULLETIN_EDIT)
    (round_, *_) = await ranked_rounds.find_round(wanted.round, actor.region_path) or (None,)
    if round_ is None and (wanted.round or wanted.kind is BulletinKind.ROUND):
        raise BulletinPeriodRefused
    period = await _period(tools, wanted, round_)
    now = tools.now()
    sections, benchmark = await bulletins.choices_of_last(actor.region_path, wanted.kind)
    row = NewBulletin(
        id=tools.new_id(),
        region_path=actor.region_path,
        kind=wanted.kind,
        first_on=period.first,
        last_on=period.last,
        round=round_.id if round_ else None,
        drafted_by=actor.account,
        drafted_at=now,
        changed_by=actor.account,
        changed_at=now,
        sections=sections,
        benchmark=benchmark,
    )
    async with tx():
        await bulletins.add_bulletin(row)
        facts = {"kind": row.kind.value, "starts_on": row.first_on, "ends_on": row.last_on}
        await record(tools, actor, "bulletin.start", ("bulletin", row.id), facts)
    return row.id


async def edit_bulletin(
    tools: Tools, actor: Actor, bulletin: str, said: Written, seen: int
) -> None:
    """Keep what was written in a draft; nothing is done where nothing changed. Raises
    BulletinChanged for another revision than `seen`, BulletinTextTooLong,
    BulletinWithoutSections, BulletinCaseGone, BulletinBenchmarkGone, MoveRefused, NotFound.
    """
    said = msgspec.structs.replace(said, preface=_text(said.preface), closing=_text(said.closing))
    if said.sections is not None and not told(said.sections):
        raise BulletinWithoutSections
    await check_case(said.solved_case)
    async with tx():
        before = await held(actor, Action.BULLETIN_EDIT, bulletin)
        move(before.state, BulletinMove.EDIT)
        if before.revision != seen:
            raise BulletinChanged
        await check_benchmark(before, said.benchmark or "")
        after = _edited(tools, actor, before, said)
        changed = changes(before, after, BESIDE) | _reordered(before, after)
        if not changed:
            return
        await bulletins.keep_draft(after)
        await record(tools, actor, "bulletin.edit", ("bulletin", bulletin), {"changes": changed})


async def discard_bulletin(tools: Tools, actor: Actor, bulletin: str, seen: int) -> None:
    """Put a draft out of the way for good. Raises BulletinChanged for another revision than `seen`,
    MoveRefused, NotFound.
    """
    async with tx():
        before = await held(actor, Action.BULLETIN_EDIT, bulletin)
        after = move(before.state, BulletinMove.DISCARD)
        if before.revision != seen:
            raise BulletinChanged
        await bulletins.discard(bulletin, actor.account, tools.now())
        facts = {
            "changes": {
                "state": [before.state.value, after.value],
                "preface": [before.preface, ""],
                "closing": [before.closing, ""],
            }
        }
        await record(tools, actor, "bulletin.discard", ("bulletin", bulletin), facts)


def _reordered(before: BulletinRow, after: BulletinRow) -> dict[str, list[object]]:
    if before.sections == after.sections:
        return {}
    was, now = choices_in(before.sections), choices_in(after.sections)
    orders = [[each.section.value for each in choices] for choices in (was, now)]
    changed: dict[str, list[object]] = {}
    if told(was) != told(now):
        changed["sections"] = [[each.value for each in told(choices)] for choices in (was, now)]
    elif orders[0] != orders[1]:
        changed["section_order"] = [*orders]
    return changed


def _edited(tools: Tools, actor: Actor, before: BulletinRow, said: Written) -> BulletinRow:
    return msgspec.structs.replace(
        before,
        preface=said.preface,
        closing=said.closing,
        hide_worst=said.hide_worst,
        solved_case=said.solved_case,
        sections=before.sections if said.sections is None else kept_text(said.sections),
        benchmark=before.benchmark if said.benchmark is None else said.benchmark,
        revision=before.revision + 1,
        changed_by=actor.account,
        changed_at=tools.now(),
    )


async def _period(tools: Tools, wanted: Wanted, round_: Round | None) -> Period:
    if wanted.kind is BulletinKind.ROUND and round_ is not None:
        return await bulletins.days_of_round(round_.id)
    today = day_of(tools.now())
    return week_of(wanted.day or today, today)


def _text(typed: str) -> str:
    """Paragraphs of printable text."""
    kept = "\n".join(plain(line, "preface", len(line)) for line in paragraphs(typed))
    if len(kept) > MOST_TEXT:
        raise BulletinTextTooLong(limit=MOST_TEXT)
    return kept
