"""Working at single items while a visit waits: marks, corrections, returns with questions, taking
a decision back.
"""

import asyncio
from datetime import timedelta

import msgspec
import pytest

from inspection.domain.refusals import (
    MoveRefused,
    NotAllowed,
    NotFound,
    ReasonMissing,
    ReviewOutdated,
    ReviewOwnVisit,
)
from inspection.domain.refusals.reviewing import QuestionsOpen, ReturnHoursRefused, ReviewChanged
from inspection.domain.reviews.review import Decision, ReviewCase
from inspection.domain.reviews.review_mark import Mark
from inspection.persistence.audit import audit
from inspection.persistence.statements import run
from inspection.services.reviews.review_corrections import correct_item, preview_correction
from inspection.services.reviews.review_detail import visit_for_review
from inspection.services.reviews.review_item_results import ItemCase
from inspection.services.reviews.review_items import item_for_review
from inspection.services.reviews.review_marks import mark_item
from inspection.services.reviews.reviews import decide_visit, review_visit
from inspection.services.rounds.assignments import my_assignments
from inspection.services.visits.visits import visit_of
from tests.cast import GUO, LI, SUN, WANG, round_id
from tests.correcting import corrected, edit
from tests.receiving import rows_of, send
from tests.releasing import release
from tests.reviewing import a_visit, approve, send_back, send_photo
from tests.submissions import a_photo, a_submission, rubric_in

SPOTS = "KC-E-01"
QUESTION = "走到二楼了吗？"
SUN_TOO = msgspec.structs.replace(SUN.actor, account=GUO.account)


def case(visit, seen=0, item=SPOTS, attempt=1):
    return ItemCase(visit=visit, attempt=attempt, item=item, seen=seen)


async def ask(tools, visit, **more):
    return await mark_item(tools, SUN.actor, case(visit, **more), Mark.ASK, QUESTION)


async def told_by_phone():
    mine = (await my_assignments(LI.actor)).assignments
    return [assignment.returned.reason for assignment in mine if assignment.returned]


def returning(hours=24, reason="", attempt=1):
    return ReviewCase(
        attempt=attempt, decision=Decision.RETURN, reason=reason, reviewer="", hours=hours
    )


def reopening(reason="点错了"):
    return ReviewCase(attempt=1, decision=Decision.REOPEN, reason=reason, reviewer="")


async def test_a_mark_is_kept_shown_and_logged(province):
    visit = await a_visit(province)
    await mark_item(province, SUN.actor, case(visit), Mark.ACCEPT)
    await ask(province, visit, item="KC-M-01")
    items = (await visit_for_review(SUN.actor, visit)).items
    assert (items.accepted, items.questions) == (1, 1)
    assert items.marks["KC-M-01"].question == QUESTION
    events = [e for e in await audit.events_of("visit", visit) if e.action == "visit.mark"]
    assert [msgspec.json.decode(event.body)["item"] for event in events] == [SPOTS, "KC-M-01"]


async def test_the_same_mark_again_is_no_event(province):
    visit = await a_visit(province)
    await ask(province, visit)
    await ask(province, visit)
    events = [e for e in await audit.events_of("visit", visit) if e.action == "visit.mark"]
    assert len(events) == 1


async def test_two_who_mark_one_item_have_one_winner(province):
    visit = await a_visit(province)
    answers = await asyncio.gather(
        mark_item(province, SUN.actor, case(visit), Mark.ACCEPT),
        mark_item(province, SUN_TOO, case(visit), Mark.ASK, QUESTION),
        return_exceptions=True,
    )
    assert sorted(type(answer).__name__ for answer in answers) == ["ItemMark", "ReviewChanged"]
    assert len(await rows_of("review_mark")) == 1


async def test_two_who_correct_one_item_have_one_winner(province):
    visit = await a_visit(province)
    answers = await asyncio.gather(
        correct_item(province, SUN.actor, case(visit, 1), edit(SPOTS)),
        correct_item(province, SUN_TOO, case(visit, 1), edit(SPOTS, "loss", count=2)),
        return_exceptions=True,
    )
    assert sorted(type(answer).__name__ for answer in answers) == ["Corrected", "ReviewChanged"]
    assert len(await rows_of("correction")) == 1


