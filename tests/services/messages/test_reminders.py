"""Deadlines told to the store and up the tree: once per step, across outages and restarts; and
urging by hand.
"""

import asyncio
from datetime import timedelta

import msgspec
import pytest

from inspection.domain.access import Role
from inspection.domain.refusals import NotAllowed, NotFound
from inspection.domain.refusals.messages import NothingToUrge, UrgedToday
from inspection.persistence.rectifications import overdue_lines
from inspection.persistence.rectifications.line_pauses import LinePauseRow, begin_pause
from inspection.persistence.rectifications.notice_tallies import tally_lines
from inspection.persistence.statements import run
from inspection.services.messages.reminders import remind
from inspection.services.notices.urging import Urge, urge
from tests.cast import CHEN, CLUB, DENG, GUO, LI, SUN, WANG, ZHAO
from tests.receiving import rows_of
from tests.reviewing import an_issued

REMINDED = ("deadline.near", "deadline.reached", "deadline.past")


@pytest.fixture
async def notice(province):
    return (await an_issued(province, "late", GUO, visitor=LI, store=CLUB)).id


async def the_lines(notice):
    return await run("SELECT * FROM notice_line WHERE notice = ? ORDER BY number", notice)


async def due_in(clock, notice, hours, severity="general"):
    """One open line of the notice, due in so many hours of 168."""
    first, *rest = await the_lines(notice)
    for line in rest:
        await run("DELETE FROM notice_line WHERE id = ?", line["id"])
    due = clock.time + timedelta(hours=hours)
    await run(
        "UPDATE notice_line SET due_at = ?, hours = 168, severity = ? WHERE id = ?",
        due,
        severity,
        first["id"],
    )
    await run("DELETE FROM inbox_message")
    return str(first["id"])


async def told():
    rows = await rows_of("inbox_message", "at_ms, account")
    return [(row["kind"], row["account"]) for row in rows if row["kind"] in REMINDED]


async def test_each_step_is_told_once_to_whom_it_concerns(province, clock, notice):
    await due_in(clock, notice, 30)
    steps = []
    for hours in (0, 6, 0, 24, 4, 1, 20, 24):
        clock.go_on(hours=hours)
        await remind(province)
        steps.append(await told())
    near, reached = ("deadline.near", CHEN.account), ("deadline.reached", CHEN.account)
    manager, province_too = ("deadline.past", WANG.account), ("deadline.past", GUO.account)
    assert steps[0] == []
    assert steps[1] == steps[2] == [near]
    assert steps[3] == [near, reached]
    assert steps[4] == steps[5] == [near, reached, manager]
    assert sorted(steps[6][3:]) == sorted([manager, province_too])
    assert steps[7] == steps[6]
    assert len(await rows_of("line_reminder")) == 4


async def test_after_an_outage_nobody_is_flooded(province, clock, notice):
    await due_in(clock, notice, 30)
    clock.go_on(days=9)
    await remind(province)
    await remind(province)
    assert sorted(await told()) == sorted(
        [
            ("deadline.reached", CHEN.account),
            ("deadline.past", WANG.account),
            ("deadline.past", GUO.account),
        ]
    )
    (message,) = [m for m in await rows_of("inbox_message") if m["account"] == WANG.account]
    facts = msgspec.json.decode(message["facts"])
    assert (facts["lines"], facts["hours"]) == (1, 9 * 24 - 30)


async def test_workers_at_once_tell_once(province, clock, notice):
    await due_in(clock, notice, -1)
    await asyncio.gather(*(remind(province) for _ in range(4)))
    assert await told() == [("deadline.reached", CHEN.account)]


async def test_a_worker_that_dies_after_the_first_notice_goes_on_with_the_next(
    province, clock, notice, monkeypatch
):
    await due_in(clock, notice, -1)
    from inspection.services.messages import reminders

    real = reminders.tell

    async def dies(*args):
        await real(*args)
        raise SystemExit

    with monkeypatch.context() as dying:
        dying.setattr(reminders, "tell", dies)
        with pytest.raises(SystemExit):
            await remind(province)
    assert await told() == [], "what was not committed was not told"
    await remind(province)
    assert await told() == [("deadline.reached", CHEN.account)]


async def test_what_another_worker_told_a_moment_ago_is_not_told_again(
    province, clock, notice, monkeypatch
):
    await due_in(clock, notice, -1)
    await remind(province)

    async def seen_before(lines):
        return ()

    monkeypatch.setattr(overdue_lines, "steps_told", seen_before)
    await remind(province)
    assert await told() == [("deadline.reached", CHEN.account)]


