"""Approvals at once, and what publishing needs."""

import asyncio

import msgspec
import pytest

from inspection.domain.refusals import CardUnpublishable, MoveRefused, NotFound
from inspection.persistence.audit import audit
from inspection.persistence.engine import tx
from inspection.persistence.statements import run
from inspection.services.rankings.standings import refresh_standing
from inspection.services.reviews.review_detail import visit_for_review
from tests.cast import ANNING_HALL, CLUB, HALL, MA, QINZHOU_CLUB, ROUND, SUN, round_id, store_id
from tests.receiving import rows_of
from tests.reviewing import a_visit, another_assignment, approve, send_photo, standing_of, state_of
from tests.submissions import a_photo, rubric_in


async def test_ten_approvals_at_once_publish_once(province):
    visit = await a_visit(province)
    answers = await asyncio.gather(*(approve(province, visit) for _ in range(10)))
    assert len({answer.notice for answer in answers}) == 1
    assert len(await rows_of("notice")) == len(await rows_of("review")) == 1


async def test_two_visits_of_one_store_published_at_once_are_both_in_the_mean(province):
    second = await another_assignment(province, MA, CLUB, "b")
    visits = [
        await a_visit(province, "a", losses=()),
        await a_visit(province, "b", by=MA, losses=("KC-E-01",), assignment=second),
    ]
    await asyncio.gather(*(approve(province, visit) for visit in visits))
    standing = await standing_of(CLUB)
    assert (standing["visits"], standing["score_sum"], standing["score"]) == (2, 19900, 9950)


async def test_visits_of_many_stores_can_be_published_at_once(province):
    visits = [
        await a_visit(province, "a"),
        await a_visit(province, "b", store=HALL, losses=("KH-E-01",)),
        await a_visit(province, "c", by=MA, store=ANNING_HALL, losses=()),
        await a_visit(province, "d", by=MA, store=QINZHOU_CLUB, losses=()),
    ]
    outcomes = await asyncio.gather(*(approve(province, visit) for visit in visits))
    assert [outcome.notice is not None for outcome in outcomes] == [True, True, False, False]
    assert (await audit.verify_chain()).intact


async def test_the_clean_photo_goes_into_the_draft_by_its_digest(province):
    photo = a_photo()
    visit = await a_visit(province, losses=("KC-E-01",), pictures=(photo,))
    await send_photo(province, photo)
    await approve(province, visit)
    (row,) = await rows_of("photo", "sha256")
    (line,) = await rows_of("notice_line")
    assert msgspec.json.decode(line["photos"]) == [row["print_sha256"]]


async def test_a_card_without_a_score_cannot_be_published(province):
    visit = await a_visit(province)
    await run("UPDATE visit SET total = NULL WHERE id = ?", visit)
    with pytest.raises(CardUnpublishable):
        await approve(province, visit)


async def test_a_visit_without_a_card_has_no_screen_and_no_draft(province):
    visit = await a_visit(province)
    await run("DELETE FROM visit_scorecard WHERE visit = ?", visit)
    with pytest.raises(NotFound):
        await visit_for_review(SUN.actor, visit)
    with pytest.raises(CardUnpublishable):
        await approve(province, visit)
    assert await state_of(visit) == ("submitted", "submitted")


async def test_without_an_answer_the_item_speaks_for_itself(province):
    visit = await a_visit(province)
    await run("UPDATE visit_answer SET body = '{}'")
    await approve(province, visit)
    line, _ = await rows_of("notice_line", "number")
    assert line["problem"] == rubric_in().item("KC-E-01").title.zh


async def test_a_withdrawn_result_leaves_no_place(province):
    visit = await a_visit(province)
    await approve(province, visit)
    await run("UPDATE visit SET state = 'returned' WHERE id = ?", visit)
    async with tx():
        await refresh_standing(round_id(ROUND), store_id(CLUB), province.now())
    row = await standing_of(CLUB)
    assert (row["visits"], row["score"], row["rank_key"]) == (0, None, None)


async def test_a_locked_round_takes_no_more_results(province):
    visit = await a_visit(province)
    await run("UPDATE round SET state = 'locked' WHERE id = ?", round_id(ROUND))
    with pytest.raises(MoveRefused) as refused:
        await approve(province, visit)
    assert refused.value.facts["noun"] == "round"
