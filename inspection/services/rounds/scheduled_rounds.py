"""Making the rounds that schedules ask for: as drafts, some days ahead, each of them once."""

from datetime import date

import msgspec

from inspection.domain.rounds.coverage import today
from inspection.domain.rounds.round import RoundState
from inspection.domain.rounds.round_schedule import is_due, last_day, next_start, period
from inspection.persistence.engine import tx
from inspection.persistence.engines.integrity import UniqueBroken
from inspection.persistence.rounds import plans, round_schedules
from inspection.persistence.rounds.plans import RoundEntry, RoundRubricEntry
from inspection.persistence.rounds.round_schedules import ScheduleRow
from inspection.services.changes import record
from inspection.services.rounds.round_schedules import rhythm_of
from inspection.services.tools import Tools


async def make_due_rounds(tools: Tools) -> int:
    """Draft every round that is due by now; how many. However often this runs, and however long it
    did not, a period has one round, and periods that are over have none.
    """
    made = 0
    for code in await round_schedules.running_codes():
        while True:
            start = await _make_next(tools, code)
            if start is None:
                break
            made += 1
    return made


async def _make_next(tools: Tools, code: str) -> date | None:
    try:
        async with tx():
            return await _make(tools, code)
    except UniqueBroken:
        # Somebody drafted a round with this code by hand: that one is this period's.
        async with tx():
            return await _pass_over(tools, code)


async def _due(tools: Tools, code: str) -> tuple[ScheduleRow, date] | None:
    """The schedule, held, and the first day of the round to make now."""
    schedule = await round_schedules.lock_schedule(code)
    if schedule is None or schedule.paused:
        return None
    day = today(tools.now())
    start = next_start(rhythm_of(schedule), schedule.made_on, day)
    if start is None or not is_due(rhythm_of(schedule), start, day):
        return None
    return schedule, start


async def _make(tools: Tools, code: str) -> date | None:
    due = await _due(tools, code)
    if due is None:
        return None
    schedule, start = due
    entry = await _entry(tools, schedule, start)
    await round_schedules.write_schedule(msgspec.structs.replace(schedule, made_on=start))
    await plans.add_round(entry, await _pinned(tools, schedule, entry.id))
    body = {"code": entry.code, "schedule": schedule.code}
    await record(tools, None, "round.draft", ("round", entry.id), body)
    return start


async def _pass_over(tools: Tools, code: str) -> date | None:
    due = await _due(tools, code)
    if due is None:
        return None
    schedule, start = due
    await round_schedules.write_schedule(msgspec.structs.replace(schedule, made_on=start))
    body = {"code": schedule.code, "taken": _code(schedule, start)}
    await record(tools, None, "schedule.pass_over", ("schedule", schedule.id), body)
    return start


async def _entry(tools: Tools, schedule: ScheduleRow, start: date) -> RoundEntry:
    label = period(rhythm_of(schedule), start)
    previous = None if schedule.pilot else await round_schedules.last_begun(schedule.id)
    return RoundEntry(
        id=tools.new_id(),
        code=_code(schedule, start),
        name_zh=f"{schedule.name_zh} {label}",
        name_en=f"{schedule.name_en} {label}",
        visit_kind=schedule.visit_kind,
        starts_on=start,
        ends_on=last_day(rhythm_of(schedule), start),
        state=RoundState.DRAFT.value,
        min_visits=schedule.min_visits,
        disclose_day=schedule.disclose_day,
        hours_kind=schedule.hours_kind,
        previous=previous,
        created_at=tools.now(),
        theme_zh=schedule.theme_zh,
        theme_en=schedule.theme_en,
        pass_line=schedule.pass_line,
        pilot=schedule.pilot,
        region_path=schedule.region_path,
        # Whoever wrote the schedule wrote the draft: a second person approves it.
        authors=msgspec.json.encode([schedule.edited_by]).decode(),
        schedule=schedule.id,
    )


async def _pinned(tools: Tools, schedule: ScheduleRow, round_id: str) -> list[RoundRubricEntry]:
    kinds = msgspec.json.decode(schedule.store_kinds, type=list[str])
    latest = await plans.latest_rubrics()
    return [
        RoundRubricEntry(
            id=tools.new_id(), round=round_id, store_kind=kind, rubric_version=latest[kind]
        )
        for kind in sorted(kinds)
        if kind in latest
    ]


def _code(schedule: ScheduleRow, start: date) -> str:
    return f"{schedule.code}-{period(rhythm_of(schedule), start)}"
