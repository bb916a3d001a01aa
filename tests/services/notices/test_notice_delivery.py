"""How a notice reaches its store: links, mails, signatures, refusals, and the passing of time."""

import asyncio
import hashlib
from datetime import UTC, datetime

import pytest

from inspection.domain.notices.notice_state import NoticeState
from inspection.domain.refusals import MoveRefused, NotAllowed, NotFound
from inspection.domain.refusals.notices import (
    LinkReadTooOften,
    MailRefused,
    NoticeReasonMissing,
)
from inspection.jobs.kinds import KINDS
from inspection.persistence.audit import audit
from inspection.persistence.notices import notices
from inspection.persistence.statements import run
from inspection.services.notices import notice_links, unsigned_receipts
from inspection.services.notices.notice_delivery_card import delivery_card
from inspection.services.notices.notice_links import (
    link_pdf,
    link_photo,
    mail_link,
    make_link,
    read_link,
    revoke_link,
)
from inspection.services.notices.notice_prints import keep_print
from inspection.services.notices.notice_verifying import Match, check_pdf, verify_notice
from inspection.services.notices.notice_voiding import void_notice
from inspection.services.notices.notices import acknowledge_notice, notice_of
from inspection.services.notices.public_looks import PER_ADDRESS
from inspection.services.notices.unsigned_receipts import deem_delivered, note_refused
from tests.cast import CHEN, GUO, LI, SUN, WANG, ZHAO
from tests.receiving import rows_of
from tests.reviewing import a_draft, an_issued, send_photo
from tests.submissions import a_photo

HERE = "192.0.2.7"
PDF = b"%PDF-1.7 the notice"


def token_in(made):
    return made.url.rpartition("/")[2]


async def test_a_link_shows_what_the_store_sees_and_delivers_at_the_first_look(province, clock):
    issued = await an_issued(province)
    made = await make_link(province, WANG.actor, issued.id)
    clock.go_on(hours=2)
    seen = await read_link(province, token_in(made), HERE)
    assert (seen.number, seen.state) == (issued.number, NoticeState.DELIVERED)
    same = await notice_of(province, CHEN.actor, issued.id)
    assert seen == same
    await read_link(province, token_in(made), HERE)
    card = await delivery_card(province, WANG.actor, issued.id)
    assert [(event.event, event.channel) for event in card.events] == [
        ("link_made", "link"),
        ("opened", "link"),
    ]
    (link,) = card.links
    assert (link.reads, link.over, link.last_read_at) == (2, "", clock())
    await void_notice(province, GUO.actor, issued.id, "重复")
    later = await read_link(province, token_in(made), HERE)
    assert later.state is NoticeState.VOID
    assert not (await delivery_card(province, WANG.actor, issued.id)).can_deliver
    with pytest.raises(MoveRefused):
        await make_link(province, WANG.actor, issued.id)


async def test_of_a_token_only_its_digest_is_kept(province):
    issued = await an_issued(province)
    token = token_in(await make_link(province, WANG.actor, issued.id))
    (row,) = await rows_of("notice_link")
    assert row["token_sha256"] == hashlib.sha256(token.encode()).hexdigest()
    assert len(token) >= 43
    for table in ("notice_link", "notice_delivery", "audit_event"):
        assert token not in str(await run(f"SELECT * FROM {table}"))


async def test_a_link_ends_with_its_days_or_when_it_is_taken_back(province, clock):
    issued = await an_issued(province)
    short = token_in(await make_link(province, WANG.actor, issued.id, 3))
    usual = token_in(await make_link(province, WANG.actor, issued.id, 999))
    card = await delivery_card(province, WANG.actor, issued.id)
    latest = next(link for link in card.links if (link.expires_at - link.made_at).days == 14)
    clock.go_on(days=4)
    with pytest.raises(NotFound):
        await read_link(province, short, HERE)
    await read_link(province, usual, HERE)
    await revoke_link(province, WANG.actor, issued.id, latest.id)
    for look in (
        read_link(province, usual, HERE),
        link_pdf(province, usual, HERE),
        link_photo(province, usual, HERE, 1, 1),
        revoke_link(province, WANG.actor, issued.id, latest.id),
    ):
        with pytest.raises(NotFound):
            await look
    card = await delivery_card(province, WANG.actor, issued.id)
    assert {link.over for link in card.links} == {"expired", "revoked"}


async def test_a_link_has_the_pdf_and_the_photos_of_its_notice_only(province):
    photo = a_photo()
    await send_photo(province, photo)
    issued = await an_issued(province, losses=("KC-E-01",), pictures=(photo,))
    await keep_print(province, issued.id, PDF, hashlib.sha256(PDF).hexdigest(), 1)
    token = token_in(await make_link(province, WANG.actor, issued.id))
    assert (await link_pdf(province, token, HERE)).content == PDF
    assert (await link_photo(province, token, HERE, 1, 1)).startswith(b"\xff\xd8")
    with pytest.raises(NotFound):
        await link_photo(province, token, HERE, 1, 2)


async def test_guessing_from_one_address_is_stopped_and_others_go_on(province, clock):
    issued = await an_issued(province)
    token = token_in(await make_link(province, WANG.actor, issued.id))
    for _ in range(PER_ADDRESS.capacity):
        with pytest.raises(NotFound):
            await link_photo(province, "guess", HERE, 1, 1)
    with pytest.raises(LinkReadTooOften) as refused:
        await read_link(province, token, HERE)
    assert refused.value.facts["seconds"] > 0
    await read_link(province, token, "192.0.2.8")
    clock.go_on(minutes=1)
    await read_link(province, token, HERE)


async def test_links_are_made_by_those_who_deliver_for_what_was_issued(province):
    draft = await a_draft(province)
    with pytest.raises(MoveRefused):
        await make_link(province, WANG.actor, draft)
    for person, refusal in ((CHEN, NotAllowed), (LI, NotAllowed), (ZHAO, NotFound)):
        with pytest.raises(refusal):
            await make_link(province, person.actor, draft)


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


async def test_a_notice_that_vanished_has_no_link(province, monkeypatch):
    issued = await an_issued(province)
    token = token_in(await make_link(province, WANG.actor, issued.id))

    async def nothing(_):
        return None

    monkeypatch.setattr(notice_links.notices, "lock_notice", nothing)
    with pytest.raises(NotFound):
        await read_link(province, token, HERE)
    monkeypatch.setattr(notice_links.notices, "find_notice", nothing)
    with pytest.raises(NotFound):
        await link_pdf(province, token, HERE)


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
