"""Judging a round's visits by another version: the question, the dry run, the decision."""

import msgspec
import pytest

from inspection.domain.refusals import (
    MoveRefused,
    NotAllowed,
    NotFound,
    RescoreOutdated,
    RescoreReasonMissing,
    RescoreRefused,
    RescoreRoundLocked,
    RescoreRunning,
    RubricWithdrawn,
)
from inspection.domain.rescores.rescore_run import RescoreState
from inspection.persistence import jobs
from inspection.persistence.audit import audit
from inspection.persistence.engine import tx
from inspection.persistence.rescores import rescores
from inspection.persistence.statements import run
from inspection.services.rescores import rescore_trials
from inspection.services.rescores.rescore_trials import TRY, job_key, try_out
from inspection.services.rescores.rescores import (
    ask_rescore,
    cancel_rescore,
    confirm_rescore,
    resume_rescore,
)
from inspection.services.rounds.round_plans import lock_round
from tests.cast import CHEN, CLUB, EARLIER_ROUND, GUO, HALL_VERSION, LI, MA, ROUND, SUN, WANG
from tests.receiving import rows_of
from tests.rescoring import (
    REASON,
    another_item,
    another_version,
    confirm,
    dearer,
    first_version,
    found,
    tried,
    work,
)
from tests.reviewing import a_visit, another_assignment, approve, send_back

GUO_OF_LANZHOU = msgspec.structs.replace(GUO, region="620100")
GUO_OF_TIANSHUI = msgspec.structs.replace(GUO, region="620500")


async def published(tools, name="first", **parts):
    visit = await a_visit(tools, name, **parts)
    await approve(tools, visit)
    return visit


async def faults_of(tools, before, after, code=ROUND):
    with pytest.raises(RescoreRefused) as refused:
        await ask_rescore(tools, GUO.actor, code, before, after)
    return [(fault.pointer, fault.code) for fault in refused.value.faults]


async def test_a_dry_run_says_what_changes_and_changes_nothing(province):
    await published(province)
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
    first = await published(province, losses=("KC-E-01",))
    other = await another_assignment(province, LI, CLUB, "second")
    waiting = await a_visit(province, "second", assignment=other, losses=())
    elsewhere = await published(province, "third", by=MA, store="TS-0003", losses=("KC-M-01",))
    await tried(province, await another_version(province))
    ranks = {
        line["visit"]: (line["old_rank"], line["new_rank"])
        for line in await rows_of("rescore_line")
    }
    assert ranks == {first: (1, 2), elsewhere: (1, 1), waiting: (None, None)}


async def test_an_item_nobody_was_asked_about_leaves_the_card_as_it_is(province):
    await published(province)
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
    await published(province)
    rescore = await tried(province, await another_version(province))
    before = await rows_of("rescore"), await rows_of("rescore_line")
    await try_out(province, rescore, job_key(TRY, rescore, 1))
    await try_out(province, "nobody", job_key(TRY, "nobody", 1))
    assert (await rows_of("rescore"), await rows_of("rescore_line")) == before


async def test_a_page_another_job_kept_is_not_kept_again(province, monkeypatch):
    await published(province)
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
    await published(province)
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
    await published(province)
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


async def test_only_two_versions_of_one_rubric_are_compared(province):
    await published(province)
    version = await another_version(province)
    hall = await another_version(province, lambda tree: None, code=HALL_VERSION)
    first = first_version()
    assert await faults_of(province, "", "none") == [
        ("/from_version", "rescore.version_unknown"),
        ("/to_version", "rescore.version_unknown"),
    ]
    assert await faults_of(province, first, first) == [("/to_version", "rescore.same_version")]
    assert await faults_of(province, first, hall) == [("/to_version", "rescore.other_rubric")]
    await run("UPDATE rubric_version SET state = 'withdrawn' WHERE digest = ?", version)
    assert await faults_of(province, first, version) == [
        ("/to_version", "rescore.version_withdrawn")
    ]


async def test_only_open_rounds_are_asked_about(province):
    version = await another_version(province)
    for code in ("", "1999-01"):
        with pytest.raises(NotFound):
            await ask_rescore(province, GUO.actor, code, first_version(), version)
    with pytest.raises(RescoreRoundLocked):
        await ask_rescore(province, GUO.actor, EARLIER_ROUND, first_version(), version)


