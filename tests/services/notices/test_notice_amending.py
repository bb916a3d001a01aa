"""What a correction means for a notice: another one stands in for it, and the old one stays."""

import asyncio
from datetime import timedelta

import msgspec
import pytest

from inspection.domain.notices.notice_state import NoticeState
from inspection.domain.refusals import (
    CardUnpublishable,
    MoveRefused,
    NotFound,
)
from inspection.domain.refusals.notices import NoticeReasonMissing
from inspection.persistence.audit import audit
from inspection.persistence.engine import tx
from inspection.persistence.notices.notices import lines_of
from inspection.persistence.rectifications.notice_tallies import tally_lines
from inspection.persistence.statements import run
from inspection.services.notices.notice_amending import amend, close_notice
from inspection.services.notices.notice_following import follow_card
from inspection.services.notices.notice_prints import keep_print
from inspection.services.notices.notices import (
    acknowledge_notice,
    notice_list,
    notice_of,
    notice_pdf,
    submit_notice,
)
from tests.amending import card_says
from tests.cast import CHEN, GUO, SUN, WANG
from tests.receiving import rows_of
from tests.reviewing import a_draft, an_issued, snapshot_of, visit_id

VISIT = visit_id("first")
WHY = "申诉成立：门前纸箱为邻店所放"


async def amended(tools, notice, reason=WHY, by=GUO):
    async with tx():
        return await amend(tools, by.actor, notice, reason)


async def test_a_new_notice_with_its_own_number_names_the_one_it_replaces(province, clock):
    signed = await an_issued(province)
    await keep_print(province, signed.id, b"%PDF-1.7 old", "a" * 64, 3)
    clock.go_on(hours=5)
    await card_says(VISIT, KC_M_01=100)
    new = await amended(province, signed.id)
    assert (new.number, new.replaced) == ("甘移服整〔2026〕2号", signed.id)
    said = await snapshot_of(new.notice)
    assert (said.number, said.replaces, said.lost) == (new.number, signed.number, "−1.0")
    assert [line.item for line in said.lines] == ["KC-M-01"]
    assert {signer.name for signer in said.signers} == {GUO.name}
    old = await notice_of(province, WANG.actor, signed.id)
    assert (old.state, old.replaced_by.id) == (NoticeState.SUPERSEDED, new.notice)
    assert (old.end_reason, old.ended_by, old.score_now) == (WHY, GUO.name, 9900)
    detail = await notice_of(province, WANG.actor, new.notice)
    assert (detail.state, detail.replaces.number) == (NoticeState.ISSUED, signed.number)


async def test_the_old_one_stays_readable_to_the_byte(province):
    signed = await an_issued(province)
    await keep_print(province, signed.id, b"%PDF-1.7 old", "a" * 64, 3)
    before = (await rows_of("notice"))[0]["snapshot"], await lines_of(signed.id)
    await card_says(VISIT, KC_M_01=100)
    new = await amended(province, signed.id)
    assert (await notice_pdf(province, CHEN.actor, signed.id)).content == b"%PDF-1.7 old"
    rows = {row["id"]: row["snapshot"] for row in await rows_of("notice")}
    assert (rows[signed.id], await lines_of(signed.id)) == before
    seen = await notice_of(province, CHEN.actor, signed.id)
    assert (seen.state, seen.replaced_by.number) == (NoticeState.SUPERSEDED, new.number)
    assert seen.end_reason == WHY
    told = await notice_of(province, CHEN.actor, new.notice)
    assert told.replaces == signed.number
    states = {row.number: row.state for row in (await notice_list(province, CHEN.actor)).rows}
    assert states == {new.number: NoticeState.DELIVERED, signed.number: NoticeState.SUPERSEDED}


async def test_lines_carry_their_deadline_their_state_and_where_they_come_from(province, clock):
    signed = await an_issued(province)
    await acknowledge_notice(province, CHEN.actor, signed.id)
    await run("UPDATE notice_line SET state = 'submitted' WHERE item = 'KC-M-01'")
    before = {line.item: line for line in await lines_of(signed.id)}
    clock.go_on(hours=30)
    await card_says(VISIT, KC_M_01=50, KC_E_02=200)
    new = await amended(province, signed.id)
    found = {line.item: line for line in await lines_of(new.notice)}
    kept, fresh = found["KC-M-01"], found["KC-E-02"]
    old = before["KC-M-01"]
    assert (kept.carried_from, kept.due_at, kept.state) == (old.id, old.due_at, "submitted")
    assert (kept.lost, kept.problem) == (50, old.problem)
    assert (fresh.carried_from, fresh.state) == (None, "open")
    assert fresh.due_at == clock() + timedelta(hours=fresh.hours)
    (row,) = [row for row in await rows_of("notice") if row["id"] == new.notice]
    assert row["first_due_at"] is not None


