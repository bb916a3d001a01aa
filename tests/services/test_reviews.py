"""Deciding about visits: who may, what a decision needs, and what approving publishes."""

import asyncio

import msgspec
import pytest

from inspection.domain.refusals import (
    CardUnpublishable,
    CursorRefused,
    MoveRefused,
    NotAllowed,
    NotFound,
    ReasonMissing,
    ReviewOutdated,
    ReviewOwnVisit,
    VisitIncomplete,
)
from inspection.domain.review import Decision
from inspection.persistence import audit
from inspection.persistence.engine import tx
from inspection.persistence.statements import run
from inspection.services.review_detail import trail, visit_for_review
from inspection.services.reviews import review_queue, review_visit
from inspection.services.standings import refresh_standing
from tests.cast import (
    ANNING_HALL,
    CHEN,
    CLUB,
    GUO,
    HALL,
    LI,
    MA,
    QINZHOU_CLUB,
    ROUND,
    SUN,
    WANG,
    round_id,
    store_id,
)
from tests.receiving import rows_of, send
from tests.reviewing import (
    TWO_LOSSES,
    a_visit,
    another_assignment,
    approve,
    send_back,
    send_photo,
    standing_of,
    visit_id,
)
from tests.submissions import a_photo, a_submission, rubric_in


async def state_of(visit):
    (row,) = await run(
        "SELECT v.state, a.state AS assignment FROM visit v JOIN assignment a"
        " ON a.id = v.assignment WHERE v.id = ?",
        visit,
    )
    return row["state"], row["assignment"]


async def test_the_queue_shows_the_longest_wait_first(province, clock):
    first = await a_visit(province, "first")
    clock.go_on(hours=2)
    second = await a_visit(province, "second", by=MA, store=ANNING_HALL, losses=())
    clock.go_on(minutes=30)
    queue = await review_queue(province, SUN.actor)
    assert [row.visit for row in queue.rows] == [first, second]
    assert [row.waited_minutes for row in queue.rows] == [150, 30]
    assert (queue.waiting, queue.next_cursor) == (2, None)
    row = queue.rows[0]
    assert (row.store.code, row.store.branch.zh, row.store.county.en) == (CLUB, "兰州", "Chengguan")
    assert (row.inspector, row.complete, row.missing_photos) == ("A-017", True, 0)


async def test_the_queue_is_paged_without_gaps_or_repeats(province, clock):
    visits = []
    for name, by, store in (
        ("a", LI, CLUB),
        ("b", LI, HALL),
        ("c", MA, ANNING_HALL),
        ("d", MA, QINZHOU_CLUB),
    ):
        visits.append(await a_visit(province, name, by=by, store=store, losses=()))
        clock.go_on(minutes=1)
    seen, after = [], ""
    for _ in range(4):
        page = await review_queue(province, SUN.actor, after, size=1)
        seen += [row.visit for row in page.rows]
        after = page.next_cursor or ""
    assert (seen, after) == (visits, "")


async def test_a_damaged_cursor_is_refused(province):
    with pytest.raises(CursorRefused):
        await review_queue(province, SUN.actor, "WyJ4Il0")


@pytest.mark.parametrize("person", [LI, CHEN, WANG])
async def test_only_reviewers_see_the_queue(province, person):
    with pytest.raises(NotAllowed):
        await review_queue(province, person.actor)


async def test_the_screen_shows_losses_with_facts_rules_and_evidence(province):
    photo = a_photo()
    visit = await a_visit(province, losses=("KC-E-01",), pictures=(photo,))
    detail = await visit_for_review(SUN.actor, visit)
    (lost,) = detail.lost_items
    assert (lost.item, lost.lost, lost.full, lost.hours) == ("KC-E-01", 100, 300, 24)
    assert "门口有杂物" in lost.problem.zh
    assert lost.problem.en
    assert [(p.sha256, p.ready, p.origin) for p in lost.photos] == [
        (msgspec.structs.asdict(lost.photos[0])["sha256"], False, "camera")
    ]
    assert (detail.complete, detail.missing_photos, detail.blocked) == (
        False,
        1,
        "visit.incomplete",
    )
    assert (detail.scorecard.total, len(detail.sections), detail.minutes) == (9900, 7, 30)
    assert (detail.inspector, detail.rubric.code) == ("A-017", "KC")
    assert [event.action for event in detail.trail] == ["visit.submit"]


