"""Corrections on both engines: the score follows, both facts stay, no re-score reverts them."""

import msgspec
import pytest

from inspection.domain.rankings.standing import figures
from inspection.domain.refusals import CardUnpublishable, MoveRefused, NotFound
from inspection.domain.reviews.correction import CorrectionSource
from inspection.persistence.audit import audit
from inspection.persistence.engine import tx
from inspection.persistence.rankings import standings
from inspection.persistence.reviews import corrections, reviews
from inspection.services.reviews import corrections as service
from inspection.services.reviews.corrections import correct, propose
from inspection.services.reviews.score_revisions import revisions_of, score_then
from inspection.services.rounds.round_plans import lock_round
from inspection.services.visits.visits import visit_of
from tests.cast import CLUB, GUO, LI, ROUND, SUN, store_id
from tests.correcting import WHY, corrected, edit
from tests.receiving import rows_of, send
from tests.rescoring import another_version, first_version, written
from tests.reviewing import a_visit, approve, send_back, sign, standing_of
from tests.submissions import a_submission, rubric_in


async def row_of(visit):
    (row,) = [row for row in await rows_of("visit") if row["id"] == visit]
    return row


async def lost_now():
    return {row["item"]: row["lost"] for row in await rows_of("visit_answer") if row["lost"]}


async def test_the_score_follows_and_both_facts_stay(province):
    visit = await a_visit(province)
    done = await corrected(province, visit, edit("KC-E-01", "loss", count=2, note="两处"))
    row = await row_of(visit)
    assert (row["total"], row["lost"], row["state"]) == (9700, 300, "submitted")
    assert await lost_now() == {"KC-E-01": 200, "KC-M-01": 100}
    (kept,) = await corrections.corrections_of(visit)
    assert (kept.item, kept.old_lost, kept.new_lost, kept.by) == ("KC-E-01", 100, 200, SUN.name)
    assert msgspec.json.decode(kept.old_answer)["count"] == 1
    assert msgspec.json.decode(kept.new_answer)["count"] == 2
    assert (done.revision, done.old.total, done.new.total) == (2, 9800, 9700)
    (event,) = [e for e in await audit.events_of("visit", visit) if e.action == "visit.correct"]
    body = msgspec.json.decode(event.body)
    assert (body["old"], body["new"], body["reason"]) == ("98", "97", WHY)
    assert body["items"] == "KC-E-01"


async def test_a_correction_of_a_correction_counts(province):
    visit = await a_visit(province)
    await corrected(province, visit, edit("KC-E-01", "loss", count=3))
    await corrected(province, visit, edit("KC-E-01"), edit("KC-M-01"))
    assert (await row_of(visit))["total"] == 10000
    assert await lost_now() == {}
    assert [kept.revision for kept in await corrections.corrections_of(visit)] == [2, 3, 3]


async def test_a_rescore_does_not_revert_it(province):
    visit = await a_visit(province)
    await corrected(province, visit, edit("KC-M-01"))
    await approve(province, visit)
    await corrected(
        province, visit, edit("KC-E-01", "loss", count=2), source=CorrectionSource.APPEAL
    )
    await written(province, await another_version(province))
    assert (await row_of(visit))["total"] == 9700
    assert await lost_now() == {"KC-E-01": 300}
    (answer,) = [row for row in await rows_of("visit_answer") if row["item"] == "KC-E-01"]
    assert msgspec.json.decode(answer["body"])["count"] == 2


async def test_there_and_back_gives_the_corrected_score(province):
    visit = await a_visit(province)
    await approve(province, visit)
    await corrected(province, visit, edit("KC-M-01"))
    before, standing = await row_of(visit), await standing_of(CLUB)
    version = await another_version(province)
    await written(province, version)
    await written(province, first_version(), from_version=version)
    assert await row_of(visit) == before
    assert await standing_of(CLUB) == standing


async def test_corrected_by_another_version_it_stays_by_that_version(province):
    visit = await a_visit(province)
    version = await another_version(province)
    await written(province, version)
    await corrected(province, visit, edit("KC-E-01", "loss", count=1, note="一处"))
    row = await row_of(visit)
    assert (row["rubric_version"], row["total"]) == (version, 9700)


