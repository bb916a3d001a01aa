"""Re-scores by what an administrator does with them: ask, look, confirm, cancel, resume."""

from inspection.domain.access import Action, Actor, Place
from inspection.domain.refusals import (
    Fault,
    MoveRefused,
    NotFound,
    RescoreOutdated,
    RescoreRefused,
    RescoreRoundLocked,
    RescoreRunning,
    RubricWithdrawn,
)
from inspection.domain.rescores.rescore_run import (
    KEPT_FRESH,
    RescoreState,
    checked_reason,
    moved,
    too_old,
)
from inspection.domain.rounds.round import Round, RoundState
from inspection.persistence import jobs
from inspection.persistence.engine import tx
from inspection.persistence.people.places import Scope
from inspection.persistence.rescores import rescore_visits, rescores
from inspection.persistence.rescores.rescore_visits import VisitsWanted
from inspection.persistence.rescores.rescores import NewRescore, RescoreFound
from inspection.persistence.rubrics import rubrics
from inspection.persistence.rubrics.rubrics import VersionRow
from inspection.services.changes import record
from inspection.services.reach import check_granted, check_reach
from inspection.services.rescores.rescore_trials import TRY, job_key, leave_job
from inspection.services.rescores.rescore_writing import WRITE
from inspection.services.rounds.rounds import chosen_round
from inspection.services.tools import Tools
from inspection.services.visit_admission import WITHDRAWN


async def ask_rescore(
    tools: Tools, actor: Actor, round_code: str, from_version: str, to_version: str
) -> str:
    """Have a dry run made over the caller's part of the tree; the id of the re-score. Raises
    NotFound, RescoreRoundLocked, or RescoreRefused naming what does not fit.
    """
    check_granted(actor, Action.RESCORE_RUN)
    found = await _open_round(actor, round_code)
    before, after = await _versions(from_version, to_version)
    wanted = VisitsWanted(round=found.id, version=before.digest, scope=Scope(actor.region_path))
    visits = await rescore_visits.count_visits(wanted)
    if not visits:
        raise RescoreRefused(faults=(Fault("/from_version", "rescore.no_visits"),))
    rescore = tools.new_id()
    row = NewRescore(
        id=rescore,
        round=found.id,
        store_kind=before.store_kind,
        from_version=before.digest,
        to_version=after.digest,
        region_path=actor.region_path,
        state=RescoreState.TRYING.value,
        job=job_key(TRY, rescore, 1),
        steps=visits,
        asked_by=actor.account,
        asked_at=tools.now(),
    )
    await _keep(tools, actor, row, {"round": found.code, "rubric": after.code})
    return rescore


async def confirm_rescore(tools: Tools, actor: Actor, rescore: str, reason: str, seen: str) -> None:
    """Have the revisions written, for a reason. The same again changes nothing. Raises
    RescoreReasonMissing, RescoreOutdated for another dry run than `seen` or one too old,
    RescoreRunning beside another of the same round, RescoreRoundLocked, RubricWithdrawn.
    """
    said = checked_reason(reason)
    async with tx():
        found = await _held(actor, rescore)
        if found.confirmed_by == actor.account and found.reason == said:
            return
        after = moved(found.state, "confirm")
        now = tools.now()
        if seen != found.digest or found.shown_at is None or too_old(found.shown_at, now):
            raise RescoreOutdated(days=KEPT_FRESH.days)
        await _check_free(found)
        await rescores.change_rescore(
            rescore,
            state=after.value,
            reason=said,
            confirmed_by=actor.account,
            confirmed_at=now,
            done=0,
            marker="[]",
            job=await leave_job(tools, WRITE, rescore, 1),
        )
        body = {"reason": said, "digest": seen, **_change(found, after)}
        await record(tools, actor, "rescore.confirm", ("rescore", rescore), body)


