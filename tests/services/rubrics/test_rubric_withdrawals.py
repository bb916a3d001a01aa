"""Withdrawing a version: for a reason, once; what is left of its code is in force again."""

import asyncio
import json

import pytest

from inspection.domain.refusals import (
    NotAllowed,
    NotFound,
    RubricWithdrawnAlready,
    RubricWithdrawReasonMissing,
)
from inspection.persistence.audit import audit
from inspection.persistence.rounds import plans
from inspection.persistence.rubrics import rubric_decisions
from inspection.persistence.rubrics.rubrics import list_versions
from inspection.services.rubrics.rubric_withdrawals import withdraw_version
from inspection.services.rubrics.rubrics import publish_rubric
from tests.cast import GUO, LI, SUN
from tests.makers import SCORECARDS, an_account, publish_rubrics
from tests.rubric_drafting import TIAN

FILE = (SCORECARDS / "KC.toml").read_bytes()


def edition(text):
    return FILE.replace(b'edition = "2026"', f'edition = "{text}"'.encode())


@pytest.fixture
async def club(province):
    """The digest of the published club rubric."""
    await an_account(province, TIAN)
    return (await publish_rubrics(province))["customer_club"]


async def states():
    return {(row.code, row.number): row.state for row in await list_versions()}


async def test_the_version_before_is_in_force_again(province, club):
    second = await publish_rubric(province, edition("2027"), None)
    await withdraw_version(province, GUO.actor, second.digest, " 满分合计有误 ")
    found = await states()
    assert (found["KC", 1], found["KC", 2]) == ("published", "withdrawn")
    assert (await plans.latest_rubrics())["customer_club"] == club
    (said,) = await rubric_decisions.withdrawals_of("KC")
    assert (said.reason, said.name) == ("满分合计有误", GUO.name)
    *_, event = await audit.events_of("rubric", second.digest)
    assert (event.action, event.actor) == ("rubric.withdraw", GUO.account)
    assert json.loads(event.body)["changes"] == {
        "state": ["published", "withdrawn"],
        "in_force": [second.digest, club],
    }


async def test_of_a_code_with_one_version_nothing_is_left_to_pick(province, club):
    await withdraw_version(province, GUO.actor, club, "停用")
    assert "customer_club" not in await plans.latest_rubrics()
    third = await publish_rubric(province, edition("2027"), None)
    assert (third.number, (await states())["KC", 1]) == (2, "withdrawn")


async def test_an_earlier_version_is_withdrawn_without_touching_the_latest(province, club):
    second = await publish_rubric(province, edition("2027"), None)
    await withdraw_version(province, GUO.actor, club, "停用")
    found = await states()
    assert (found["KC", 1], found["KC", 2]) == ("withdrawn", "published")
    assert (await plans.latest_rubrics())["customer_club"] == second.digest


async def test_withdrawing_needs_a_reason_and_happens_once(province, club):
    with pytest.raises(RubricWithdrawReasonMissing):
        await withdraw_version(province, GUO.actor, club, " ")
    ends = await asyncio.gather(
        *(withdraw_version(province, GUO.actor, club, "停用") for _ in range(4)),
        return_exceptions=True,
    )
    assert ends.count(None) == 1
    assert sum(isinstance(end, RubricWithdrawnAlready) for end in ends) == 3


async def test_withdrawing_while_another_is_published_leaves_one_in_force(province, club):
    second = await publish_rubric(province, edition("2027"), None)
    await asyncio.gather(
        withdraw_version(province, GUO.actor, second.digest, "停用"),
        publish_rubric(province, edition("2028"), None),
    )
    found = await states()
    assert [
        number for (code, number), state in found.items() if code == "KC" and state == "published"
    ] == [3]
    assert found["KC", 2] == "withdrawn"


async def test_what_was_withdrawn_is_not_published_again_by_its_file(province, club):
    await withdraw_version(province, GUO.actor, club, "停用")
    with pytest.raises(RubricWithdrawnAlready):
        await publish_rubric(province, FILE, None)


async def test_only_administrators_of_the_whole_tree_withdraw(province, club):
    for person in (LI, SUN):
        with pytest.raises(NotAllowed):
            await withdraw_version(province, person.actor, club, "停用")
    with pytest.raises(NotFound):
        await withdraw_version(province, TIAN.actor, club, "停用")
    with pytest.raises(NotFound):
        await withdraw_version(province, GUO.actor, "0" * 64, "停用")
