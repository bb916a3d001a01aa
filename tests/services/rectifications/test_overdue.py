"""What is late, added up: the same numbers from the province down to the line."""

import time
from datetime import timedelta

import pytest

from inspection.domain.refusals import NotFound
from inspection.persistence.rectifications.line_pauses import LinePauseRow, begin_pause
from inspection.persistence.statements import run
from inspection.services.notices.urging import Urge, urge
from inspection.services.rectifications.overdue import OverdueAsked, overdue
from inspection.wording import Language
from tests.cast import (
    ANNING_HALL,
    CHENGGUAN,
    CLUB,
    GUO,
    LANZHOU,
    LI,
    MA,
    QINZHOU_CLUB,
    REGION_PATHS,
    WANG,
    ZHAO,
)
from tests.reviewing import an_issued

PLACES = {
    CLUB: (LI, ("KC-M-01", "KC-M-02")),
    ANNING_HALL: (MA, ("KH-E-01",)),
    QINZHOU_CLUB: (MA, ("KC-M-01",)),
}


@pytest.fixture
async def late(province, clock):
    """Late lines at three stores: ten, twenty and thirty hours."""
    for hours, (store, (visitor, losses)) in enumerate(PLACES.items(), 1):
        issued = await an_issued(
            province, f"late {store}", GUO, visitor=visitor, store=store, losses=losses
        )
        due = clock.time - timedelta(hours=10 * hours)
        await run("UPDATE notice_line SET due_at = ? WHERE notice = ?", due, issued.id)
    return province


async def look(tools, person=GUO, region="", store=""):
    asked = OverdueAsked(region_path=region, store=store)
    return await overdue(tools, person.actor, asked, Language.ZH)


def rows(found):
    return [(row.name, row.lines, row.stores, row.hours, row.longest) for row in found.rows]


async def test_the_numbers_add_up_on_the_way_down(late):
    whole = await look(late)
    n = whole.total.lines
    assert (whole.total.stores, whole.total.longest) == (3, 30)
    assert sum(row.lines for row in whole.rows) == n
    assert sum(row.hours for row in whole.rows) == whole.total.hours
    assert whole.rows[0].name in {"兰州", "天水"}
    lanzhou = await look(late, region=REGION_PATHS[LANZHOU])
    branch = next(row for row in whole.rows if row.path == REGION_PATHS[LANZHOU])
    assert (lanzhou.total.lines, lanzhou.total.hours) == (branch.lines, branch.hours)
    county = await look(late, region=REGION_PATHS[CHENGGUAN])
    (store,) = county.rows
    assert (store.store, store.code, store.longest) == (True, CLUB, 10)
    lines = await look(late, region=REGION_PATHS[CHENGGUAN], store=CLUB)
    assert len(lines.lines) == store.lines
    assert sum(line.hours for line in lines.lines) == store.hours
    assert county.above == REGION_PATHS[LANZHOU]
    assert whole.above == ""


async def test_each_sees_their_own_part(late):
    assert [row.name for row in (await look(late, WANG)).rows] != []
    assert {row.path for row in (await look(late, ZHAO)).rows} == {"/620000/620500/620502/"}
    for region in (REGION_PATHS[LANZHOU], "/620000/999999/"):
        with pytest.raises(NotFound):
            await look(late, ZHAO, region=region)
    with pytest.raises(NotFound):
        await look(late, region="/620000/999999/")
    with pytest.raises(NotFound):
        await look(late, store="none")
    assert (await look(late, ZHAO, store=CLUB)).lines == ()


async def test_how_high_each_has_come(late):
    county = await look(late, region=REGION_PATHS[CHENGGUAN], store=CLUB)
    assert {line.level for line in county.lines} <= {2, 3}
    assert (await look(late)).total.level == 3


async def test_what_was_done_today_is_shown(late):
    found = await look(late, store=CLUB)
    assert not any(line.urged or line.escalated for line in found.lines)
    await urge(late, WANG.actor, found.lines[0].line.notice, Urge.STORE)
    assert all(line.urged for line in (await look(late, store=CLUB)).lines)


async def test_pauses_count_for_the_store(late, clock):
    before = (await look(late, store=CLUB)).lines
    since = clock.time - timedelta(hours=12)
    await begin_pause(LinePauseRow(id="p", line=before[0].line.id, since=since, cause="a"))
    found = await look(late, store=CLUB)
    assert len(found.lines) == len(before) - 1
    await run("UPDATE line_pause SET until = ?", since + timedelta(hours=6))
    found = {line.line.id: line.hours for line in (await look(late, store=CLUB)).lines}
    assert found[before[0].line.id] == 4


async def test_nothing_late_is_an_empty_page(province):
    found = await look(province)
    assert (found.rows, found.total.lines, found.total.level) == ((), 0, 0)


async def test_ten_thousand_late_lines_are_added_up_at_once(late, clock):
    await run(
        "INSERT INTO notice_line (id, notice, number, item, section, severity, lost, problem,"
        " requirement, responsible, hours, due_at, state, photos)"
        " WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)"
        " SELECT 'many-' || n.i, (SELECT min(id) FROM notice), n.i, 'x', 'x', 'general', 1, '', '',"
        " '', 24, (SELECT min(due_at) FROM notice_line), 'open', '[]' FROM n"
    )
    begun = time.perf_counter()
    found = await look(late)
    took = time.perf_counter() - begun
    assert took < 10, "a fifth of a second on a quiet machine"
    assert found.total.lines > 10_000
