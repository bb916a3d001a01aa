"""How the lines of a round keep their deadlines, counted beside the list of notices."""

from datetime import timedelta

import pytest

from inspection.persistence.rectifications.line_pauses import LinePauseRow, begin_pause, end_pauses
from inspection.persistence.statements import run
from inspection.services.notices.notice_list_results import NoticesAsked
from inspection.services.notices.notices import notice_list
from tests.cast import MA, QINZHOU_CLUB, WANG, ZHAO
from tests.rectifying import a_reply, accept
from tests.reviewing import an_issued

LOSSES = ("KC-E-01", "KC-E-02", "KC-M-01", "KC-M-02")


@pytest.fixture
async def issued(province):
    """A notice of four lines; the ids of these."""
    notice = await an_issued(province, "four", losses=LOSSES)
    rows = await run("SELECT id FROM notice_line WHERE notice = ? ORDER BY number", notice.id)
    return [str(row["id"]) for row in rows]


async def times(tools, person=WANG, **asked):
    return (await notice_list(tools, person.actor, NoticesAsked(**asked))).times


async def late_by(clock, line, hours, severity="general"):
    due = clock.time - timedelta(hours=hours)
    await run("UPDATE notice_line SET due_at = ?, severity = ? WHERE id = ?", due, severity, line)


async def paused(clock, line, hours, *, ended):
    since = clock.time - timedelta(hours=hours)
    await begin_pause(LinePauseRow(id=f"p-{line}", line=line, since=since, cause=line))
    if ended:
        await end_pauses(line, clock.time)


async def test_late_lines_are_counted_by_the_level_they_have_come_to(province, issued, clock):
    nothing = await times(province)
    assert (nothing.levels, nothing.in_time, nothing.due) == ((0, 0, 0), 0, 0)
    for line, hours, severity in zip(
        issued, (1, 5, 13, 99), ("general", "major", "veto", "hint"), strict=True
    ):
        await late_by(clock, line, hours, severity)
    found = await times(province)
    assert (found.levels, found.in_time, found.due) == ((2, 1, 1), 0, 4)


async def test_lines_answered_in_time_are_counted_of_those_that_passed_or_are_late(
    province, issued, clock
):
    clock.go_on(hours=1)
    for line in issued[:2]:
        await a_reply(province, line)
        await accept(province, line)
    await late_by(clock, issued[1], 5)
    await late_by(clock, issued[2], 5)
    found = await times(province)
    assert (found.levels, found.in_time, found.due) == ((0, 1, 0), 1, 3)


async def test_time_a_clock_stood_still_is_nobodys_delay(province, issued, clock):
    clock.go_on(hours=1)
    for line in issued[:2]:
        await a_reply(province, line)
        await accept(province, line)
    for line in issued:
        await late_by(clock, line, 5)
    await paused(clock, issued[1], 9, ended=True)
    await paused(clock, issued[2], 9, ended=False)
    await paused(clock, issued[3], 7, ended=True)
    found = await times(province)
    assert (found.levels, found.in_time, found.due) == ((0, 0, 0), 1, 2)
    await run("UPDATE line_pause SET since = until WHERE line = ?", issued[3])
    assert (await times(province)).levels == (0, 1, 0)


async def test_they_are_of_the_own_region_and_beside_the_first_page_only(province, issued, clock):
    await an_issued(province, "there", by=ZHAO, visitor=MA, store=QINZHOU_CLUB, losses=("KC-E-01",))
    await late_by(clock, issued[0], 30)
    assert (await times(province)).levels == (0, 0, 1)
    assert (await times(province, ZHAO)).levels == (0, 0, 0)
    assert (await times(province, store_kind="business_hall")).due == 0
    assert await times(province, q="x") is None
