"""The figures of an issue are those of the pages they come from, at the moment they are frozen."""

from datetime import date, timedelta

import pytest

from inspection.domain.bulletins.bulletin import BulletinKind
from inspection.domain.bulletins.bulletin_share import Share
from inspection.domain.bulletins.bulletin_snapshot import canonical
from inspection.persistence.statements import run
from inspection.services.analyses.lost_items import lost_items_page
from inspection.services.bulletins.bulletin_access import said_in
from inspection.services.bulletins.bulletin_publishing import publish_bulletin
from inspection.services.rankings.ranking_results import RankingAsked
from inspection.services.rankings.rankings import ranking_page
from inspection.services.rankings.unit_results import UnitsAsked
from inspection.services.rankings.units import units_page
from inspection.services.rectifications.follow_ups import note_call
from inspection.services.rectifications.overdue import OverdueAsked, overdue
from inspection.services.rectifications.rectification_lists import LinesAsked, line_list
from inspection.wording import Language
from tests.cast import (
    ANNING,
    CHEN,
    CHENGGUAN,
    EARLIER_ROUND,
    GUO,
    LI,
    QINZHOU,
    ROUND,
    WANG,
)
from tests.rankable import Result, published
from tests.rectifying import a_reply, accept, issued_lines, send_back
from tests.reporting import a_bulletin, a_published, row_of, write

CLUBS = UnitsAsked(round=ROUND, store_kind="customer_club")


async def some_results(tools):
    """A dozen clubs in two rounds, some vetoed, with items that cost."""
    regions = (CHENGGUAN, ANNING, QINZHOU)
    await published(
        tools,
        *(
            Result(
                store=f"X-{n:02}", total=8000 + 100 * n, round=EARLIER_ROUND, region=regions[n % 3]
            )
            for n in range(12)
        ),
        *(
            Result(
                store=f"X-{n:02}",
                total=9900 - 150 * n,
                region=regions[n % 3],
                outcome="vetoed" if n == 4 else "pass",
                items={"KC-E-01": 100 + n, "KC-F-01": 50},
            )
            for n in range(12)
        ),
    )


async def said_now(tools, by=GUO, **wanted):
    found = said_in(await a_published(tools, by, **wanted))
    assert found is not None
    return found


async def test_the_ranking_is_that_of_its_pages(province):
    await some_results(province)
    said = await said_now(province)
    (part, *_) = [each for each in said.rankings if each.average is not None]
    units = await units_page(GUO.actor, CLUBS)
    assert (part.average, part.change, part.lost) == (
        units.whole.average,
        units.whole.change,
        units.whole.lost,
    )
    assert part.passed == Share(part=units.whole.passed, whole=units.whole.ranked)
    assert part.vetoed == Share(part=units.whole.vetoed, whole=12)
    assert [(u.name, u.rank, u.movement) for u in part.units] == [
        (row.region.name.zh, row.rank, row.movement) for row in units.rows
    ]
    assert [s.score for s in part.sections] == [cell.score for cell in units.whole.sections]
    asked = RankingAsked(round=ROUND, store_kind="customer_club")
    page = await ranking_page(province, GUO.actor, asked)
    rows = [(r.rank, r.store.name, r.score, r.movement, r.change) for r in page.rows]
    best = [(s.rank, s.name, s.score, s.movement, s.change) for s in part.best]
    worst = [(s.rank, s.name, s.score, s.movement, s.change) for s in part.worst]
    assert best == rows[:5]
    assert worst == rows[-5:]
    assert [bool(s.vetoed) for s in part.worst] == [r.vetoed for r in page.rows[-5:]]
    assert any(s.vetoed for s in part.worst)
    assert canonical(said).count(b'"vetoed":true') == sum(r.vetoed for r in page.rows)
    items = await lost_items_page(GUO.actor, CLUBS)
    assert [(i.code, i.lost, i.stores.part, i.permille) for i in part.items] == [
        (row.item, row.lost, row.stores, row.share) for row in items.rows
    ]


async def test_a_branch_says_nothing_of_others_and_names_can_be_left_out(province):
    await some_results(province)
    bulletin = await a_bulletin(province, WANG)
    await write(province, bulletin, WANG, hide_worst=True)
    await publish_bulletin(province, WANG.actor, bulletin, 2)
    said = said_in(await row_of(bulletin))
    assert said is not None
    (part, *_) = [each for each in said.rankings if each.average is not None]
    assert [s.rank for s in part.best] == [1, 2, 3, 4, 5]
    assert {s.region for s in part.best} <= {"城关区", "安宁区"}
    assert [s.name for s in part.worst] == ["", "", ""]
    assert {u.name for u in said.rectification.units} == {"城关区", "安宁区"}
    text = canonical(said).decode()
    assert "天水" not in text
    assert "秦州" not in text


