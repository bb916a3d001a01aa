"""Schedules: looked after by people, kept to by the daily job."""

from datetime import date

import msgspec
import pytest

from inspection.domain.listing import ListAsked
from inspection.domain.refusals import (
    NotAllowed,
    NotFound,
    RoundOwn,
    ScheduleChanged,
    ScheduleExists,
    ScheduleRefused,
)
from inspection.domain.rounds.round_decision import RoundVerdict
from inspection.domain.rounds.round_schedule import Recurrence, Rhythm
from inspection.domain.rubrics.rubric import Text
from inspection.persistence.audit import audit
from inspection.persistence.rounds import plans, round_rows
from inspection.persistence.rounds import round_schedules as rows
from inspection.persistence.statements import run
from inspection.services.rounds import round_decisions, round_schedules
from inspection.services.rounds.round_schedules import Running
from inspection.services.rounds.scheduled_rounds import make_due_rounds
from tests.cast import GUO, LANZHOU, LI, REGION_PATHS, WANG, ZHAO
from tests.makers import an_account
from tests.rounding import HE, a_draft, a_schedule, a_schedule_plan


async def made(code: str = "KC") -> list[str]:
    schedule = await rows.find_schedule(code)
    return [found.code for found in await rows.rounds_made(schedule.id, 50)]


async def test_the_next_round_is_drafted_some_days_ahead(province, clock):
    await a_schedule(province)
    clock.go_on(days=-2)
    assert await make_due_rounds(province) == 0
    clock.go_on(days=2)
    assert await make_due_rounds(province) == 1
    found = await round_rows.find_round("KC-2026-12")
    assert (found.state, found.name_zh, found.name_en) == (
        "draft",
        "客户俱乐部暗访 2026-12",
        "Club visits 2026-12",
    )
    assert (found.starts_on, found.ends_on) == (date(2026, 12, 1), date(2026, 12, 28))
    assert (found.min_visits, found.pass_line, found.previous) == (2, 8500, None)
    assert list(await plans.rubrics_of(found.id)) == ["customer_club"]
    (event,) = await audit.events_of("round", found.id)
    assert (event.actor, event.body) == ("", '{"code":"KC-2026-12","schedule":"KC"}')


async def test_however_often_it_is_made_a_period_has_one_round(province, clock):
    await a_schedule(province)
    for _ in range(3):
        await make_due_rounds(province)
    assert await made() == ["KC-2026-12"]
    clock.go_on(days=30)
    await make_due_rounds(province)
    await make_due_rounds(province)
    assert await made() == ["KC-2027-01", "KC-2026-12"]


async def test_after_a_long_sleep_only_what_is_not_over_is_made(province, clock):
    await a_schedule(province)
    clock.go_on(days=200)
    assert await make_due_rounds(province) == 1
    assert await made() == ["KC-2027-06"]


async def test_a_round_made_by_hand_is_the_periods(province, clock):
    await a_schedule(province)
    await a_draft(province, code="KC-2026-12")
    await make_due_rounds(province)
    assert await made() == []
    schedule = await rows.find_schedule("KC")
    assert schedule.made_on == date(2026, 12, 1)
    events = await audit.events_of("schedule", schedule.id)
    assert [event.action for event in events] == ["schedule.add", "schedule.pass_over"]


async def test_a_round_is_compared_with_the_last_one_of_its_schedule(province, clock):
    await a_schedule(province)
    await make_due_rounds(province)
    await run("UPDATE round SET state = 'open' WHERE code = 'KC-2026-12'")
    clock.go_on(days=31)
    await make_due_rounds(province)
    found = await round_rows.find_round("KC-2027-01")
    assert await round_rows.code_of(found.previous) == "KC-2026-12"


async def test_a_pilot_is_compared_with_nothing(province):
    await a_schedule(province, pilot=True)
    await make_due_rounds(province)
    found = await round_rows.find_round("KC-2026-12")
    assert (found.pilot, found.previous) == (True, None)


async def test_who_wrote_the_schedule_does_not_approve_its_rounds(province):
    await a_schedule(province)
    await an_account(province, HE)
    await make_due_rounds(province)
    await round_decisions.submit_round(province, HE.actor, "KC-2026-12", 1)
    with pytest.raises(RoundOwn):
        await round_decisions.decide_round(
            province, GUO.actor, "KC-2026-12", RoundVerdict.APPROVED, "", 2
        )


async def test_a_change_affects_the_next_round_only(province, clock):
    await a_schedule(province)
    await make_due_rounds(province)
    plan = a_schedule_plan(min_visits=3, name=Text("俱乐部", "Clubs"))
    await round_schedules.edit_schedule(province, GUO.actor, "KC", plan, 1)
    clock.go_on(days=31)
    await make_due_rounds(province)
    first = await round_rows.find_round("KC-2026-12")
    second = await round_rows.find_round("KC-2027-01")
    assert (first.min_visits, second.min_visits, second.name_en) == (2, 3, "Clubs 2027-01")
    schedule = await rows.find_schedule("KC")
    *_, event = await audit.events_of("schedule", schedule.id)
    assert msgspec.json.decode(event.body)["changes"]["min_visits"] == [2, 3]
    with pytest.raises(ScheduleChanged):
        await round_schedules.edit_schedule(province, GUO.actor, "KC", plan, 1)


