"""An appeal is decided by somebody who had no part in it; upheld, score and place follow."""

from datetime import timedelta

import msgspec
import pytest

from inspection.domain.appeals import appeal as rules
from inspection.domain.appeals.appeal import AppealMove
from inspection.domain.rectifications.pause import Pause
from inspection.domain.refusals import MoveRefused, NotAllowed, NotFound
from inspection.domain.refusals.appeals import (
    AppealChanged,
    AppealOpinionAwaited,
    AppealOwnWork,
    AppealPartUnfit,
    AppealReasonMissing,
    AppealRoundLocked,
)
from inspection.domain.scoring.answers import Answer
from inspection.persistence.appeals import appeals
from inspection.persistence.rectifications.line_pauses import pauses_of
from inspection.persistence.reviews import reviews
from inspection.persistence.statements import run
from inspection.services.appeals.appeal_effects import effect_of
from tests.appealing import HE, REASON, a_delivered, advised, an_appeal, decided, filed
from tests.cast import CHEN, CLUB, GUO, LI, ROUND, SUN, WANG, ZHAO, round_id
from tests.correcting import corrected, edit
from tests.makers import an_account
from tests.rankable import Result, published
from tests.receiving import rows_of
from tests.reviewing import standing_of


@pytest.fixture
async def appeal(province):
    """An appeal the region has given its opinion on."""
    found = await an_appeal(province)
    await advised(province, found)
    return found


async def a_dear_one(tools):
    """An appeal against a loss that could have been a lesser one."""
    appeal = await an_appeal(tools, losses=("KC-E-05",))
    visit = (await row_of(appeal))["visit"]
    await corrected(tools, visit, edit("KC-E-05", "loss", option="obvious", note="闷"))
    return appeal


async def row_of(appeal):
    (row,) = [row for row in await rows_of("appeal") if row["id"] == appeal]
    return row


async def the_row(appeal):
    found = await appeals.find_appeal(appeal)
    assert found is not None
    return found


async def test_upheld_the_loss_is_given_back_and_the_place_follows(province, appeal):
    rivals = [Result(store=f"R-{n}", total=9000 + n * 100) for n in range(10)]
    await published(province, *rivals)
    before = await standing_of(CLUB)
    outcome = await decided(province, appeal)
    after, row = await standing_of(CLUB), await row_of(appeal)
    assert (outcome.state, outcome.new_lost, outcome.old_lost > 0) == ("upheld", 0, True)
    assert after["score"] == before["score"] + outcome.old_lost
    assert after["rank_key"] == before["rank_key"] - outcome.old_lost
    assert (row["state"], row["reason"], row["decided_by"]) == ("upheld", REASON, GUO.account)
    assert msgspec.json.decode(row["answer"], type=Answer).verdict == "pass"
    (kept,) = await rows_of("correction")
    assert (kept["source"], kept["item"], kept["corrected_by"]) == (
        "appeal",
        "KC-E-01",
        GUO.account,
    )
    actions = [event["action"] for event in await rows_of("audit_event", "seq")]
    assert actions[-1] == "appeal.decide"
    assert "visit.correct" in actions


async def test_the_same_decision_sent_again_changes_nothing(province, appeal):
    first = await decided(province, appeal)
    events = len(await rows_of("audit_event", "seq"))
    assert await decided(province, appeal) == first
    assert len(await rows_of("audit_event", "seq")) == events
    with pytest.raises(MoveRefused):
        await decided(province, appeal, AppealMove.REJECT)


async def test_rejected_nothing_changes_and_the_frozen_time_is_added_back(province, appeal, clock):
    before, since = await standing_of(CLUB), clock.time
    clock.go_on(hours=9)
    outcome = await decided(province, appeal, AppealMove.REJECT)
    assert (outcome.state, outcome.new_lost) == ("rejected", outcome.old_lost)
    assert await standing_of(CLUB) == before
    assert await rows_of("correction") == []
    pauses = await pauses_of([(await row_of(appeal))["line"]])
    assert list(pauses.values()) == [(Pause(since, since + timedelta(hours=9)),)]


async def test_upheld_in_part_another_finding_counts(province):
    appeal = await a_dear_one(province)
    await advised(province, appeal)
    found = await effect_of(province, GUO.actor, await the_row(appeal), AppealMove.UPHOLD)
    outcome = await decided(province, appeal, AppealMove.GRANT_PART, choice="slight")
    assert (found.lost[0], outcome.new_lost) == (300, 100)
    assert msgspec.json.decode((await row_of(appeal))["answer"], type=Answer).option is not None


@pytest.mark.parametrize("choice", ["", "nothing", "missing"])
async def test_a_part_is_a_lesser_finding_of_the_same_kind(province, choice):
    appeal = await a_dear_one(province)
    await advised(province, appeal)
    with pytest.raises(AppealPartUnfit):
        await decided(province, appeal, AppealMove.GRANT_PART, choice=choice)
    assert (await row_of(appeal))["state"] == "advised"