async def test_with_nothing_left_to_say_the_notice_is_voided_and_keeps_its_number(province):
    signed = await an_issued(province)
    await card_says(VISIT)
    gone = await amended(province, signed.id)
    assert (gone.notice, gone.number, gone.replaced) == ("", "", signed.id)
    detail = await notice_of(province, WANG.actor, signed.id)
    assert (detail.state, detail.number, detail.end_reason) == (
        NoticeState.VOID,
        signed.number,
        WHY,
    )
    assert len(await rows_of("drawn_number", "id")) == 1


async def test_after_a_void_a_loss_found_again_gets_a_notice_of_its_own(province):
    signed = await an_issued(province)
    await card_says(VISIT)
    await amended(province, signed.id)
    card = await card_says(VISIT, KC_M_01=100)
    async with tx():
        followed = await follow_card(province, GUO.actor, VISIT, card)
    assert (followed.what, followed.notice != signed.id) == ("drafted", True)


async def test_what_the_card_says_already_is_not_amended(province):
    signed = await an_issued(province)
    same = await amended(province, signed.id)
    assert (same.notice, same.number, same.replaced) == (signed.id, signed.number, "")
    assert len(await rows_of("notice")) == 1


@pytest.mark.parametrize("handed_in", [False, True])
async def test_what_has_no_number_yet_follows_and_is_checked_again(province, handed_in):
    notice = await a_draft(province)
    if handed_in:
        await submit_notice(province, SUN.actor, notice)
    await card_says(VISIT, KC_M_01=100)
    assert (await amended(province, notice)).notice == notice
    detail = await notice_of(province, WANG.actor, notice)
    assert (detail.state, detail.checked_by, len(detail.lines)) == (NoticeState.DRAFT, None, 1)
    assert detail.trail[-1].action == "notice.follow"
    assert (await amended(province, notice)).notice == notice
    await card_says(VISIT)
    assert (await amended(province, notice)).notice == ""
    assert await rows_of("notice") == []


async def test_a_notice_all_of_whose_lines_are_settled_is_closed_at_once(province):
    signed = await an_issued(province)
    await run("UPDATE notice_line SET state = 'verified'")
    async with tx():
        await tally_lines(signed.id)
        await close_notice(province, None, signed.id)
    await card_says(VISIT, KC_M_01=50)
    new = await amended(province, signed.id)
    detail = await notice_of(province, WANG.actor, new.notice)
    assert (detail.state, detail.ended_by) == (NoticeState.CLOSED, GUO.name)


async def test_an_amended_notice_is_amended_again(province):
    signed = await an_issued(province)
    await card_says(VISIT, KC_M_01=100)
    second = await amended(province, signed.id)
    await card_says(VISIT, KC_M_01=50)
    third = await amended(province, second.notice)
    assert (await snapshot_of(third.notice)).replaces == second.number
    with pytest.raises(MoveRefused):
        await amended(province, signed.id)


async def test_every_step_is_in_the_log(province):
    signed = await an_issued(province)
    await card_says(VISIT, KC_M_01=100)
    new = await amended(province, signed.id)
    old = (await audit.events_of("notice", signed.id))[-1]
    assert (old.action, old.actor) == ("notice.supersede", GUO.account)
    assert msgspec.json.decode(old.body)["replaced_by"] == new.notice
    (made,) = await audit.events_of("notice", new.notice)
    assert made.action == "notice.amend"


async def test_two_corrections_at_once_make_one_successor(province):
    signed = await an_issued(province)
    await card_says(VISIT, KC_M_01=100)
    both = await asyncio.gather(
        amended(province, signed.id), amended(province, signed.id), return_exceptions=True
    )
    assert sorted(type(each).__name__ for each in both) == ["Amended", "MoveRefused"]
    assert [row["n"] for row in await rows_of("drawn_number", "id")] == [1, 2]


async def test_a_reason_a_notice_and_a_card_are_needed(province):
    signed = await an_issued(province)
    with pytest.raises(NoticeReasonMissing):
        await amended(province, signed.id, " ")
    with pytest.raises(NotFound):
        await amended(province, "0" * 32)
    with pytest.raises(NotFound):
        async with tx():
            await close_notice(province, None, "0" * 32)
    await run("DELETE FROM visit_scorecard")
    with pytest.raises(CardUnpublishable):
        await amended(province, signed.id)