async def test_the_next_attempt_begins_without_it(province):
    visit = await a_visit(province)
    await corrected(province, visit, edit("KC-M-01"))
    await send_back(province, visit)
    await send(province, a_submission(rubric_in(), losses=("KC-M-01",), visit=visit, attempt=2))
    assert await lost_now() == {"KC-M-01": 100}
    await corrected(province, visit, edit("KC-M-01"))
    assert await lost_now() == {}


async def test_the_history_names_it_with_who_and_why(province):
    visit = await a_visit(province)
    await corrected(province, visit, edit("KC-E-01"), edit("KC-M-01", reason="另有说明"))
    await written(province, await another_version(province))
    found = await reviews.find_visit(visit)
    rescored, given, first = await revisions_of(found)
    assert (given.revision, given.by, given.reason) == (2, SUN.name, f"{WHY} / 另有说明")
    assert (given.source, given.items) == ("review", ("KC-E-01", "KC-M-01"))
    assert (rescored.source, rescored.by, first.by) == ("", GUO.name, "")
    before = await score_then(SUN.actor, visit, 1, 1)
    after = await score_then(SUN.actor, visit, 1, 2)
    assert [item.item for item in before.lost_items] == ["KC-E-01", "KC-M-01"]
    assert after.lost_items == ()
    detail = await visit_of(LI.actor, visit)
    assert detail.rescored is not None
    assert detail.rescored.total_before == 10000


async def test_a_published_visit_moves_its_standing_and_its_draft(province):
    visit = await a_visit(province)
    await approve(province, visit)
    done = await corrected(province, visit, edit("KC-M-01"))
    fresh = figures(
        await standings.published_results((await row_of(visit))["round"], store_id(CLUB)), 1
    )
    assert (await standing_of(CLUB))["score"] == fresh.score == 9900
    assert [line["item"] for line in await rows_of("notice_line")] == ["KC-E-01"]
    assert (await audit.events_of("notice", done.followed.notice))[-1].action == "notice.follow"


async def test_a_draft_says_the_corrected_fact(province):
    visit = await a_visit(province)
    await approve(province, visit)
    await corrected(province, visit, edit("KC-E-01", "loss", count=1, note="门口有一辆手推车"))
    (line,) = [row for row in await rows_of("notice_line") if row["item"] == "KC-E-01"]
    assert "手推车" in line["problem"]


async def test_an_issued_notice_is_left_to_be_amended(province):
    visit = await a_visit(province)
    notice = (await approve(province, visit)).notice
    await sign(province, notice)
    done = await corrected(province, visit, edit("KC-M-01"))
    assert (done.followed.what, done.followed.notice) == ("disagrees", notice)


async def test_a_round_that_is_locked_keeps_its_results(province):
    visit = await a_visit(province)
    await approve(province, visit)
    await lock_round(province, ROUND)
    with pytest.raises(MoveRefused):
        await corrected(province, visit, edit("KC-M-01"))


async def test_what_is_only_proposed_writes_nothing(province):
    visit = await a_visit(province)
    found = await reviews.find_visit(visit)
    proposed = await propose(found, (edit("KC-M-01"),))
    assert (proposed.judgement.old.total, proposed.card.total) == (9800, 9900)
    assert (await row_of(visit))["total"] == 9800
    assert await rows_of("correction") == []


async def test_a_card_with_nothing_left_to_score_is_refused(province):
    visit = await a_visit(province)
    found = await reviews.find_visit(visit)
    everything = tuple(
        edit(row["item"], "not_observed")
        for row in await rows_of("visit_answer")
        if row["verdict"] in {"pass", "loss"}
    )
    with pytest.raises(CardUnpublishable):
        await propose(found, everything)


async def test_what_vanished_is_missing(province, monkeypatch):
    visit = await a_visit(province)

    async def nothing(_):
        return None

    monkeypatch.setattr(service.rescore_visits, "find_to_judge", nothing)
    async with tx():
        row = await reviews.lock_visit(visit)
        with pytest.raises(NotFound):
            await correct(province, SUN.actor, row, (edit("KC-M-01"),))