async def test_more_time_begins_the_steps_anew(province, clock, notice):
    line = await due_in(clock, notice, -1)
    await remind(province)
    later = clock.time + timedelta(hours=48)
    await run("UPDATE notice_line SET due_at = ? WHERE id = ?", later, line)
    await remind(province)
    assert len(await told()) == 1
    clock.go_on(hours=30)
    await remind(province)
    assert [kind for kind, _ in await told()] == ["deadline.reached", "deadline.near"]


async def test_a_clock_that_stands_still_reminds_nobody(province, clock, notice):
    line = await due_in(clock, notice, 1)
    pause = LinePauseRow(id="p-1", line=line, since=clock.time, cause="a")
    await begin_pause(pause)
    clock.go_on(days=3)
    await remind(province)
    assert await told() == []
    await run("UPDATE line_pause SET until = ?", clock.time)
    await remind(province)
    assert await told() == [("deadline.near", CHEN.account)]
    clock.go_on(hours=1)
    await remind(province)
    assert [kind for kind, _ in await told()] == ["deadline.near", "deadline.reached"]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE notice_line SET state = 'submitted'",
        "UPDATE notice_line SET state = 'verified'",
        "UPDATE notice SET state = 'void'",
        "UPDATE notice SET state = 'draft'",
    ],
)
async def test_who_owes_nothing_is_not_reminded(province, clock, notice, change):
    await due_in(clock, notice, -1)
    await run(change)
    await tally_lines(notice)
    await remind(province)
    assert await told() == []


async def test_a_hint_never_goes_above_the_store(province, clock, notice):
    await due_in(clock, notice, -100, "hint")
    await remind(province)
    assert await told() == [("deadline.reached", CHEN.account)]


async def test_lines_of_one_notice_are_told_together(province, clock):
    issued = await an_issued(
        province, "two", GUO, visitor=LI, store=CLUB, losses=("KC-M-01", "KC-M-02")
    )
    lines = await the_lines(issued.id)
    assert len(lines) > 1
    await run("UPDATE notice_line SET due_at = ?", clock.time - timedelta(hours=1))
    await run("DELETE FROM inbox_message")
    await remind(province)
    (message,) = [row for row in await rows_of("inbox_message") if row["kind"] in REMINDED]
    assert msgspec.json.decode(message["facts"])["lines"] == len(lines)


async def urged():
    rows = await rows_of("inbox_message", "at_ms, account")
    return [(row["kind"], row["account"]) for row in rows if "notice." in row["kind"]]


async def test_a_store_is_urged_once_a_day(province, clock, notice):
    await due_in(clock, notice, 30)
    await urge(province, WANG.actor, notice, Urge.STORE)
    assert await urged() == [("notice.urged", CHEN.account)]
    with pytest.raises(UrgedToday):
        await urge(province, GUO.actor, notice, Urge.STORE)
    clock.go_on(hours=24)
    await urge(province, WANG.actor, notice, Urge.STORE)
    assert len(await urged()) == 2
    events = [row for row in await rows_of("audit_event", "seq") if row["action"] == "notice.urge"]
    assert [row["actor"] for row in events] == [WANG.account] * 2


async def test_two_who_urge_at_once_tell_once(province, clock, notice):
    await due_in(clock, notice, 30)
    answers = await asyncio.gather(
        *(urge(province, person.actor, notice, Urge.STORE) for person in (WANG, GUO)),
        return_exceptions=True,
    )
    assert sorted(type(each).__name__ for each in answers) == ["NoneType", "UrgedToday"]
    assert len(await urged()) == 1


async def test_only_what_is_late_is_escalated_and_not_to_whoever_does_it(province, clock, notice):
    await due_in(clock, notice, 1)
    with pytest.raises(NothingToUrge):
        await urge(province, WANG.actor, notice, Urge.ABOVE)
    clock.go_on(hours=4)
    await urge(province, WANG.actor, notice, Urge.ABOVE)
    assert await urged() == [("notice.escalated", GUO.account)]


async def test_nothing_open_is_nothing_to_urge(province, clock, notice):
    await run("UPDATE notice_line SET state = 'submitted'")
    with pytest.raises(NothingToUrge):
        await urge(province, WANG.actor, notice, Urge.STORE)


async def test_a_foreign_notice_is_not_there(province, notice):
    with pytest.raises(NotFound):
        await urge(province, ZHAO.actor, notice, Urge.STORE)
    with pytest.raises(NotFound):
        await urge(province, WANG.actor, "nothing", Urge.STORE)
    for person in (SUN, CHEN, DENG):
        assert person.role is not Role.REGIONAL_MANAGER
        with pytest.raises(NotAllowed):
            await urge(province, person.actor, notice, Urge.STORE)