async def test_a_paused_schedule_rests_and_goes_on(province, clock):
    await a_schedule(province)
    for _ in range(2):
        await round_schedules.pause_schedule(province, GUO.actor, "KC", Running.PAUSED)
    assert await make_due_rounds(province) == 0
    assert (await round_schedules.schedule_of(province, GUO.actor, "KC")).next_on is None
    await round_schedules.pause_schedule(province, GUO.actor, "KC", Running.RUNNING)
    assert await make_due_rounds(province) == 1
    schedule = await rows.find_schedule("KC")
    assert [event.action for event in await audit.events_of("schedule", schedule.id)] == [
        "schedule.add",
        "schedule.pause",
        "schedule.resume",
    ]


async def test_a_schedule_paused_while_the_job_runs_makes_nothing(province, monkeypatch):
    await a_schedule(province)
    await round_schedules.pause_schedule(province, GUO.actor, "KC", Running.PAUSED)

    async def both() -> tuple[str, ...]:
        return ("KC", "gone")

    monkeypatch.setattr(rows, "running_codes", both)
    assert await make_due_rounds(province) == 0


async def test_two_that_make_the_same_round_make_one(province, monkeypatch):
    await a_schedule(province)
    await a_draft(province, code="KC-2026-12")

    async def settled(_: object, __: str) -> None:
        return None

    monkeypatch.setattr("inspection.services.rounds.scheduled_rounds._due", once_then(settled))
    assert await make_due_rounds(province) == 0


def once_then(later):
    """What is due at the first look, and what another worker has left of it at the second."""
    from inspection.services.rounds import scheduled_rounds

    real, looked = scheduled_rounds._due, []

    async def due(tools, code):
        if looked:
            return await later(tools, code)
        looked.append(code)
        return await real(tools, code)

    return due


async def test_a_schedule_is_listed_with_its_next_day_and_what_it_made(province):
    await a_schedule(province, WANG)
    await a_schedule(province, ZHAO, code="TS")
    mine = await round_schedules.schedule_list(province, WANG.actor, ListAsked())
    assert [(shown.row.code, shown.next_on, shown.region_en) for shown in mine.rows] == [
        ("KC", date(2026, 12, 1), "Lanzhou")
    ]
    assert mine.rows[0].row.region_path == REGION_PATHS[LANZHOU]
    both = await round_schedules.schedule_list(province, GUO.actor, ListAsked(q="club"))
    assert both.total == 2
    await make_due_rounds(province)
    shown = await round_schedules.schedule_of(province, WANG.actor, "KC")
    assert [found.code for found in shown.made] == ["KC-2026-12"]
    assert shown.next_on == date(2027, 1, 1)


async def test_a_schedule_elsewhere_is_missing(province):
    await a_schedule(province, WANG)
    for code in ("KC", "nobodys"):
        with pytest.raises(NotFound):
            await round_schedules.schedule_of(province, ZHAO.actor, code)
        with pytest.raises(NotFound):
            await round_schedules.edit_schedule(province, ZHAO.actor, code, a_schedule_plan(), 1)
    with pytest.raises(NotAllowed):
        await round_schedules.schedule_list(province, LI.actor, ListAsked())


async def test_a_code_is_one_schedules(province):
    await a_schedule(province)
    await a_schedule(province, code="KH")
    with pytest.raises(ScheduleExists):
        await a_schedule(province)
    with pytest.raises(ScheduleExists):
        await round_schedules.edit_schedule(province, GUO.actor, "KH", a_schedule_plan(), 1)


def rhythm(**parts) -> Rhythm:
    given = {"starts_on": date(2026, 12, 1), "recurrence": Recurrence.WEEKS}
    return Rhythm(**given | parts)


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"code": "x" * 29}, "/code"),
        ({"name": Text("x" * 101, "x")}, "/zh"),
        ({"store_kinds": ()}, "/store_kind"),
        ({"rhythm": rhythm(every=0)}, "/every"),
        ({"rhythm": rhythm(starts_on=date(9999, 12, 31))}, "/starts_on"),
        ({"rhythm": rhythm(days=0)}, "/days"),
        ({"rhythm": rhythm(ahead=-1)}, "/ahead"),
        ({"region_path": "/9/"}, "/region"),
    ],
)
async def test_a_schedule_that_makes_no_sense_is_refused(province, changes, place):
    with pytest.raises(ScheduleRefused) as refused:
        await a_schedule(province, **changes)
    assert [fault.pointer for fault in refused.value.faults] == [place]