async def test_what_is_not_theirs_to_judge_is_refused(province):
    visit = await a_visit(province)
    with pytest.raises(NotAllowed):
        await mark_item(province, LI.actor, case(visit), Mark.ACCEPT)
    elsewhere = msgspec.structs.replace(SUN.actor, region_path="/620000/620500/")
    with pytest.raises(NotFound):
        await mark_item(province, elsewhere, case(visit), Mark.ACCEPT)
    with pytest.raises(NotFound):
        await mark_item(province, SUN.actor, case(visit, item="KC-E-99"), Mark.ACCEPT)
    with pytest.raises(ReviewOutdated):
        await mark_item(province, SUN.actor, case(visit, attempt=2), Mark.ACCEPT)
    await run("UPDATE visit SET inspector = ? WHERE id = ?", SUN.account, visit)
    with pytest.raises(ReviewOwnVisit):
        await correct_item(province, SUN.actor, case(visit, 1), edit(SPOTS))


async def test_a_card_that_is_gone_has_no_items(province):
    visit = await a_visit(province)
    await run("DELETE FROM visit_scorecard WHERE visit = ?", visit)
    with pytest.raises(NotFound):
        await mark_item(province, SUN.actor, case(visit), Mark.ACCEPT)


async def test_what_was_decided_or_locked_is_left(province):
    visit = await a_visit(province)
    await run("UPDATE round SET state = 'locked' WHERE id = ?", round_id("2026-11"))
    with pytest.raises(MoveRefused) as refused:
        await mark_item(province, SUN.actor, case(visit), Mark.ACCEPT)
    assert refused.value.facts["noun"] == "round"
    assert not (await item_for_review(SUN.actor, visit, SPOTS)).can_change
    await run("UPDATE round SET state = 'open' WHERE id = ?", round_id("2026-11"))
    await approve(province, visit)
    with pytest.raises(MoveRefused):
        await correct_item(province, SUN.actor, case(visit, 1), edit(SPOTS))


async def test_a_preview_says_what_moves_and_writes_nothing(province):
    visit = await a_visit(province)
    preview = await preview_correction(SUN.actor, case(visit, 1), edit(SPOTS, "loss", count=3))
    assert preview.total == (9800, 9600)
    assert [(each.item, each.old, each.new) for each in preview.items] == [(SPOTS, 100, 300)]
    assert await rows_of("correction") == []
    with pytest.raises(ReviewChanged):
        await preview_correction(SUN.actor, case(visit, 2), edit(SPOTS))


async def test_a_correction_is_shown_with_both_facts(province):
    visit = await a_visit(province)
    await correct_item(province, SUN.actor, case(visit, 1), edit(SPOTS, "loss", count=2))
    await correct_item(province, SUN.actor, case(visit, 2), edit(SPOTS))
    await corrected(province, visit, edit("KC-E-02", "not_observed", "当时有施工围挡"))
    items = (await visit_for_review(SUN.actor, visit)).items
    assert (items.revision, items.corrected) == (4, {SPOTS, "KC-E-02"})
    unseen, last, first = items.corrections
    assert (first.latest, last.latest) == (False, True)
    assert (last.old_lost, last.new_lost, last.by) == (200, 0, SUN.name)
    assert "2" in last.old.zh
    assert last.new.en == "Met"
    assert unseen.new.zh == "未观测到 当时有施工围挡"
    assert SPOTS in {other.item for other in items.others}


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


async def test_one_item_with_its_evidence_and_its_neighbours(province):
    photo = a_photo()
    visit = await a_visit(province, losses=(SPOTS, "KC-M-01"), pictures=(photo,))
    await send_photo(province, photo)
    item = await item_for_review(SUN.actor, visit, SPOTS)
    assert (item.before, item.after, item.can_change) == (None, "KC-M-01", True)
    assert [each.ready for each in item.photos] == [True]
    assert (await item_for_review(SUN.actor, visit, "KC-M-01")).before == SPOTS
    between = await item_for_review(SUN.actor, visit, "KC-E-02")
    assert (between.before, between.after, between.score.lost) == (SPOTS, "KC-M-01", 0)


async def test_photos_of_the_same_item_from_earlier_rounds_stand_beside_it(province):
    photo = a_photo()
    earlier = await a_visit(province, "earlier", losses=(SPOTS,), pictures=(photo,))
    await send_photo(province, photo)
    await run(
        "UPDATE visit SET state = 'locked', round = ? WHERE id = ?", round_id("2026-10"), earlier
    )
    await run("UPDATE assignment SET state = 'open'")
    visit = await a_visit(province, "now")
    (then,) = (await item_for_review(SUN.actor, visit, SPOTS)).earlier
    assert (then.visit, then.round.code) == (earlier, "2026-10")


async def test_an_item_stays_with_quality_control(province):
    visit = await a_visit(province)
    with pytest.raises(NotAllowed):
        await item_for_review(WANG.actor, visit, SPOTS)
    with pytest.raises(NotFound):
        await item_for_review(LI.actor, visit, SPOTS)
    with pytest.raises(NotFound):
        await item_for_review(SUN.actor, visit, "KC-E-99")


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
