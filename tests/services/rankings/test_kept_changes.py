"""What is kept of a ranking is what counting it anew says, after every kind of change."""

from datetime import date
from weakref import WeakKeyDictionary

import msgspec
import pytest

from inspection.domain.appeals.appeal import AppealMove
from inspection.domain.reviews.review import Decision
from inspection.domain.version import version_of
from inspection.persistence.engine import read_tx
from inspection.persistence.org import kept_regions
from inspection.persistence.rankings.expected_stores import unranked_rows
from inspection.persistence.rectifications.rectification_lines import lines_on_the_way
from inspection.persistence.statements import run
from inspection.services.appeals.appeals import withdraw_appeal
from inspection.services.notices.notice_amending import close_notice
from inspection.services.notices.notice_voiding import void_notice
from inspection.services.org.region_editing import move_region
from inspection.services.org.store_editing import move_store
from inspection.services.rankings import kept_figures
from inspection.services.rankings.ranking_lists import list_asked
from inspection.services.rankings.ranking_results import RankingAsked
from inspection.services.rankings.rankings import ranking_view
from inspection.services.rectifications.extensions import Decision as Answer
from inspection.services.rectifications.extensions import Wanted, ask, decide
from inspection.services.reviews.reviews import review_visit
from inspection.services.rounds import assignment_changes
from inspection.services.rounds.round_decisions import reopen_round
from inspection.services.rounds.round_plans import lock_round
from tests.appealing import a_delivered, advised, an_appeal, decided, filed
from tests.cast import (
    ANNING,
    CHEN,
    CHENGGUAN,
    EARLIER_ROUND,
    GUO,
    HALL,
    LANZHOU,
    LI,
    REGION_PATHS,
    ROUND,
    SUN,
    TIANSHUI,
    WANG,
    assignment_id,
)
from tests.correcting import corrected, edit
from tests.looking import a_look, confirm, failed_lines, passed, send_look, send_somebody
from tests.rankable import Result, expected, published
from tests.releasing import release
from tests.rescoring import another_version, written
from tests.reviewing import a_draft, a_visit, an_issued, approve, send_back, sign
from tests.services.rankings.recounting import KINDS, judgements_kept, pairs_kept

REGIONS = ("", REGION_PATHS[LANZHOU], REGION_PATHS[CHENGGUAN], REGION_PATHS[TIANSHUI])


async def everything(tools) -> list[bytes]:
    """What administrators read, round by round, kind by kind, region by region."""
    wishes = [
        RankingAsked(round=round_code, store_kind=kind, region_path=region, ownership=ownership)
        for round_code in (ROUND, EARLIER_ROUND)
        for kind in KINDS
        for region, ownership in (*((each, "") for each in REGIONS), ("", "own"))
    ]
    views = [await ranking_view(tools, GUO.actor, wish, 99) for wish in wishes]
    for wish, view in zip(wishes, views, strict=True):
        async with read_tx():
            rows = await unranked_rows((await list_asked(GUO.actor, wish)).list, 50)
        # Whoever is left out because nobody is counted there, is not there.
        assert [row.store.code for row in view.page.unranked] == [row.store_code for row in rows]
    return [msgspec.json.encode(view) for view in views]


@pytest.fixture
def checked(province, monkeypatch):
    """Compares what is kept with what is counted anew, and says whether it differs from before."""
    seen: list[list[bytes]] = []

    async def check() -> bool:
        kept = await everything(province)
        with monkeypatch.context() as patched:
            patched.setattr(kept_figures, "_shelves", WeakKeyDictionary())
            assert kept == await everything(province)
        await judgements_kept()
        await pairs_kept()
        seen.append(kept)
        return len(seen) == 1 or kept != seen[-2]

    return check


async def test_a_visit_on_its_way_to_a_notice(province, checked):
    await checked()
    visit = await a_visit(province)
    assert await checked()
    await review_visit(province, SUN.actor, visit, 1, Decision.APPROVE)
    await checked()
    await release(province, visit)
    assert await checked()


async def test_a_visit_that_is_sent_back(province, checked):
    visit = await a_visit(province)
    await checked()
    await send_back(province, visit)
    assert await checked()


async def test_a_result_changes_by_correction_and_by_another_version(province, checked):
    visit = await a_visit(province)
    await approve(province, visit)
    await checked()
    await corrected(province, visit, edit("KC-M-01"))
    assert await checked()
    await written(province, await another_version(province))
    assert await checked()


async def test_a_result_changes_by_an_appeal(province, checked):
    appeal = await an_appeal(province)
    await advised(province, appeal)
    await checked()
    await decided(province, appeal, AppealMove.UPHOLD)
    assert await checked()


async def test_a_notice_on_its_way(province, checked):
    notice = await a_draft(province)
    await checked()
    await sign(province, notice)
    assert await checked()
    await close_notice(province, WANG.actor, notice)
    assert await checked()


async def test_a_notice_that_is_void(province, checked):
    notice = await an_issued(province)
    await checked()
    await void_notice(province, WANG.actor, notice.id, "号码用错了")
    assert await checked()


async def test_a_line_that_gets_more_time_and_one_whose_clock_stands(province, checked, clock):
    notice = await a_delivered(province)
    line, *_ = await lines_on_the_way(notice)
    asked = await ask(province, CHEN.actor, line.id, Wanted(hours=48, reason="配件在途"))
    await checked()
    await decide(province, WANG.actor, asked.id, Answer(grant=True, opinion="同意"))
    await checked()
    appeal = (await filed(province, notice, 2)).id
    await checked()
    await withdraw_appeal(province, CHEN.actor, appeal)
    clock.go_on(days=3)
    assert await checked()


async def test_lines_that_are_looked_at_again(province, checked):
    first, second = await failed_lines(province)
    await checked()
    look = await send_somebody(province, first, second)
    await send_look(province, a_look(look, first, second))
    await checked()
    await confirm(province, look, passed(first), passed(second))
    assert await checked()


async def test_stores_and_counties_that_move(province, checked):
    await published(
        province,
        Result(store="a", total=9000, round=EARLIER_ROUND),
        Result(store="a", total=9500),
        Result(store="b", total=9300),
    )
    await expected(("c", "open"), ("d", "submitted"))
    await checked()
    await move_store(province, GUO.actor, "c", ANNING)
    assert await checked()
    found = await kept_regions.find_kept(CHENGGUAN)
    await move_region(province, GUO.actor, CHENGGUAN, TIANSHUI, version_of(found))
    assert await checked()


async def test_assignments_that_change(province, checked):
    await checked()
    rows = await run("SELECT * FROM assignment WHERE id = ?", assignment_id(LI, HALL))
    row = rows[0]
    until = msgspec.convert(row["window_to"], date)
    seen = assignment_changes.seen_token(row["state"], row["inspector"], until)
    chosen = (assignment_changes.Chosen(row["id"], seen),)
    await assignment_changes.cancel(province, GUO.actor, ROUND, chosen, "停业装修")
    assert await checked()


async def test_a_round_that_is_locked_and_opened_again(province, checked):
    await approve(province, await a_visit(province))
    await checked()
    await lock_round(province, ROUND, GUO.actor, reason="年度通报在即")
    assert await checked()
    await reopen_round(province, GUO.actor, ROUND, "漏了一家")
    assert await checked()


async def test_a_result_of_an_earlier_round_that_comes_late(province, checked):
    await published(province, Result(store="a", total=9500), Result(store="b", total=9300))
    await checked()
    await published(province, Result(store="a", total=9000, round=EARLIER_ROUND))
    assert await checked()
