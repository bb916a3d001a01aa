"""A dry run says what would change and changes nothing, from job to job."""

import msgspec

from inspection.domain.rescores.rescore_run import RescoreState
from inspection.services.rescores import rescore_trials
from inspection.services.rescores.rescore_trials import TRY, job_key, try_out
from inspection.services.rescores.rescores import ask_rescore, cancel_rescore
from inspection.services.rounds.round_plans import lock_round
from tests.cast import CLUB, GUO, LI, MA, ROUND
from tests.receiving import rows_of
from tests.rescoring import (
    a_published,
    another_item,
    another_version,
    faults_of,
    first_version,
    found,
    tried,
    work,
)
from tests.reviewing import a_visit, another_assignment, send_back


async def test_a_dry_run_says_what_changes_and_changes_nothing(province):
    await a_published(province)
    before = await rows_of("visit"), await rows_of("standing"), await rows_of("visit_scorecard")
    rescore = await tried(province, await another_version(province))
    known = await found(rescore)
    assert (known.state, known.cards, known.changed, known.stuck) == (RescoreState.READY, 1, 1, 0)
    assert known.mean == -100
    (line,) = await rows_of("rescore_line")
    assert (line["old_total"], line["new_total"], line["difference"]) == (9800, 9700, -100)
    assert (line["old_rank"], line["new_rank"]) == (1, 1)
    after = await rows_of("visit"), await rows_of("standing"), await rows_of("visit_scorecard")
    assert before == after


async def test_ranks_are_those_the_round_has_and_would_have(province):
    first = await a_published(province, losses=("KC-E-01",))
    other = await another_assignment(province, LI, CLUB, "second")
    waiting = await a_visit(province, "second", assignment=other, losses=())
    elsewhere = await a_published(province, "third", by=MA, store="TS-0003", losses=("KC-M-01",))
    await tried(province, await another_version(province))
    ranks = {
        line["visit"]: (line["old_rank"], line["new_rank"])
        for line in await rows_of("rescore_line")
    }
    assert ranks == {first: (1, 2), elsewhere: (1, 1), waiting: (None, None)}


async def test_an_item_nobody_was_asked_about_leaves_the_card_as_it_is(province):
    await a_published(province)
    rescore = await tried(province, await another_version(province, another_item))
    known = await found(rescore)
    assert (known.changed, known.stuck, known.mean) == (0, 1, None)
    (line,) = await rows_of("rescore_line")
    assert (line["change"], line["new_total"]) == ("stuck", None)
    assert msgspec.json.decode(line["why"]) == [["KC-E-99", "answer.unanswered"]]


async def test_a_long_dry_run_goes_on_from_job_to_job(province, monkeypatch):
    monkeypatch.setattr(rescore_trials, "PAGE", 1)
    monkeypatch.setattr(rescore_trials, "PAGES", 2)
    for name in ("first", "second", "third"):
        assignment = await another_assignment(province, LI, CLUB, name)
        await a_visit(province, name, assignment=assignment)
    rescore = await ask_rescore(
        province, GUO.actor, ROUND, first_version(), await another_version(province)
    )
    assert await work(province, TRY) == 2
    assert (await found(rescore)).cards == 3
    assert len(await rows_of("rescore_line")) == 3


async def test_the_same_job_again_does_nothing_twice(province):
    await a_published(province)
    rescore = await tried(province, await another_version(province))
    before = await rows_of("rescore"), await rows_of("rescore_line")
    await try_out(province, rescore, job_key(TRY, rescore, 1))
    await try_out(province, "nobody", job_key(TRY, "nobody", 1))
    assert (await rows_of("rescore"), await rows_of("rescore_line")) == before


async def test_a_page_another_job_kept_is_not_kept_again(province, monkeypatch):
    await a_published(province)
    rescore = await ask_rescore(
        province, GUO.actor, ROUND, first_version(), await another_version(province)
    )
    judge = rescore_trials.judge

    async def overtaken(rules, rows):
        judged = await judge(rules, rows)
        monkeypatch.setattr(rescore_trials, "judge", judge)
        await try_out(province, rescore, job_key(TRY, rescore, 1))
        return judged

    monkeypatch.setattr(rescore_trials, "judge", overtaken)
    await try_out(province, rescore, job_key(TRY, rescore, 1))
    assert len(await rows_of("rescore_line")) == 1
    assert (await found(rescore)).state is RescoreState.READY


async def test_a_dry_run_cancelled_while_it_is_added_up_stays_cancelled(province, monkeypatch):
    await a_published(province)
    rescore = await ask_rescore(
        province, GUO.actor, ROUND, first_version(), await another_version(province)
    )
    places = rescore_trials._places
    cancelled = []

    def note(*args):
        cancelled.append(args)
        return places(*args)

    lines = rescore_trials.rescore_lines.judged_lines

    async def meanwhile(rescore):
        await cancel_rescore(province, GUO.actor, rescore)
        return await lines(rescore)

    monkeypatch.setattr(rescore_trials, "_places", note)
    monkeypatch.setattr(rescore_trials.rescore_lines, "judged_lines", meanwhile)
    await try_out(province, rescore, job_key(TRY, rescore, 1))
    assert cancelled
    assert (await found(rescore)).state is RescoreState.CANCELLED


async def test_a_round_locked_during_the_dry_run_ends_it(province):
    await a_published(province)
    rescore = await ask_rescore(
        province, GUO.actor, ROUND, first_version(), await another_version(province)
    )
    await lock_round(province, ROUND)
    await work(province, TRY)
    assert (await found(rescore)).state is RescoreState.STOPPED


async def test_a_returned_visit_is_not_judged(province):
    await send_back(province, await a_visit(province))
    version = await another_version(province)
    assert await faults_of(province, first_version(), version) == [
        ("/from_version", "rescore.no_visits")
    ]
