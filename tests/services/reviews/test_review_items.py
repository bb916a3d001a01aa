"""Working at single items while a visit waits: marks, corrections, evidence."""

import asyncio

import msgspec
import pytest

from inspection.domain.refusals import (
    MoveRefused,
    NotAllowed,
    NotFound,
    ReviewOutdated,
    ReviewOwnVisit,
)
from inspection.domain.refusals.reviewing import ReviewChanged
from inspection.domain.reviews.review_mark import Mark
from inspection.persistence.audit import audit
from inspection.persistence.statements import run
from inspection.services.reviews.review_corrections import correct_item, preview_correction
from inspection.services.reviews.review_detail import visit_for_review
from inspection.services.reviews.review_items import item_for_review
from inspection.services.reviews.review_marks import mark_item
from tests.cast import GUO, LI, SUN, WANG, round_id
from tests.correcting import corrected, edit
from tests.receiving import rows_of
from tests.reviewing import a_visit, approve, send_photo
from tests.services.reviews.worked_items import QUESTION, SPOTS, ask, case
from tests.submissions import a_photo

SUN_TOO = msgspec.structs.replace(SUN.actor, account=GUO.account)


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