@pytest.mark.parametrize("person", [LI, SUN, WANG, CHEN])
async def test_only_administrators_rescore(province, person):
    with pytest.raises(NotAllowed):
        await ask_rescore(province, person.actor, ROUND, "a", "b")
    for act in (cancel_rescore, resume_rescore):
        with pytest.raises(NotAllowed):
            await act(province, person.actor, "none")
    with pytest.raises(NotAllowed):
        await confirm_rescore(province, person.actor, "none", REASON, "")


async def test_an_administrator_of_a_branch_reaches_that_branch_only(province):
    await published(province)
    await published(province, "third", by=MA, store="TS-0003")
    version = await another_version(province)
    rescore = await tried(province, version, by=GUO_OF_LANZHOU)
    assert (await found(rescore)).cards == 1
    with pytest.raises(NotFound):
        await cancel_rescore(province, GUO_OF_TIANSHUI.actor, rescore)
    await cancel_rescore(province, GUO.actor, rescore)


async def test_confirming_needs_a_reason_and_the_dry_run_that_was_seen(province, clock):
    await published(province)
    rescore = await tried(province, await another_version(province))
    digest = (await found(rescore)).digest
    with pytest.raises(RescoreReasonMissing):
        await confirm_rescore(province, GUO.actor, rescore, " \n", digest)
    with pytest.raises(RescoreOutdated):
        await confirm_rescore(province, GUO.actor, rescore, REASON, "0" * 64)
    clock.go_on(days=7, seconds=1)
    with pytest.raises(RescoreOutdated):
        await confirm_rescore(province, GUO.actor, rescore, REASON, digest)
    assert (await found(rescore)).state is RescoreState.READY


async def test_confirming_twice_is_confirming_once(province):
    await published(province)
    rescore = await tried(province, await another_version(province))
    await confirm(province, rescore)
    await confirm(province, rescore)
    with pytest.raises(MoveRefused):
        await confirm(province, rescore, reason="another reason")
    known = await found(rescore)
    assert (known.state, known.reason, known.confirmed_name) == (
        RescoreState.CONFIRMED,
        REASON,
        GUO.name,
    )
    events = [event.action for event in await audit.events_of("rescore", rescore)]
    assert events == ["rescore.ask", "rescore.confirm"]


async def test_one_rescore_of_a_round_is_written_at_a_time(province):
    await published(province)
    version = await another_version(province)
    first, second = await tried(province, version), await tried(province, version)
    await confirm(province, first)
    with pytest.raises(RescoreRunning):
        await confirm(province, second)


async def test_what_changed_since_the_dry_run_can_forbid_confirming(province):
    await published(province)
    version = await another_version(province)
    rescore = await tried(province, version)
    await run("UPDATE rubric_version SET state = 'withdrawn' WHERE digest = ?", version)
    with pytest.raises(RubricWithdrawn):
        await confirm(province, rescore)
    await lock_round(province, ROUND)
    with pytest.raises(RescoreRoundLocked):
        await confirm(province, rescore)


async def test_a_confirmed_one_can_be_cancelled_before_it_starts(province):
    await published(province)
    rescore = await tried(province, await another_version(province))
    await confirm(province, rescore)
    await cancel_rescore(province, GUO.actor, rescore)
    await cancel_rescore(province, GUO.actor, rescore)
    await work(province)
    assert [card["revision"] for card in await rows_of("visit_scorecard")] == [1]
    known = await found(rescore)
    assert (known.state, known.ended_name) == (RescoreState.CANCELLED, GUO.name)


async def test_a_job_that_failed_for_good_is_tried_again(province):
    await published(province)
    rescore = await ask_rescore(
        province, GUO.actor, ROUND, first_version(), await another_version(province, dearer)
    )
    with pytest.raises(MoveRefused):
        await resume_rescore(province, GUO.actor, rescore)
    key = (await found(rescore)).job
    async with tx():
        await run("UPDATE job SET state = 'dead' WHERE key = ?", key)
    await resume_rescore(province, GUO.actor, rescore)
    assert await jobs.waiting(TRY) == 1
    await work(province, TRY)
    assert (await found(rescore)).state is RescoreState.READY


async def test_one_that_nobody_asked_for_is_missing(province):
    assert await rescores.find_rescore("none") is None
    with pytest.raises(NotFound):
        await cancel_rescore(province, GUO.actor, "none")
