"""Late is late on every page, whatever was paused for how long, however a deadline came about."""

import random
from collections import Counter
from datetime import timedelta

import pytest

from inspection.domain.listing import ListAsked
from inspection.persistence.rankings.ranking_facts import Stores
from inspection.persistence.rankings.ranking_notices import noticed
from inspection.persistence.rectifications.line_pauses import LinePauseRow, begin_pause
from inspection.persistence.rectifications.notice_tallies import tally_lines
from inspection.persistence.statements import run
from inspection.services.notices.notice_list_results import NoticesAsked
from inspection.services.notices.notices import notice_list
from inspection.services.rankings.ranking_figures import overdue as overdue_of
from inspection.services.rectifications.overdue import OverdueAsked, overdue
from inspection.services.rectifications.rectification_lists import LinesAsked, line_list
from inspection.wording import Language
from tests.cast import ANNING_HALL, CLUB, GUO, LI, MA, ROUND, round_id
from tests.reviewing import an_issued

PLACES = {
    CLUB: (LI, ("KC-M-01", "KC-M-02", "KC-E-01", "KC-E-02")),
    ANNING_HALL: (MA, ("KH-E-01", "KH-E-02", "KH-E-03")),
}
HOUR = timedelta(hours=1)
TRIES = 25


@pytest.fixture
async def notices(province):
    """Two notices with seven lines together."""
    return [
        (await an_issued(province, f"late {store}", GUO, visitor=who, store=store, losses=lost)).id
        for store, (who, lost) in PLACES.items()
    ]


OWED = ("open", "returned")
STATES = ("open", "returned", "submitted", "verified")


async def shuffled(seed, notices, now):
    """Deadlines as issue or an extension may have set them, pauses that ended or last, before or
    after them, one within another, some of a line that was carried over.
    """
    chance = random.Random(seed)
    await run("DELETE FROM line_pause")
    lines = [str(row["id"]) for row in await run("SELECT id FROM notice_line ORDER BY id")]
    for line in lines:
        await run(
            "UPDATE notice_line SET due_at = ?, hours_kind = ?, state = ?, carried_from = ?"
            " WHERE id = ?",
            now + chance.randint(-60, 20) * HOUR,
            chance.choice(("calendar", "working")),
            chance.choice(("open", "open", "returned", "submitted", "verified")),
            chance.choice((None, None, None, lines[0])) if line != lines[0] else None,
            line,
        )
        for n in range(chance.choice((0, 0, 1, 1, 2))):
            since = now - chance.randint(1, 90) * HOUR
            until = since + chance.randint(0, 80) * HOUR
            row = LinePauseRow(
                id=f"{line[:20]}-{n}",
                line=line,
                since=since,
                until=until if until <= now else None,
                cause=f"{line[:20]}-{n}",
            )
            await begin_pause(row)
    for notice in notices:
        await tally_lines(notice)


async def nearest(tools, notice):
    """The nearest deadline of what runs, and whether all that is owed stands still."""
    found = await line_list(tools, GUO.actor, LinesAsked(asked=ListAsked(size=50)))
    owed = [row for row in found.rows if row.line.notice == notice and row.line.state in OWED]
    running = [row.clock.due_at for row in owed if not row.clock.disputed]
    return min(running, default=None), bool(owed) and not running


async def an_item_whole(tools):
    """The list of one item counts what it shows."""
    found = await line_list(tools, GUO.actor, LinesAsked(item="KC-M-01"))
    assert found.total == len(found.rows)


async def listed_by_what_runs(tools, rows):
    """Each row says what its lines say, and they stand in that order."""
    for row in rows:
        assert (row.clock.due_at, row.clock.paused) == await nearest(tools, row.id)
    said = [row.clock.due_at for row in rows if row.clock.due_at]
    assert said == sorted(said)


async def test_every_page_counts_the_same_lines_and_notices_as_late(province, notices):
    now, most = province.now(), 0
    for seed in range(TRIES):
        await shuffled(seed, notices, now)
        late = set()
        for store in PLACES:
            asked = OverdueAsked(region_path="", store=store)
            found = await overdue(province, GUO.actor, asked, Language.ZH)
            late |= {each.line.id for each in found.lines}
        asked = LinesAsked(tab="overdue", asked=ListAsked(size=50))
        listed = await line_list(province, GUO.actor, asked)
        assert {row.line.id for row in listed.rows} == late, seed
        assert listed.counts.overdue == len(late), seed
        states = Counter(str(row["state"]) for row in await run("SELECT state FROM notice_line"))
        assert {state: listed.counts.on(state) for state in STATES} == {
            state: states[state] for state in STATES
        }
        await an_item_whole(province)
        marked = await notice_list(province, GUO.actor, NoticesAsked())
        of_late = {
            str(row["notice"])
            for row in await run("SELECT id, notice FROM notice_line")
            if row["id"] in late
        }
        tab = await notice_list(province, GUO.actor, NoticesAsked(state="overdue"))
        assert marked.counts.overdue == len(of_late), seed
        assert sum(marked.times.levels) == len(late), seed
        assert {row.id for row in tab.rows} == of_late, seed
        assert {row.id for row in marked.rows if row.clock.overdue} == of_late, seed
        await listed_by_what_runs(province, marked.rows)
        counted = [
            overdue_of(tuple((await noticed(Stores(round_id(ROUND), kind), None)).values()), now)
            for kind in ("customer_club", "storefront")
        ]
        assert sum(counted) == len(of_late), seed
        most = max(most, len(late))
    assert most > 1
