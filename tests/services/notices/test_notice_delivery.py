"""How a notice reaches its store: mails, signatures, refusals, and the passing of time."""

import asyncio
import hashlib
from datetime import UTC, datetime

import pytest

from inspection.domain.notices.notice_state import NoticeState
from inspection.domain.refusals import MoveRefused, NotAllowed
from inspection.domain.refusals.notices import MailRefused, NoticeReasonMissing
from inspection.jobs.kinds import KINDS
from inspection.persistence.audit import audit
from inspection.persistence.notices import notices
from inspection.persistence.statements import run
from inspection.services.notices import unsigned_receipts
from inspection.services.notices.notice_delivery_card import delivery_card
from inspection.services.notices.notice_links import mail_link, make_link
from inspection.services.notices.notice_prints import keep_print
from inspection.services.notices.notice_verifying import Match, check_pdf, verify_notice
from inspection.services.notices.notice_voiding import void_notice
from inspection.services.notices.notices import acknowledge_notice, notice_of
from inspection.services.notices.unsigned_receipts import deem_delivered, note_refused
from tests.cast import CHEN, GUO, SUN, WANG
from tests.receiving import rows_of
from tests.reviewing import an_issued
from tests.services.notices.linked_notices import HERE, PDF


async def test_a_mail_carries_a_link_of_its_own(province):
    issued = await an_issued(province)
    for wrong in ("nobody", "a@b", "x" * 120 + "@example.com", "a b@example.com"):
        with pytest.raises(MailRefused):
            await mail_link(province, WANG.actor, issued.id, wrong)
    await mail_link(province, WANG.actor, issued.id, " manager@store.example ")
    (letter,) = [row for row in await rows_of("delivery") if row["kind"] == "notice.posted"]
    assert "store.example" not in str(letter["facts"])
    (link,) = (await delivery_card(province, WANG.actor, issued.id)).links
    assert (link.channel, link.sent_to) == ("mail", "manager@store.example")
    assert (link.mail, link.mail_code) == ("waiting", "")
    await run("UPDATE delivery SET state = 'failed', code = 'smtp 550'")
    await make_link(province, WANG.actor, issued.id)
    shown = (await delivery_card(province, WANG.actor, issued.id)).links
    assert {(each.mail, each.mail_code) for each in shown} == {("", ""), ("failed", "smtp 550")}


async def test_the_store_signs_with_a_name(province):
    issued = await an_issued(province)
    seen = await acknowledge_notice(province, CHEN.actor, issued.id, "  代班店长 吴敏 ")
    assert (seen.receipt, seen.receipt_name) == ("signed", "代班店长 吴敏")
    detail = await notice_of(province, WANG.actor, issued.id)
    assert (detail.receipt_name, detail.acknowledged_by) == ("代班店长 吴敏", "陈静")


async def test_a_refusal_is_kept_with_its_witness_and_starts_the_rectification(province):
    issued = await an_issued(province)
    with pytest.raises(NoticeReasonMissing):
        await note_refused(province, WANG.actor, issued.id, " ")
    with pytest.raises(NotAllowed):
        await note_refused(province, CHEN.actor, issued.id, "x")
    await note_refused(province, WANG.actor, issued.id, "店长拒签，见证人 李明")
    detail = await notice_of(province, WANG.actor, issued.id)
    assert (detail.state, detail.receipt) == (NoticeState.ACKNOWLEDGED, "refused")
    assert detail.receipt_note == "店长拒签，见证人 李明"
    with pytest.raises(MoveRefused):
        await note_refused(province, WANG.actor, issued.id, "再一次")
    seen = await acknowledge_notice(province, CHEN.actor, issued.id)
    assert seen.receipt == "refused"


async def test_a_signature_and_a_refusal_at_once_leave_one_receipt(province):
    issued = await an_issued(province)
    await asyncio.gather(
        acknowledge_notice(province, CHEN.actor, issued.id),
        note_refused(province, WANG.actor, issued.id, "拒签"),
        return_exceptions=True,
    )
    events = (await delivery_card(province, WANG.actor, issued.id)).events
    assert len([event for event in events if event.event in {"signed", "refused"}]) == 1


async def test_three_working_days_after_its_issue_a_notice_is_deemed_delivered(province, clock):
    issued = await an_issued(province)
    assert clock().date().isoformat() == "2026-11-18"
    (kind,) = [kind for kind in KINDS if kind.name == "notice.deem"]
    bench = type("Bench", (), {"tools": province})()
    for at, state in (
        (datetime(2026, 11, 21, 15, 0, tzinfo=UTC), NoticeState.ISSUED),
        (datetime(2026, 11, 23, 9, 59, tzinfo=UTC), NoticeState.ISSUED),
        (datetime(2026, 11, 23, 10, 0, tzinfo=UTC), NoticeState.ACKNOWLEDGED),
    ):
        clock.time = at
        await kind.run(bench, None)
        detail = await notice_of(province, WANG.actor, issued.id)
        assert detail.state is state
    assert (detail.receipt, detail.acknowledged_by) == ("deemed", None)
    assert await deem_delivered(province) == 0
    assert (await audit.events_of("notice", issued.id))[-1].actor == ""


async def test_what_was_signed_a_moment_ago_is_not_deemed(province, clock, monkeypatch):
    issued = await an_issued(province)
    clock.go_on(days=9)
    read = notices.lock_notice

    async def overtaken(notice):
        monkeypatch.setattr(unsigned_receipts.notices, "lock_notice", read)
        await run("UPDATE notice SET state = 'acknowledged' WHERE id = ?", notice)
        return await read(notice)

    monkeypatch.setattr(unsigned_receipts.notices, "lock_notice", overtaken)
    assert await deem_delivered(province) == 0
    assert (await notice_of(province, WANG.actor, issued.id)).receipt == ""


async def test_the_desk_sees_what_it_may_do(province):
    issued = await an_issued(province)
    card = await delivery_card(province, WANG.actor, issued.id)
    assert (card.can_deliver, card.can_refuse, card.usual) == (True, True, 14)
    await make_link(province, WANG.actor, issued.id)
    card = await delivery_card(province, SUN.actor, issued.id)
    assert (card.can_deliver, card.links) == (False, ())


async def test_anybody_may_check_the_pdf_they_hold(province):
    issued = await an_issued(province)
    (row,) = await run("SELECT verify_token FROM notice")
    token = row["verify_token"]
    assert (await verify_notice(token)).sha256 == ""
    assert await check_pdf(province, token, HERE, PDF) is Match.OTHER
    await keep_print(province, issued.id, PDF, hashlib.sha256(PDF).hexdigest(), 1)
    assert (await verify_notice(token)).sha256 == hashlib.sha256(PDF).hexdigest()
    assert await check_pdf(province, token, HERE, PDF) is Match.SAME
    for bit in range(8):
        forged = bytes([PDF[0] ^ (1 << bit)]) + PDF[1:]
        assert await check_pdf(province, token, HERE, forged) is Match.OTHER
    assert await check_pdf(province, token, HERE, b"") is Match.OTHER
    await void_notice(province, GUO.actor, issued.id, "重复")
    void = b"%PDF void"
    await run("UPDATE notice SET void_sha256 = ?", hashlib.sha256(void).hexdigest())
    assert await check_pdf(province, token, HERE, void) is Match.SAME_VOID
    assert (await verify_notice(token)).standing == "void"
