"""Returns with questions, and decisions taken back."""

import asyncio
from datetime import timedelta

import pytest

from inspection.domain.refusals import MoveRefused, ReasonMissing, ReviewOutdated
from inspection.domain.refusals.reviewing import QuestionsOpen, ReturnHoursRefused
from inspection.domain.reviews.review import Decision, ReviewCase
from inspection.services.reviews.review_detail import visit_for_review
from inspection.services.reviews.reviews import decide_visit, review_visit
from inspection.services.rounds.assignments import my_assignments
from inspection.services.visits.visits import visit_of
from tests.cast import LI, SUN
from tests.correcting import corrected, edit
from tests.receiving import rows_of, send
from tests.releasing import release
from tests.reviewing import a_visit, approve, send_back
from tests.services.reviews.worked_items import QUESTION, SPOTS, ask
from tests.submissions import a_submission, rubric_in


async def told_by_phone():
    mine = (await my_assignments(LI.actor)).assignments
    return [assignment.returned.reason for assignment in mine if assignment.returned]


def returning(hours=24, reason="", attempt=1):
    return ReviewCase(
        attempt=attempt, decision=Decision.RETURN, reason=reason, reviewer="", hours=hours
    )


def reopening(reason="点错了"):
    return ReviewCase(attempt=1, decision=Decision.REOPEN, reason=reason, reviewer="")


async def test_an_open_question_forbids_approving_and_goes_with_the_return(province, clock):
    visit = await a_visit(province)
    await ask(province, visit)
    with pytest.raises(QuestionsOpen):
        await approve(province, visit)
    assert (await visit_for_review(SUN.actor, visit)).blocked == "review.questions_open"
    await decide_visit(province, SUN.actor, visit, returning(hours=48, reason="请补充"))
    told = (await visit_of(LI.actor, visit)).visit.return_reason
    assert told is not None
    reason, question, due = told.split("\n")
    assert reason == "请补充"
    assert question.startswith(SPOTS)
    assert question.endswith(QUESTION)
    assert "11月20日 09:00" in due
    assert await told_by_phone() == [told]
    (past,) = (await visit_for_review(SUN.actor, visit)).reviews
    assert past.reason == "请补充"
    assert past.due_at == clock() + timedelta(hours=48)


async def test_a_question_about_an_item_that_was_corrected_since_is_still_shown(province):
    visit = await a_visit(province)
    await ask(province, visit)
    await corrected(province, visit, edit(SPOTS))
    items = (await visit_for_review(SUN.actor, visit)).items
    assert [(each.item, each.question) for each in items.beside] == [(SPOTS, QUESTION)]
    assert items.questions == 1


async def test_the_next_attempt_shows_what_was_asked_and_what_it_says_now(province):
    visit = await a_visit(province)
    await ask(province, visit)
    await ask(province, visit, item="KC-M-01")
    await decide_visit(province, SUN.actor, visit, returning())
    await send(province, a_submission(rubric_in(), losses=(SPOTS,), visit=visit, attempt=2))
    items = (await visit_for_review(SUN.actor, visit)).items
    assert items.marks == {}
    first, second = items.asked
    assert (first.item, first.question, second.now.zh) == (SPOTS, QUESTION, "达标")


async def test_without_a_question_a_return_needs_a_reason_and_possible_hours(province):
    visit = await a_visit(province)
    with pytest.raises(ReasonMissing):
        await decide_visit(province, SUN.actor, visit, returning())
    for hours in (0, 721):
        with pytest.raises(ReturnHoursRefused):
            await decide_visit(province, SUN.actor, visit, returning(hours, "请补充"))


async def test_a_return_can_be_taken_back_until_it_was_answered(province):
    visit = await a_visit(province)
    await send_back(province, visit)
    with pytest.raises(ReasonMissing):
        await decide_visit(province, SUN.actor, visit, reopening(" "))
    assert (await visit_for_review(SUN.actor, visit)).can_reopen
    outcome = await decide_visit(province, SUN.actor, visit, reopening())
    assert outcome.state == "submitted"
    assert (await visit_of(LI.actor, visit)).visit.return_reason is None
    again = await send_back(province, visit, "再补一张")
    assert again.state == "returned"
    assert "再补一张" in ((await visit_of(LI.actor, visit)).visit.return_reason or "")
    assert (
        len([a for a in (await my_assignments(LI.actor)).assignments if a.returned is not None])
        == 1
    )
    await send(province, a_submission(rubric_in(), visit=visit, attempt=2))
    with pytest.raises(ReviewOutdated):
        await decide_visit(province, SUN.actor, visit, reopening())


async def test_an_approval_can_be_taken_back_and_given_again_until_it_is_released(province):
    visit = await a_visit(province)
    await review_visit(province, SUN.actor, visit, 1, Decision.APPROVE)
    assert (await visit_for_review(SUN.actor, visit)).can_reopen
    await decide_visit(province, SUN.actor, visit, reopening())
    assert (await visit_for_review(SUN.actor, visit)).state == "submitted"
    await corrected(province, visit, edit(SPOTS))
    again = await review_visit(province, SUN.actor, visit, 1, Decision.APPROVE)
    assert again.state == "approved"
    await release(province, visit)
    assert not (await visit_for_review(SUN.actor, visit)).can_reopen
    with pytest.raises(MoveRefused):
        await decide_visit(province, SUN.actor, visit, reopening())
    assert [line["item"] for line in await rows_of("notice_line")] == ["KC-M-01"]


async def test_released_or_taken_back_at_the_same_moment_it_is_one_of_the_two(province):
    visit = await a_visit(province)
    await review_visit(province, SUN.actor, visit, 1, Decision.APPROVE)
    await asyncio.gather(
        release(province, visit),
        decide_visit(province, SUN.actor, visit, reopening()),
        return_exceptions=True,
    )
    found = await visit_for_review(SUN.actor, visit)
    published = found.state == "published"
    assert published or found.state == "submitted"
    assert bool(await rows_of("notice")) is published
    decided = [review.decision for review in found.reviews]
    assert decided == [Decision.APPROVE, *([] if published else [Decision.REOPEN])]
