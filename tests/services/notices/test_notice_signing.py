"""Sign-off: one number for each notice, none lost, and words that stay as they were said."""

from datetime import timedelta

import msgspec
import pytest

from inspection.domain.notices.notice import genuine
from inspection.domain.notices.notice_state import NoticeState
from inspection.domain.refusals import CardUnpublishable, DraftChanged, MoveRefused
from inspection.domain.refusals.notices import NoticeReasonMissing, NoticeSignOwn
from inspection.persistence import jobs
from inspection.persistence.audit import audit
from inspection.persistence.statements import run
from inspection.services.notices.notice_results import LineEdit
from inspection.services.notices.notices import (
    edit_notice,
    notice_of,
    send_notice_back,
    sign_notice,
    submit_notice,
)
from tests.cast import CLUB, GUO, LANZHOU, LI, SUN, WANG
from tests.issuing import an_issuer
from tests.receiving import rows_of
from tests.reviewing import (
    a_draft,
    a_visit,
    an_issued,
    another_assignment,
    approve,
    sign,
    snapshot_of,
)

EDIT = LineEdit(
    number=1,
    problem="门前堆放纸箱两处",
    requirement="清理门前区域，每日巡扫并记录",
    responsible="陈静",
    hours=48,
)


async def test_signing_draws_the_number_and_freezes_the_words(province):
    notice = await a_draft(province)
    await edit_notice(province, SUN.actor, notice, (EDIT,))
    signed = await sign(province, notice)
    assert signed.number == "甘移服整〔2026〕1号"
    snapshot = await snapshot_of(notice)
    assert genuine(snapshot)
    assert (snapshot.lines[0].problem, snapshot.lines[0].hours) == (EDIT.problem, 48)
    assert (snapshot.store.unit, snapshot.cc) == ("城关区分公司", "兰州分公司服务质量部")
    assert snapshot.store.region == "甘肃 / 兰州 / 城关区"
    assert [signer.name for signer in snapshot.signers] == ["孙蕾", "孙蕾", "王志强"]
    assert snapshot.reply_url == f"http://mingcha.test/notices/{notice}"
    await run("UPDATE store SET name = '改了名的店'")
    assert (await snapshot_of(notice)).store.name == "城关东方红客户俱乐部"


async def test_each_line_is_due_its_hours_after_the_issue(province, clock):
    notice = await a_draft(province)
    clock.go_on(hours=3)
    await edit_notice(province, SUN.actor, notice, (EDIT,))
    signed = await sign(province, notice)
    detail = await notice_of(province, WANG.actor, notice)
    assert [line.due_at - signed.issued_at for line in detail.lines] == [
        timedelta(hours=line.hours) for line in detail.lines
    ]
    assert signed.first_due_at == min(line.due_at for line in detail.lines)
    assert (detail.signed_by, detail.pdf, detail.can_edit) == ("王志强", "queued", False)


async def test_signing_leaves_a_print_job_and_an_event(province, clock):
    signed = await an_issued(province)
    (job,) = await jobs.claim(clock(), timedelta(minutes=1), ("notice.print",), 10)
    assert job.payload == f'{{"notice":"{signed.id}"}}'
    entry = (await audit.events_of("notice", signed.id))[-1]
    assert entry.action == "notice.sign"
    assert msgspec.json.decode(entry.body)["number"] == signed.number


async def test_a_draft_seen_otherwise_is_neither_handed_in_nor_signed(province):
    notice = await a_draft(province)
    with pytest.raises(DraftChanged):
        await submit_notice(province, SUN.actor, notice, seen="another version")
    await submit_notice(province, SUN.actor, notice)
    with pytest.raises(DraftChanged):
        await sign_notice(province, WANG.actor, notice, seen="another version")


async def test_nobody_signs_what_nobody_checked(province):
    with pytest.raises(MoveRefused):
        await sign_notice(province, WANG.actor, await a_draft(province))