async def test_what_the_card_makes_of_a_part_decides(province, monkeypatch):
    appeal = await a_dear_one(province)
    await advised(province, appeal)
    monkeypatch.setattr(
        "inspection.services.appeals.appeal_rulings.lost_in", lambda card, item: 100
    )
    with pytest.raises(AppealPartUnfit):
        await decided(province, appeal, AppealMove.GRANT_PART, choice="slight")


async def test_the_region_is_heard_first_as_long_as_it_has_time(province, clock):
    appeal = await an_appeal(province)
    with pytest.raises(AppealOpinionAwaited):
        await decided(province, appeal)
    clock.go_on(hours=24)
    assert (await decided(province, appeal)).state == "upheld"


async def test_nobody_decides_about_their_own_work(province, appeal):
    for involved in (SUN,):
        with pytest.raises(AppealOwnWork):
            await decided(province, appeal, by=involved)
    await an_account(province, HE)
    assert (await decided(province, appeal, by=HE)).state == "upheld"


async def test_who_signed_the_notice_does_not_decide(province):
    notice = await a_delivered(province, by=GUO)
    appeal = (await filed(province, notice)).id
    await advised(province, appeal)
    with pytest.raises(AppealOwnWork):
        await decided(province, appeal, by=GUO)


async def test_the_row_itself_refuses_whoever_had_a_part(province, appeal, monkeypatch):
    monkeypatch.setattr(rules, "check_independent", lambda *_: None)
    with pytest.raises(AppealOwnWork):
        await decided(province, appeal, by=SUN)
    assert (await row_of(appeal))["decided_by"] is None


async def test_a_decision_needs_its_action_its_place_a_reason_and_the_page_as_it_is(
    province, appeal
):
    for other in (CHEN, LI, WANG, ZHAO):
        with pytest.raises(NotAllowed):
            await decided(province, appeal, by=other)
    with pytest.raises(NotFound):
        await decided(province, "0" * 32)
    with pytest.raises(AppealReasonMissing):
        await decided(province, appeal, reason="  ")
    with pytest.raises(AppealChanged):
        await decided(province, appeal, seen=1)


async def test_in_a_locked_round_only_rejecting_is_left(province, appeal):
    await run("UPDATE round SET state = 'locked' WHERE code = ?", ROUND)
    for verdict in (AppealMove.UPHOLD, AppealMove.GRANT_PART):
        with pytest.raises(AppealRoundLocked) as refused:
            await decided(province, appeal, verdict)
        assert refused.value.facts == {"round": ROUND}
    row = await the_row(appeal)
    assert await effect_of(province, GUO.actor, row, AppealMove.UPHOLD) is None
    assert (await decided(province, appeal, AppealMove.REJECT)).state == "rejected"


async def test_a_loss_that_is_gone_already_is_upheld_without_a_correction(province, appeal):
    await run("UPDATE visit_scorecard SET body = replace(body, ?, ?)", '"lost":100', '"lost":0')
    outcome = await decided(province, appeal)
    assert (outcome.state, outcome.new_lost) == ("upheld", 0)
    assert await rows_of("correction") == []


async def test_the_effect_is_what_deciding_does(province, appeal):
    rivals = [Result(store=f"R-{n}", total=9000 + n * 50) for n in range(22)]
    await published(province, *rivals)
    before = await rows_of("standing")
    found = await effect_of(province, GUO.actor, await the_row(appeal), AppealMove.UPHOLD)
    assert await rows_of("standing") == before
    assert await rows_of("correction") == []
    await decided(province, appeal)
    after = await standing_of(CLUB)
    keys = [row["rank_key"] for row in await rows_of("standing") if row["rank_key"]]
    assert found.place[1] == 1 + sum(key < after["rank_key"] for key in keys)
    assert found.score[1] == after["score"]
    scores = [row["score"] for row in await rows_of("standing") if row["rank_key"]]
    assert found.mean[1] == round(sum(scores) / len(scores))
    assert found.falls == found.place[0] - found.place[1]
    assert (found.rises, found.closes_line, found.lost[1]) == (0, True, 0)


async def test_rejecting_has_no_effect(province, appeal):
    found = await effect_of(province, GUO.actor, await the_row(appeal), AppealMove.REJECT)
    assert found.lost[0] == found.lost[1]
    assert (found.place[0], found.falls, found.closes_line) == (found.place[1], 0, False)


async def test_a_visit_that_is_not_there_has_no_effect_and_no_decision(
    province, appeal, monkeypatch
):
    row = await the_row(appeal)

    async def nothing(_):
        return None

    monkeypatch.setattr(reviews, "lock_visit", nothing)
    with pytest.raises(NotFound):
        await effect_of(province, GUO.actor, row, AppealMove.UPHOLD)
    with pytest.raises(NotFound):
        await decided(province, appeal)


async def test_a_round_without_places_shows_none(province, appeal):
    await run("UPDATE standing SET rank_key = NULL WHERE round = ?", round_id(ROUND))
    found = await effect_of(province, GUO.actor, await the_row(appeal), AppealMove.REJECT)
    assert (found.place, found.mean, found.ranked) == ((None, None), (None, None), 0)
