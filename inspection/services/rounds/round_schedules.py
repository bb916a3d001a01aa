"""Schedules as people look after them. A change affects the next round only: what was made is a
draft of its own.
"""

from datetime import date
from enum import StrEnum

import msgspec

from inspection.domain.access import Action, Actor, Place, may
from inspection.domain.listing import ListAsked
from inspection.domain.refusals import (
    Fault,
    NotFound,
    ScheduleChanged,
    ScheduleExists,
    ScheduleRefused,
)
from inspection.domain.rounds.coverage import today
from inspection.domain.rounds.round_schedule import (
    Recurrence,
    Rhythm,
    SchedulePlan,
    next_start,
    schedule_faults,
)
from inspection.persistence.engine import read_tx, tx
from inspection.persistence.engines.integrity import UniqueBroken
from inspection.persistence.people import places
from inspection.persistence.rounds import round_schedules
from inspection.persistence.rounds.round_schedules import MadeRound, ScheduleRow
from inspection.services.changes import changes, record
from inspection.services.people.places import Map, map_of
from inspection.services.reach import check_granted, check_reach
from inspection.services.tools import Tools

BESIDE = frozenset({"id", "revision", "edited_by", "edited_at", "made_on"})
MADE_SHOWN = 12


class Running(StrEnum):
    """Whether a schedule makes rounds."""

    PAUSED = "paused"
    RUNNING = "running"


class ScheduleShown(msgspec.Struct, frozen=True, kw_only=True):
    """A schedule with where it is and the first day of the next round; None while it is paused."""

    row: ScheduleRow
    region: str
    region_en: str
    next_on: date | None
    made: tuple[MadeRound, ...] = ()


class SchedulePage(msgspec.Struct, frozen=True, kw_only=True):
    """One page of schedules."""

    rows: tuple[ScheduleShown, ...]
    total: int
    sort: str
    next_cursor: str | None


async def schedule_list(tools: Tools, actor: Actor, asked: ListAsked) -> SchedulePage:
    """One page of the schedules of the caller's part of the tree."""
    check_granted(actor, Action.SCHEDULE_EDIT)
    async with read_tx():
        found = await round_schedules.list_schedules(asked, actor.region_path)
        names = await map_of(row.region_path for row in found.rows)
    return SchedulePage(
        rows=tuple(_shown(tools, row, names) for row in found.rows),
        total=found.total,
        sort=found.sort,
        next_cursor=found.next_cursor,
    )


async def schedule_of(tools: Tools, actor: Actor, code: str) -> ScheduleShown:
    """One schedule with the rounds it made. Raises NotAllowed or NotFound."""
    check_granted(actor, Action.SCHEDULE_EDIT)
    async with read_tx():
        row = _reached(actor, await round_schedules.find_schedule(code))
        made = await round_schedules.rounds_made(row.id, MADE_SHOWN)
        names = await map_of([row.region_path])
    return msgspec.structs.replace(_shown(tools, row, names), made=made)


async def add_schedule(tools: Tools, actor: Actor, plan: SchedulePlan) -> None:
    """Keep a new schedule. Raises ScheduleRefused or ScheduleExists."""
    check_granted(actor, Action.SCHEDULE_EDIT)
    try:
        async with tx():
            row = await _row(tools, actor, plan)
            await round_schedules.add_schedule(row)
            body = {"code": row.code, "changes": changes(None, row, BESIDE)}
            await record(tools, actor, "schedule.add", ("schedule", row.id), body)
    except UniqueBroken:
        raise ScheduleExists(schedule=plan.code) from None


async def edit_schedule(
    tools: Tools, actor: Actor, code: str, plan: SchedulePlan, seen: int
) -> None:
    """Change what the next round will be; `seen` is the revision the page showed. Raises
    ScheduleChanged and what `add_schedule` raises.
    """
    check_granted(actor, Action.SCHEDULE_EDIT)
    try:
        async with tx():
            before = _reached(actor, await round_schedules.lock_schedule(code))
            if before.revision != seen:
                raise ScheduleChanged
            after = msgspec.structs.replace(
                await _row(tools, actor, plan),
                id=before.id,
                paused=before.paused,
                made_on=before.made_on,
                revision=before.revision + 1,
            )
            await round_schedules.write_schedule(after)
            body = {"code": after.code, "changes": changes(before, after, BESIDE)}
            await record(tools, actor, "schedule.edit", ("schedule", before.id), body)
    except UniqueBroken:
        raise ScheduleExists(schedule=plan.code) from None


async def pause_schedule(tools: Tools, actor: Actor, code: str, wanted: Running) -> None:
    """Let a schedule rest, or go on; the same again changes nothing."""
    check_granted(actor, Action.SCHEDULE_EDIT)
    async with tx():
        before = _reached(actor, await round_schedules.lock_schedule(code))
        after = msgspec.structs.replace(
            before, paused=wanted is Running.PAUSED, revision=before.revision + 1
        )
        if after.paused == before.paused:
            return
        await round_schedules.write_schedule(after)
        body = {"code": code, "changes": changes(before, after, BESIDE)}
        action = "schedule.pause" if after.paused else "schedule.resume"
        await record(tools, actor, action, ("schedule", before.id), body)


def rhythm_of(row: ScheduleRow) -> Rhythm:
    """When a schedule's rounds begin."""
    return Rhythm(
        starts_on=row.starts_on,
        recurrence=Recurrence(row.recurrence),
        every=row.every,
        days=row.days,
        ahead=row.ahead,
    )


def _reached(actor: Actor, row: ScheduleRow | None) -> ScheduleRow:
    if row is None:
        raise NotFound(noun="schedule")
    check_reach(actor, Action.SCHEDULE_EDIT, Place(region_path=row.region_path), "schedule")
    return row


def _shown(tools: Tools, row: ScheduleRow, names: Map) -> ScheduleShown:
    name = names.name(row.region_path)
    upcoming = next_start(rhythm_of(row), row.made_on, today(tools.now()))
    return ScheduleShown(
        row=row, region=name.zh, region_en=name.en, next_on=None if row.paused else upcoming
    )


_RULES = ("min_visits", "pass_line", "pilot", "disclose_day", "hours_kind")
_RHYTHM = ("every", "starts_on", "days", "ahead")
"""Fields of a plan that are kept as they were asked for."""


async def _row(tools: Tools, actor: Actor, plan: SchedulePlan) -> ScheduleRow:
    region_path = plan.region_path or actor.region_path
    faults = (*schedule_faults(plan), *await _region_faults(actor, region_path))
    if faults:
        raise ScheduleRefused(faults=faults)
    return ScheduleRow(
        id=tools.new_id(),
        code=plan.code,
        name_zh=plan.name.zh,
        name_en=plan.name.en,
        theme_zh=plan.theme.zh,
        theme_en=plan.theme.en,
        visit_kind=plan.visit_kind,
        region_path=region_path,
        store_kinds=msgspec.json.encode(plan.store_kinds).decode(),
        recurrence=plan.rhythm.recurrence.value,
        **{name: getattr(plan, name) for name in _RULES},
        **{name: getattr(plan.rhythm, name) for name in _RHYTHM},
        paused=False,
        made_on=None,
        revision=1,
        edited_by=actor.account,
        edited_at=tools.now(),
    )


async def _region_faults(actor: Actor, path: str) -> tuple[Fault, ...]:
    within = may(actor, Action.SCHEDULE_EDIT, Place(region_path=path))
    if within and await places.find_region(path) is not None:
        return ()
    return (Fault("/region", "round.region_unknown"),)
