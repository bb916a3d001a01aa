"""Deciding about visits: who may, what a decision needs, and what approving publishes."""

import msgspec
import pytest

from inspection.domain.refusals import (
    MoveRefused,
    NotAllowed,
    NotFound,
    ReasonMissing,
    ReviewOutdated,
    ReviewOwnVisit,
    VisitIncomplete,
)
from inspection.domain.reviews.review import Decision
from inspection.persistence.audit import audit
from inspection.persistence.statements import run
from inspection.services.reviews.review_detail import visit_for_review
from inspection.services.reviews.reviews import review_visit
from tests.cast import CHEN, CLUB, GUO, LI, SUN, WANG
from tests.receiving import rows_of, send
from tests.reviewing import TWO_LOSSES, a_visit, approve, send_back, standing_of, state_of, visit_id
from tests.submissions import a_photo, a_submission, rubric_in


async def test_a_visit_nobody_made_is_missing(province):
    with pytest.raises(NotFound):
        await visit_for_review(SUN.actor, visit_id("none"))
    with pytest.raises(NotFound):
        await approve(province, visit_id("none"))


@pytest.mark.parametrize("person", [LI, CHEN, WANG, GUO])
async def test_only_reviewers_decide(province, person):
    visit = await a_visit(province)
    with pytest.raises(NotAllowed):
        await approve(province, visit, by=person)


async def test_a_reviewer_of_another_region_finds_nothing(province):
    visit = await a_visit(province)
    elsewhere = msgspec.structs.replace(SUN.actor, region_path="/620000/620500/")
    with pytest.raises(NotFound):
        await review_visit(province, elsewhere, visit, 1, Decision.APPROVE)


async def test_nobody_decides_about_a_visit_of_their_own(province):
    visit = await a_visit(province)
    await run("UPDATE visit SET inspector = ? WHERE id = ?", SUN.account, visit)
    with pytest.raises(ReviewOwnVisit):
        await approve(province, visit)
    assert (await visit_for_review(SUN.actor, visit)).blocked == "review.own_visit"


async def test_an_approved_and_released_visit_has_its_standing_and_a_draft(province):
    visit = await a_visit(province)
    outcome = await approve(province, visit)
    assert await state_of(visit) == ("published", "done")
    standing = await standing_of(CLUB)
    assert (standing["score"], standing["visits"], standing["unranked_why"]) == (9800, 1, "")
    (notice,) = await rows_of("notice")
    assert (notice["id"], notice["state"], notice["number"]) == (outcome.notice, "draft", None)
    lines = await rows_of("notice_line", "number")
    assert [(line["number"], line["item"], line["lost"]) for line in lines] == [
        (1, "KC-E-01", 100),
        (2, "KC-M-01", 100),
    ]
    # The inspector's own words stay in the house.
    assert "门口有杂物" not in lines[0]["problem"]
    assert lines[0]["requirement"] == rubric_in().item("KC-E-01").rectification.zh


async def test_every_step_is_in_the_audit_log(province):
    visit = await a_visit(province)
    outcome = await approve(province, visit)
    assert [entry.action for entry in await audit.events_of("visit", visit)] == [
        "visit.submit",
        "visit.approve",
        "visit.release",
    ]
    (drafted,) = await audit.events_of("notice", outcome.notice)
    assert (drafted.action, drafted.actor) == ("notice.draft", SUN.account)
    assert (await audit.verify_chain()).intact


async def test_a_visit_without_losses_makes_no_notice(province):
    outcome = await approve(province, await a_visit(province, losses=()))
    assert (outcome.notice, await rows_of("notice")) == (None, [])
    assert (await standing_of(CLUB))["score"] == 10000


async def test_the_same_decision_sent_again_gets_the_same_answer(province):
    visit = await a_visit(province)
    assert await approve(province, visit) == await approve(province, visit)
    assert len(await rows_of("notice")) == 1
    assert len(await rows_of("review")) == 1


async def test_another_decision_on_a_published_visit_is_refused(province):
    visit = await a_visit(province)
    await approve(province, visit)
    with pytest.raises(MoveRefused):
        await send_back(province, visit)


async def test_returning_needs_a_reason_and_opens_the_assignment_again(province):
    visit = await a_visit(province)
    with pytest.raises(ReasonMissing):
        await send_back(province, visit, "  ")
    outcome = await send_back(province, visit)
    assert (outcome.state, outcome.notice) == ("returned", None)
    assert await state_of(visit) == ("returned", "returned")
    assert await rows_of("standing") == []
    (decided,) = (await visit_for_review(SUN.actor, visit)).reviews
    assert (decided.reviewer, decided.reason) == ("孙蕾", "照片看不清，请补拍")


async def test_the_next_attempt_is_decided_on_its_own(province):
    visit = await a_visit(province, losses=TWO_LOSSES)
    await send_back(province, visit)
    await send(province, a_submission(visit=visit, attempt=2, losses=("KC-E-01",)))
    with pytest.raises(ReviewOutdated) as refused:
        await review_visit(province, SUN.actor, visit, 3, Decision.APPROVE)
    assert refused.value.facts == {"shown": 3, "current": 2}
    outcome = await approve(province, visit, attempt=2)
    assert (outcome.attempt, (await standing_of(CLUB))["score"]) == (2, 9900)
    assert len(await rows_of("notice_line")) == 1


async def test_a_visit_with_a_missing_photo_cannot_be_approved_but_returned(province):
    visit = await a_visit(province, losses=("KC-E-01",), pictures=(a_photo(),))
    with pytest.raises(VisitIncomplete) as refused:
        await approve(province, visit)
    assert refused.value.facts == {"missing": 1}
    assert (await send_back(province, visit)).state == "returned"
