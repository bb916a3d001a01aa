"""Two at one appeal: one wins, the other is told, nothing is half done."""

import asyncio

import pytest

from inspection.domain.appeals.appeal import AppealMove
from inspection.domain.refusals import MoveRefused, Refusal
from inspection.domain.refusals.appeals import AppealChanged, AppealTaken
from inspection.services.appeals.appeals import withdraw_appeal
from tests.appealing import HE, a_delivered, advised, an_appeal, decided, filed
from tests.cast import CHEN, CLUB, GUO
from tests.makers import an_account
from tests.receiving import rows_of
from tests.reviewing import standing_of

BEATEN = (MoveRefused, AppealChanged)


async def at_once(*doing):
    """What each came to."""
    return await asyncio.gather(*doing, return_exceptions=True)


def split(outcomes):
    refused = [each for each in outcomes if isinstance(each, BaseException)]
    assert all(isinstance(each, Refusal) for each in refused), refused
    return [each for each in outcomes if each not in refused], refused


@pytest.fixture
async def appeal(province):
    await an_account(province, HE)
    found = await an_appeal(province)
    await advised(province, found)
    return found


async def test_of_two_deciders_one_decides(province, appeal):
    before = await standing_of(CLUB)
    won, lost = split(
        await at_once(
            decided(province, appeal, AppealMove.UPHOLD, by=HE),
            decided(province, appeal, AppealMove.REJECT, by=GUO),
        )
    )
    assert (len(won), len(lost)) == (1, 1)
    assert isinstance(lost[0], BEATEN)
    (row,) = await rows_of("appeal")
    assert row["state"] == won[0].state
    gained = (await standing_of(CLUB))["score"] - before["score"]
    assert gained == row["old_lost"] - row["new_lost"]
    assert len(await rows_of("correction")) == (row["state"] == "upheld")


async def test_withdrawn_or_decided_never_both(province, appeal):
    outcomes = await at_once(
        withdraw_appeal(province, CHEN.actor, appeal), decided(province, appeal, by=GUO)
    )
    won, lost = split(outcomes)
    assert (len(won), len(lost)) == (1, 1)
    (row,) = await rows_of("appeal")
    assert (row["state"], row["claim"] is None) in {("withdrawn", True), ("upheld", False)}
    assert len(await rows_of("correction")) == (row["state"] == "upheld")
    (pause,) = await rows_of("line_pause")
    assert pause["until"] is not None


async def test_of_two_who_file_about_one_loss_one_has_an_appeal(province):
    notice = await a_delivered(province)
    won, lost = split(await at_once(*(filed(province, notice) for _ in range(6))))
    assert (len(won), {type(each) for each in lost}) == (1, {AppealTaken})
    assert len(await rows_of("appeal")) == len(await rows_of("line_pause")) == 1


async def test_a_phone_that_sends_many_times_at_once_has_one_appeal(province):
    notice = await a_delivered(province)
    sent = {"client_id": "c-1", "content_hash": "a" * 64}
    answers = await at_once(*(filed(province, notice, **sent) for _ in range(6)))
    assert len({answer.id for answer in answers}) == 1
    assert sum(answer.is_new for answer in answers) == 1


async def test_two_appeals_of_one_visit_decided_at_once_both_count(province):
    await an_account(province, HE)
    notice = await a_delivered(province)
    first, second = (await filed(province, notice)).id, (await filed(province, notice, 2)).id
    for each in (first, second):
        await advised(province, each)
    before = await standing_of(CLUB)
    await asyncio.gather(
        decided(province, first, by=HE),
        decided(province, second, by=GUO),
    )
    given = sum(row["old_lost"] for row in await rows_of("appeal"))
    assert (await standing_of(CLUB))["score"] - before["score"] == given