async def test_handing_in_again_changes_nothing_and_is_nobody_elses(province):
    notice = await a_draft(province)
    for _ in range(2):
        await submit_notice(province, SUN.actor, notice)
    with pytest.raises(MoveRefused):
        await submit_notice(province, WANG.actor, notice)
    actions = [entry.action for entry in await audit.events_of("notice", notice)]
    assert actions == ["notice.draft", "notice.submit"]


async def test_nobody_signs_their_own_words_unless_the_issuer_is_too_small(province):
    notice = await a_draft(province)
    await edit_notice(province, WANG.actor, notice, (EDIT,))
    await submit_notice(province, SUN.actor, notice)
    detail = await notice_of(province, WANG.actor, notice)
    assert (detail.can_sign, detail.own_words, detail.drafted_by) == (False, True, "王志强")
    with pytest.raises(NoticeSignOwn):
        await sign_notice(province, WANG.actor, notice)
    await an_issuer(LANZHOU, mark="兰移服整", one_person=True)
    detail = await notice_of(province, WANG.actor, notice)
    assert (detail.can_sign, detail.own_words) == (True, False)
    await sign_notice(province, WANG.actor, notice)
    names = [signer.name for signer in (await snapshot_of(notice)).signers]
    assert names == ["王志强", "孙蕾", "王志强"]


async def test_what_is_sent_back_is_a_draft_again_with_the_reason_in_its_trail(province):
    notice = await a_draft(province)
    await submit_notice(province, SUN.actor, notice)
    with pytest.raises(NoticeReasonMissing):
        await send_notice_back(province, WANG.actor, notice, "  ")
    await send_notice_back(province, WANG.actor, notice, "第一项写清位置")
    detail = await notice_of(province, SUN.actor, notice)
    assert (detail.state, detail.checked_by, detail.can_edit) == (NoticeState.DRAFT, None, True)
    assert detail.trail[-1].facts["reason"] == "第一项写清位置"
    with pytest.raises(MoveRefused):
        await send_notice_back(province, WANG.actor, notice, "又一次")


async def test_signing_twice_gives_one_number(province):
    notice = await a_draft(province)
    await submit_notice(province, SUN.actor, notice)
    first = await sign_notice(province, WANG.actor, notice)
    assert await sign_notice(province, WANG.actor, notice) == first
    with pytest.raises(MoveRefused):
        await sign_notice(province, GUO.actor, notice)
    with pytest.raises(MoveRefused):
        await edit_notice(province, WANG.actor, notice, (EDIT,))
    assert await rows_of("notice_counter", "key") == [{"key": "甘移服整|notice|2026", "last": 1}]


async def test_a_draft_without_its_card_cannot_be_signed_or_shown(province):
    notice = await a_draft(province)
    await run("DELETE FROM visit_scorecard")
    with pytest.raises(CardUnpublishable):
        await sign(province, notice)
    with pytest.raises(CardUnpublishable):
        await notice_of(province, WANG.actor, notice)


async def test_a_draft_whose_card_has_no_score_cannot_be_shown(province):
    notice = await a_draft(province)
    (kept,) = await run("SELECT id, body FROM visit_scorecard")
    body = msgspec.json.encode(msgspec.json.decode(kept["body"]) | {"total": None}).decode()
    await run("UPDATE visit_scorecard SET body = ? WHERE id = ?", body, kept["id"])
    with pytest.raises(CardUnpublishable):
        await notice_of(province, WANG.actor, notice)


async def test_a_draft_whose_item_is_unknown_cannot_be_shown(province):
    notice = await a_draft(province)
    await run("UPDATE notice_line SET item = 'KC-X-99' WHERE number = 1")
    with pytest.raises(CardUnpublishable):
        await notice_of(province, WANG.actor, notice)


async def test_the_score_of_the_round_before_is_told_where_there_is_one(province):
    earlier = await a_visit(province, "earlier", losses=("KC-E-01",))
    await run("UPDATE visit SET round = 'round-2026-10' WHERE id = ?", earlier)
    await run("UPDATE round SET state = 'open'")
    await approve(province, earlier)
    again = await another_assignment(province, LI, CLUB, "again")
    signed = await an_issued(province, "now", assignment=again)
    assert (await snapshot_of(signed.id)).previous_score == "99.0"