async def mended(tools, clock):
    """Two lines of Lanzhou verified, one at the first answer, and both called about."""
    lines = await issued_lines(tools)
    clock.go_on(hours=1)
    await a_reply(tools, lines[0].id)
    await accept(tools, lines[0].id)
    await a_reply(tools, lines[1].id, 61)
    await send_back(tools, lines[1].id)
    clock.go_on(hours=1)
    await a_reply(tools, lines[1].id, 62)
    await accept(tools, lines[1].id)
    clock.go_on(hours=26)
    calls = [str(row["id"]) for row in await run("SELECT id FROM follow_up_call ORDER BY id")]
    for call, came in zip(calls, ("done", "not_reached"), strict=True):
        await note_call(tools, WANG.actor, call, came, "问过了")
    return len(lines)


async def test_follow_up_is_counted_when_it_happened(province, clock):
    lines = await mended(province, clock)
    found = (await said_now(province)).rectification
    assert (found.days.notices, found.days.lines) == (1, lines)
    assert (found.days.answered, found.days.verified) == (
        Share(part=2, whole=2),
        Share(part=1, whole=2),
    )
    assert (found.days.reached, found.days.content) == (
        Share(part=1, whole=2),
        Share(part=1, whole=1),
    )
    assert found.month == found.year == found.days
    assert found.year_before.lines == 0
    before = (await said_now(province, day=date(2026, 11, 9))).rectification
    assert (before.days.lines, before.days.answered) == (0, Share(part=0, whole=0))


async def test_follow_up_adds_up_and_is_what_its_page_says(province, clock):
    await mended(province, clock)
    found = (await said_now(province)).rectification
    page = await line_list(province, GUO.actor, LinesAsked())
    assert page.rate is not None
    assert found.first_time == Share(part=page.rate.first, whole=page.rate.verified)
    (lanzhou,) = [each for each in found.units if each.name == "兰州"]
    assert (lanzhou.lines, lanzhou.answered, lanzhou.verified) == (
        found.whole.lines,
        found.whole.answered,
        found.whole.verified,
    )


async def test_what_is_late_is_what_the_page_says(province, clock):
    await issued_lines(province)
    clock.go_on(days=30)
    found = (await said_now(province)).rectification
    page = await overdue(province, GUO.actor, OverdueAsked(), Language.ZH)
    assert page.total.lines > 0
    assert (found.whole.late_lines, found.whole.late_hours, found.whole.late_stores) == (
        page.total.lines,
        page.total.hours,
        page.total.stores,
    )
    assert [(u.name, u.late_lines, u.late_hours) for u in found.units if u.late_lines] == [
        (row.name, row.lines, row.hours) for row in page.rows
    ]
    (county,), (store,) = found.late_counties, found.late_stores
    assert (county.region, county.name, county.hours) == ("兰州", "城关区", page.total.hours)
    assert (store.region, store.longest) == ("城关区", page.total.longest)


async def test_vetoes_of_drafts_and_rounds_are_counted(province):
    now = province.now()
    for n, decision in enumerate(("approved", "vetoed")):
        await run(
            "INSERT INTO round_decision (id, round, decision, reason, decided_by, decided_at)"
            " VALUES (?, ?, ?, '', ?, ?)",
            *(f"decision-{n}", f"round-{ROUND}", decision, GUO.account, now),
        )
    assert (await said_now(province)).vetoes == Share(part=1, whole=2)
    assert (await said_now(province, WANG)).vetoes == Share(part=1, whole=2)
    await run("UPDATE round_decision SET decided_at = ?", now - timedelta(days=400))
    assert (await said_now(province)).vetoes == Share(part=0, whole=0)


async def test_a_store_scored_by_an_older_version_keeps_its_section_unnamed(province):
    await published(province, Result(store="OLD", total=9000, sections={"KC-Z": (10000, 9000)}))
    said = await said_now(province, kind=BulletinKind.ROUND, round=ROUND)
    (part, *_) = [each for each in said.rankings if each.average is not None]
    assert (part.best[0].weakest, part.worst) == ("", ())


@pytest.mark.parametrize("secret", [LI.name, LI.pseudonym, CHEN.name])
async def test_no_issue_names_who_inspected_or_works_there(province, secret):
    await some_results(province)
    await issued_lines(province)
    assert secret not in canonical(await said_now(province)).decode()
