"""Judging a round's visits by another version: who may ask, and the decision."""

import msgspec
import pytest

from inspection.domain.refusals import (
    MoveRefused,
    NotAllowed,
    NotFound,
    RescoreOutdated,
    RescoreReasonMissing,
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
from inspection.services.rescores.rescore_trials import TRY
from inspection.services.rescores.rescores import (
    ask_rescore,
    cancel_rescore,
    confirm_rescore,
    resume_rescore,
)
from inspection.services.rounds.round_plans import lock_round
from tests.cast import CHEN, EARLIER_ROUND, GUO, HALL_VERSION, LI, MA, ROUND, SUN, WANG
from tests.receiving import rows_of
from tests.rescoring import (
    REASON,
    a_published,
    another_version,
    confirm,
    dearer,
    faults_of,
    first_version,
    found,
    tried,
    work,
)

GUO_OF_LANZHOU = msgspec.structs.replace(GUO, region="620100")
GUO_OF_TIANSHUI = msgspec.structs.replace(GUO, region="620500")


async def test_only_two_versions_of_one_rubric_are_compared(province):
    await a_published(province)
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
    await a_published(province)
    await a_published(province, "third", by=MA, store="TS-0003")
    version = await another_version(province)
    rescore = await tried(province, version, by=GUO_OF_LANZHOU)
    assert (await found(rescore)).cards == 1
    with pytest.raises(NotFound):
        await cancel_rescore(province, GUO_OF_TIANSHUI.actor, rescore)
    await cancel_rescore(province, GUO.actor, rescore)


async def test_confirming_needs_a_reason_and_the_dry_run_that_was_seen(province, clock):
    await a_published(province)
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
    await a_published(province)
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
    await a_published(province)
    version = await another_version(province)
    first, second = await tried(province, version), await tried(province, version)
    await confirm(province, first)
    with pytest.raises(RescoreRunning):
        await confirm(province, second)


async def test_what_changed_since_the_dry_run_can_forbid_confirming(province):
    await a_published(province)
    version = await another_version(province)
    rescore = await tried(province, version)
    await run("UPDATE rubric_version SET state = 'withdrawn' WHERE digest = ?", version)
    with pytest.raises(RubricWithdrawn):
        await confirm(province, rescore)
    await lock_round(province, ROUND)
    with pytest.raises(RescoreRoundLocked):
        await confirm(province, rescore)


async def test_a_confirmed_one_can_be_cancelled_before_it_starts(province):
    await a_published(province)
    rescore = await tried(province, await another_version(province))
    await confirm(province, rescore)
    await cancel_rescore(province, GUO.actor, rescore)
    await cancel_rescore(province, GUO.actor, rescore)
    await work(province)
    assert [card["revision"] for card in await rows_of("visit_scorecard")] == [1]
    known = await found(rescore)
    assert (known.state, known.ended_name) == (RescoreState.CANCELLED, GUO.name)


async def test_a_job_that_failed_for_good_is_tried_again(province):
    await a_published(province)
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
