"""Rounds as tests draft them on the screen, and the second administrator who decides."""

from datetime import date

import msgspec

from inspection.domain.access import Role
from inspection.domain.rounds.round_decision import RoundVerdict
from inspection.domain.rounds.round_plan import RoundPlan
from inspection.domain.rounds.round_schedule import Recurrence, Rhythm, SchedulePlan
from inspection.domain.rubrics.rubric import Text
from inspection.persistence.statements import run
from inspection.services.rounds import round_decisions, round_drafts, round_schedules
from inspection.services.tools import Tools
from tests.cast import GUO, PROVINCE, ROUND, Person
from tests.makers import an_account

HE = Person(sign_in="he", name="何志强", role=Role.ADMINISTRATOR, region=PROVINCE)
"""Another administrator: nobody approves what they drafted themselves."""

CODE = "2026-12"


async def rubric_digests() -> tuple[str, ...]:
    """The versions the open round scores by."""
    rows = await run(
        "SELECT rubric_version FROM round_rubric u JOIN round r ON r.id = u.round"
        " WHERE r.code = ? ORDER BY u.store_kind",
        ROUND,
    )
    return tuple(str(row["rubric_version"]) for row in rows)


async def a_plan(**changes) -> RoundPlan:
    """December, ready to be drafted."""
    plan = RoundPlan(
        code=CODE,
        name=Text("2026年12月暗访", "December 2026"),
        visit_kind="mystery_visit",
        starts_on=date(2026, 12, 1),
        ends_on=date(2026, 12, 31),
        min_visits=1,
        disclose_day=False,
        previous=ROUND,
        rubrics=await rubric_digests(),
    )
    return msgspec.structs.replace(plan, **changes)


async def a_draft(tools: Tools, by: Person = GUO, **changes) -> None:
    """A draft of it."""
    await round_drafts.draft_round(tools, by.actor, await a_plan(**changes))


async def a_submitted(tools: Tools, by: Person = GUO, **changes) -> None:
    """The same, handed in, and somebody there to decide."""
    await a_draft(tools, by, **changes)
    await round_decisions.submit_round(tools, by.actor, changes.get("code", CODE), 1)
    await an_account(tools, HE)


async def an_approved(tools: Tools, by: Person = GUO, **changes) -> None:
    """The same, approved."""
    await a_submitted(tools, by, **changes)
    code = changes.get("code", CODE)
    await round_decisions.decide_round(tools, HE.actor, code, RoundVerdict.APPROVED, "", 2)


def a_schedule_plan(**changes) -> SchedulePlan:
    """A round a month from December on, drafted two weeks ahead."""
    plan = SchedulePlan(
        code="KC",
        name=Text("客户俱乐部暗访", "Club visits"),
        theme=Text("", ""),
        visit_kind="mystery_visit",
        region_path="",
        store_kinds=("customer_club",),
        min_visits=2,
        pass_line=8500,
        pilot=False,
        disclose_day=False,
        rhythm=Rhythm(starts_on=date(2026, 12, 1), recurrence=Recurrence.MONTHLY),
    )
    return msgspec.structs.replace(plan, **changes)


async def a_schedule(tools: Tools, by: Person = GUO, **changes) -> None:
    """A schedule of somebody's."""
    await round_schedules.add_schedule(tools, by.actor, a_schedule_plan(**changes))
