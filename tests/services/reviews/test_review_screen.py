"""What reviewers see: the queue, and one visit with everything a decision needs."""

import msgspec
import pytest

from inspection.domain.refusals import (
    CardUnpublishable,
    NotAllowed,
    NotFound,
)
from inspection.persistence.statements import run
from inspection.services.reviews.review_detail import trail, visit_for_review
from tests.cast import (
    CHEN,
    CLUB,
    LI,
    SUN,
    WANG,
    round_id,
)
from tests.reviewing import (
    TWO_LOSSES,
    a_visit,
    another_assignment,
)
from tests.submissions import a_line, a_photo, a_submission, sha256_of


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


async def test_a_marked_copy_stands_right_after_its_original(province):
    pictures = tuple(a_photo(shade) for shade in (1, 2, 3))
    first, second, copy = (sha256_of(picture) for picture in pictures)
    lines = [a_line("KC-E-01", place, picture) for place, picture in enumerate(pictures)]
    lines[2]["marked_from"] = first
    visit = await a_visit(province, losses=("KC-E-01",), pictures=pictures, photos=lines)
    [lost] = (await visit_for_review(SUN.actor, visit)).lost_items
    assert [(photo.sha256, photo.marked) for photo in lost.photos] == [
        (first, False),
        (copy, True),
        (second, False),
    ]


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


async def test_a_card_that_names_an_unknown_item_has_no_screen(province):
    visit = await a_visit(province)
    await run("UPDATE visit_scorecard SET body = replace(body, 'KC-E-01', 'KC-Z-99')")
    with pytest.raises(CardUnpublishable):
        await visit_for_review(SUN.actor, visit)


async def test_a_visit_without_times_has_no_length(province):
    visit = await a_visit(province)
    await run("UPDATE visit SET ended_at = NULL")
    assert (await visit_for_review(SUN.actor, visit)).minutes is None


async def test_nothing_recorded_is_an_empty_trail(province):
    assert await trail("visit", "none") == ()


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