async def test_odd_things_are_flagged_with_their_facts(province):
    rubric_items = [answer["item"] for answer in a_submission()["answers"]]
    visit = await a_visit(
        province,
        losses=(),
        bulk_pass=rubric_items,
        ended_at="2026-11-18T08:12:00+08:00",
    )
    flags = {flag.code: flag.facts for flag in (await visit_for_review(SUN.actor, visit)).flags}
    assert "short_visit" in flags
    assert flags["bulk_pass"]["count"] == str(len(rubric_items))


async def test_a_few_items_passed_in_bulk_are_no_flag(province):
    visit = await a_visit(province, losses=(), bulk_pass=["KC-E-01"])
    flags = {flag.code for flag in (await visit_for_review(SUN.actor, visit)).flags}
    assert "bulk_pass" not in flags


@pytest.mark.parametrize("person", [CHEN, WANG])
async def test_a_visit_stays_with_quality_control(province, person):
    visit = await a_visit(province)
    with pytest.raises(NotAllowed):
        await visit_for_review(person.actor, visit)


async def test_an_inspector_has_no_review_screen(province):
    visit = await a_visit(province)
    with pytest.raises(NotFound):
        await visit_for_review(LI.actor, visit)


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


async def test_approving_publishes_the_visit_its_standing_and_a_draft(province):
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
    assert "门口有杂物" in lines[0]["problem"]
    assert lines[0]["requirement"] == rubric_in().item("KC-E-01").rectification.zh


async def test_every_step_is_in_the_audit_log(province):
    visit = await a_visit(province)
    outcome = await approve(province, visit)
    assert [entry.action for entry in await audit.events_of("visit", visit)] == [
        "visit.submit",
        "visit.approve",
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


async def test_a_card_that_names_an_unknown_item_has_no_screen(province):
    visit = await a_visit(province)
    await run("UPDATE visit_scorecard SET body = replace(body, 'KC-E-01', 'KC-Z-99')")
    with pytest.raises(CardUnpublishable):
        await visit_for_review(SUN.actor, visit)


async def test_without_an_answer_the_item_speaks_for_itself(province):
    visit = await a_visit(province)
    await run("UPDATE visit_answer SET body = '{}'")
    await approve(province, visit)
    line, _ = await rows_of("notice_line", "number")
    assert line["problem"] == rubric_in().item("KC-E-01").title.zh


async def test_a_visit_without_times_has_no_length(province):
    visit = await a_visit(province)
    await run("UPDATE visit SET ended_at = NULL")
    assert (await visit_for_review(SUN.actor, visit)).minutes is None


async def test_nothing_recorded_is_an_empty_trail(province):
    assert await trail("visit", "none") == ()


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


async def test_what_the_store_lost_before_is_shown(province):
    earlier = await a_visit(province, "earlier", losses=("KC-E-01", "KC-V-06"))
    await run(
        "UPDATE visit SET state = 'locked', round = ? WHERE id = ?", round_id("2026-10"), earlier
    )
    again = await another_assignment(province, LI, CLUB, "again")
    visit = await a_visit(province, "now", losses=TWO_LOSSES, assignment=again)
    detail = await visit_for_review(SUN.actor, visit)
    assert [(found.item, found.round.code) for found in detail.earlier] == [
        ("KC-E-01", "2026-10"),
        ("KC-V-06", "2026-10"),
    ]
    assert [(lost.item, lost.repeated) for lost in detail.lost_items] == [
        ("KC-E-01", True),
        ("KC-M-01", False),
    ]


async def test_the_screen_leads_to_the_next_visit_that_waits(province, clock):
    first = await a_visit(province, "a")
    clock.go_on(minutes=1)
    second = await a_visit(province, "b", store=HALL, losses=())
    assert (await visit_for_review(SUN.actor, first)).next_visit == second
    assert (await visit_for_review(SUN.actor, second)).next_visit == first
    await approve(province, second)
    assert (await visit_for_review(SUN.actor, first)).next_visit is None
