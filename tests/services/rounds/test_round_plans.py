from datetime import date

import msgspec
import pytest

from inspection.domain.refusals import (
    MoveRefused,
    NotFound,
    RoundExists,
    RoundRefused,
    RubricMissing,
)
from inspection.domain.releases.release import ReleaseRule
from inspection.domain.rounds.round_plan import RoundPlan
from inspection.domain.rubrics.rubric import Text
from inspection.persistence.audit import audit
from inspection.persistence.rounds import plans
from inspection.services.rounds import round_plans
from inspection.services.rubrics.rubrics import publish_rubric
from tests.cast import ROUND, round_id
from tests.makers import SCORECARDS

PLAN = RoundPlan(
    code="2026-12",
    name=Text("2026年12月暗访", "December 2026"),
    visit_kind="mystery_visit",
    starts_on=date(2026, 12, 1),
    ends_on=date(2026, 12, 31),
    min_visits=1,
    disclose_day=False,
    previous="",
)


def plan(**changes) -> RoundPlan:
    return msgspec.structs.replace(PLAN, **changes)


async def test_a_round_takes_the_latest_version_of_each_kind(tools, province):
    source = (SCORECARDS / "KC.toml").read_bytes()
    newer = await publish_rubric(tools, source.replace(b'edition = "', b'edition = "N', 1), None)
    opened = await round_plans.open_round(tools, plan(previous=ROUND))
    assert newer.is_new
    assert opened.store_kinds == ("customer_club", "storefront")
    assert (await plans.rubrics_of(opened.id))["customer_club"] == newer.digest
    first = (await round_plans.list_rounds())[0]
    assert (first.code, first.state, first.ends_on) == ("2026-12", "open", date(2026, 12, 31))
    (event,) = await audit.events_of("round", opened.id)
    assert event.action == "round.open"


async def test_without_a_rubric_no_round_is_opened(tools, database):
    with pytest.raises(RubricMissing):
        await round_plans.open_round(tools, PLAN)
    assert await round_plans.list_rounds() == ()


async def test_a_code_is_given_once(tools, province):
    with pytest.raises(RoundExists):
        await round_plans.open_round(tools, plan(code=ROUND))


async def test_a_pilot_is_nobodys_previous_round(tools, province):
    await round_plans.open_round(tools, plan(pilot=True))
    with pytest.raises(RoundRefused) as refused:
        await round_plans.open_round(tools, plan(code="2027-01", previous="2026-12"))
    assert refused.value.faults[0].code == "round.previous_pilot"


async def test_a_round_keeps_its_theme_line_and_region(tools, province):
    await round_plans.open_round(
        tools, plan(theme=Text("窗口", "Windows"), pass_line=8500, region_path="/62/6201/")
    )
    found = await plans.lock_plan("2026-12")
    assert (found.theme_zh, found.theme_en, found.pass_line) == ("窗口", "Windows", 8500)
    assert (found.region_path, found.pilot, found.revision) == ("/62/6201/", False, 1)


async def test_a_previous_round_must_exist(tools, province):
    with pytest.raises(NotFound):
        await round_plans.open_round(tools, plan(previous="1999-01"))
    assert "2026-12" not in {one.code for one in await round_plans.list_rounds()}


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"code": "十二月"}, "/code"),
        ({"name": Text("", "December")}, "/zh"),
        ({"name": Text("十二月", "x" * 121)}, "/en"),
        ({"visit_kind": "party"}, "/kind"),
        ({"ends_on": date(2026, 11, 30)}, "/to"),
        ({"ends_on": date(2028, 12, 1)}, "/to"),
        ({"starts_on": date(9999, 12, 1), "ends_on": date(9999, 12, 31)}, "/from /to"),
        ({"min_visits": 0}, "/min-visits"),
        ({"theme": Text("x\x07", "")}, "/theme_zh"),
        ({"pass_line": 10_001}, "/pass-line"),
        ({"pass_line": 0}, "/pass-line"),
        ({"pilot": True, "previous": ROUND}, "/previous"),
        ({"release_rule": ReleaseRule.AT_ONCE}, "/release_rule"),
        ({"release_day": 0}, "/release_day"),
    ],
)
async def test_a_round_that_makes_no_sense_is_refused(tools, changes, place):
    with pytest.raises(RoundRefused) as refused:
        await round_plans.open_round(tools, plan(**changes))
    assert [fault.pointer for fault in refused.value.faults] == place.split()


async def test_a_round_is_locked_once(tools, province):
    await round_plans.lock_round(tools, ROUND)
    states = {one.code: one.state for one in await round_plans.list_rounds()}
    assert states[ROUND] == "locked"
    with pytest.raises(MoveRefused):
        await round_plans.lock_round(tools, ROUND)
    (event,) = await audit.events_of("round", round_id(ROUND))
    assert event.action == "round.lock"


async def test_a_round_nobody_opened_is_not_locked(tools, province):
    with pytest.raises(NotFound):
        await round_plans.lock_round(tools, "1999-01")
