"""Opening and locking rounds, by an administrator or whoever works at the machine itself."""

from datetime import date

import msgspec

from inspection.domain.access import Actor
from inspection.domain.refusals import (
    Fault,
    NotFound,
    RoundExists,
    RoundRefused,
    RubricMissing,
)
from inspection.domain.rounds.round import RoundMove, RoundState, move
from inspection.domain.rounds.round_lock import lock_reason
from inspection.domain.rounds.round_plan import RoundPlan, plan_faults
from inspection.persistence.audit import audit
from inspection.persistence.engine import read_tx, tx
from inspection.persistence.engines.integrity import UniqueBroken
from inspection.persistence.rankings import ranked_rounds
from inspection.persistence.rectifications.open_matters import open_matters
from inspection.persistence.rounds import plans
from inspection.persistence.rounds.plans import RoundEntry, RoundRubricEntry
from inspection.services.tools import Tools


class OpenedRound(msgspec.Struct, frozen=True):
    """A new round and the kinds of store it has a rubric for."""

    id: str
    store_kinds: tuple[str, ...]


class ListedRound(msgspec.Struct, frozen=True, kw_only=True):
    """A round as a list shows it."""

    code: str
    name_zh: str
    name_en: str
    starts_on: date
    ends_on: date
    state: RoundState


async def open_round(tools: Tools, plan: RoundPlan, by: Actor | None = None) -> OpenedRound:
    """Open a round with the latest published rubric of each kind of store. Raises RoundRefused,
    RoundExists, RubricMissing, or NotFound for the previous round.
    """
    if faults := plan_faults(plan):
        raise RoundRefused(faults=faults)
    try:
        async with tx():
            return await _open(tools, plan, by)
    except UniqueBroken:
        raise RoundExists(round=plan.code) from None


async def lock_round(tools: Tools, code: str, by: Actor | None = None, *, reason: str = "") -> None:
    """Let the published results of a round stand as they are. Raises NotFound, MoveRefused, and
    RoundStillOpen while something is open and no reason is given.
    """
    async with tx():
        found = await plans.lock_plan(code)
        if found is None:
            raise NotFound(noun="round")
        move(RoundState(found.state), RoundMove.LOCK)
        said = await lock_held(found.id, reason)
        await _record(tools, by, "round.lock", found, said)


async def lock_held(round_id: str, reason: str) -> str:
    """Lock a round the transaction holds alone, so that nothing of it opens meanwhile; the reason
    as it is kept. What is open stays so. Raises RoundStillOpen.
    """
    said = lock_reason(await open_matters(round_id), reason)
    await plans.lock_round(round_id)
    return said


async def list_rounds() -> tuple[ListedRound, ...]:
    """Every round, latest first."""
    async with read_tx():
        found = await plans.list_plans()
    return msgspec.convert(found, tuple[ListedRound, ...], from_attributes=True)


async def _open(tools: Tools, plan: RoundPlan, by: Actor | None) -> OpenedRound:
    rubrics = await plans.latest_rubrics()
    if not rubrics:
        raise RubricMissing
    entry = await entry_of(tools, plan, RoundState.OPEN)
    pinned = [
        RoundRubricEntry(id=tools.new_id(), round=entry.id, store_kind=kind, rubric_version=digest)
        for kind, digest in sorted(rubrics.items())
    ]
    await plans.add_round(entry, pinned)
    await _record(tools, by, "round.open", entry)
    return OpenedRound(entry.id, tuple(sorted(rubrics)))


async def entry_of(tools: Tools, plan: RoundPlan, state: RoundState) -> RoundEntry:
    """The row of a new round. Raises NotFound or RoundRefused for the round before it."""
    return RoundEntry(
        id=tools.new_id(),
        code=plan.code,
        name_zh=plan.name.zh,
        name_en=plan.name.en,
        visit_kind=plan.visit_kind,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        state=state.value,
        min_visits=plan.min_visits,
        disclose_day=plan.disclose_day,
        previous=await _previous_of(plan),
        created_at=tools.now(),
        theme_zh=plan.theme.zh,
        theme_en=plan.theme.en,
        pass_line=plan.pass_line,
        pilot=plan.pilot,
        release_rule=plan.release_rule.value,
        release_day=plan.release_day,
        hours_kind=plan.hours_kind,
        region_path=plan.region_path,
    )


async def _previous_of(plan: RoundPlan) -> str | None:
    """The id of the round the plan is compared with. Raises NotFound, also for one that has not
    begun, and RoundRefused for a pilot, whose results are compared with nothing.
    """
    if not plan.previous:
        return None
    found = await ranked_rounds.find_round(plan.previous)
    if found is None:
        raise NotFound(noun="round")
    if found[0].pilot:
        raise RoundRefused(faults=(Fault("/previous", "round.previous_pilot"),))
    return found[0].id


async def _record(
    tools: Tools, by: Actor | None, action: str, round_: RoundEntry, reason: str = ""
) -> None:
    await audit.append(
        at=tools.now(),
        actor=by.account if by else "",
        action=action,
        noun="round",
        noun_id=round_.id,
        body={"code": round_.code} | ({"reason": reason} if reason else {}),
    )