async def cancel_rescore(tools: Tools, actor: Actor, rescore: str) -> None:
    """Let nothing come of it, while nothing was written. Again it changes nothing. Raises
    MoveRefused once it is being written.
    """
    async with tx():
        found = await _held(actor, rescore)
        if found.state is RescoreState.CANCELLED:
            return
        after = moved(found.state, "cancel")
        await rescores.change_rescore(
            rescore, state=after.value, ended_by=actor.account, ended_at=tools.now()
        )
        await record(tools, actor, "rescore.cancel", ("rescore", rescore), _change(found, after))


async def resume_rescore(tools: Tools, actor: Actor, rescore: str) -> None:
    """Have the job that failed for good tried again. Raises MoveRefused when none did."""
    async with tx():
        found = await _held(actor, rescore)
        if await jobs.revive(found.job, tools.now()) is None:
            raise MoveRefused(noun="rescore", state=found.state.value, move="resume")
        await record(tools, actor, "rescore.resume", ("rescore", rescore), {"job": found.job})


async def _keep(tools: Tools, actor: Actor, row: NewRescore, body: dict[str, object]) -> None:
    async with tx():
        await rescores.add_rescore(row)
        await leave_job(tools, TRY, row.id, 1)
        changed = {"changes": {"rubric_version": [row.from_version, row.to_version]}}
        await record(tools, actor, "rescore.ask", ("rescore", row.id), body | changed)


async def reached(actor: Actor, rescore: str) -> RescoreFound:
    """A re-score in the caller's part of the tree. Raises NotFound."""
    check_granted(actor, Action.RESCORE_READ)
    return _there(actor, Action.RESCORE_READ, await rescores.find_rescore(rescore))


async def _held(actor: Actor, rescore: str) -> RescoreFound:
    check_granted(actor, Action.RESCORE_RUN)
    return _there(actor, Action.RESCORE_RUN, await rescores.lock_rescore(rescore))


def _there(actor: Actor, action: Action, found: RescoreFound | None) -> RescoreFound:
    if found is None:
        raise NotFound(noun="rescore")
    check_reach(actor, action, Place(region_path=found.region_path), "rescore")
    return found


async def _open_round(actor: Actor, code: str) -> Round:
    if not code:
        raise NotFound(noun="round")
    found = await chosen_round(code, actor.region_path)
    if found.state is not RoundState.OPEN:
        raise RescoreRoundLocked(round=code)
    return found


async def _versions(before: str, after: str) -> tuple[VersionRow, VersionRow]:
    """Both versions. Raises RescoreRefused unless they are two of one rubric."""
    old, new = await rubrics.find_version(before), await rubrics.find_version(after)
    faults = [
        Fault(f"/{field}", "rescore.version_unknown")
        for field, version in (("from_version", old), ("to_version", new))
        if version is None
    ]
    if old is not None and new is not None:
        if old.digest == new.digest:
            faults.append(Fault("/to_version", "rescore.same_version"))
        if old.code != new.code:
            faults.append(Fault("/to_version", "rescore.other_rubric", rubric=old.code))
        if new.state == WITHDRAWN:
            faults.append(Fault("/to_version", "rescore.version_withdrawn"))
        if not faults:
            return old, new
    raise RescoreRefused(faults=tuple(faults))


async def _check_free(found: RescoreFound) -> None:
    """Raises what stands in the way of writing now."""
    # Alone: two that are confirmed at once must not both find nobody else.
    if await rescores.hold_round(found.round, alone=True) is not RoundState.OPEN:
        raise RescoreRoundLocked(round=found.round_code)
    if await rescores.being_written(found.round):
        raise RescoreRunning(round=found.round_code)
    version = await rubrics.find_version(found.to_version)
    if version is None or version.state == WITHDRAWN:
        raise RubricWithdrawn


def _change(found: RescoreFound, after: RescoreState) -> dict[str, object]:
    return {"changes": {"state": [found.state.value, after.value]}}
