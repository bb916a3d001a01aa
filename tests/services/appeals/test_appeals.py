"""Stores appeal in time, once per loss; the line's clock stands still meanwhile."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from inspection.domain.appeals.appeal import AppealMove, AppealState
from inspection.domain.rectifications.pause import Pause
from inspection.domain.refusals import MoveRefused, NotAllowed, NotFound
from inspection.domain.refusals.appeals import (
    AppealChanged,
    AppealConflict,
    AppealNotDelivered,
    AppealNothingLost,
    AppealTaken,
    AppealTextMissing,
    AppealWindowClosed,
    AttachmentMissing,
)
from inspection.persistence.rectifications.line_pauses import pauses_of
from inspection.persistence.statements import run
from inspection.services.appeals import appeals
from inspection.services.appeals.appeals import withdraw_appeal
from inspection.services.appeals.attachments import keep_document
from tests.appealing import PDF, SAID, a_delivered, advised, an_appeal, decided, filed, papers
from tests.cast import CHEN, DENG, LI, SUN, WANG
from tests.receiving import rows_of
from tests.reviewing import an_issued

CLOSES = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
"""The close of business three working days after the Wednesday the clock of tests begins on."""


async def only_appeal():
    (row,) = await rows_of("appeal")
    return row


async def pause_of(appeal):
    (row,) = await run("SELECT line FROM appeal WHERE id = ?", appeal)
    return (await pauses_of([row["line"]])).get(row["line"])


async def test_an_appeal_is_kept_with_its_deadlines_and_stops_the_clock(province, clock):
    notice = await a_delivered(province)
    found = await filed(province, notice)
    row = await only_appeal()
    assert (row["id"], row["state"], row["text"], row["item"]) == (
        found.id,
        "filed",
        SAID,
        "KC-E-01",
    )
    assert (row["closes_at"], row["old_lost"] > 0, row["frozen"]) == (CLOSES, True, True)
    assert (found.opinion_due_at, found.decision_due_at) == (
        clock.time + timedelta(hours=24),
        clock.time + timedelta(hours=72),
    )
    assert await pause_of(found.id) == (Pause(clock.time),)
    (event,) = [e for e in await rows_of("audit_event", "seq") if e["action"] == "appeal.file"]
    assert (event["noun"], event["noun_id"]) == ("appeal", found.id)


async def test_the_last_second_is_in_time_and_the_next_is_not(province, clock):
    notice = await a_delivered(province)
    clock.time = CLOSES
    await filed(province, notice, 1)
    clock.go_on(seconds=1)
    with pytest.raises(AppealWindowClosed) as refused:
        await filed(province, notice, 2)
    assert refused.value.facts == {"closed": "2026-11-23 18:00"}


async def test_before_the_notice_is_delivered_there_is_no_window(province):
    signed = await an_issued(province)
    with pytest.raises(AppealNotDelivered):
        await filed(province, signed.id)


async def test_the_setting_says_how_many_days_there_are(province, clock):
    tools = msgspec.structs.replace(province, appeal_days=1)
    notice = await a_delivered(tools)
    clock.go_on(hours=34)
    with pytest.raises(AppealWindowClosed):
        await filed(tools, notice)


async def test_a_loss_has_one_appeal(province):
    notice = await a_delivered(province)
    await filed(province, notice)
    with pytest.raises(AppealTaken):
        await filed(province, notice)
    await filed(province, notice, 2)


async def test_after_a_decision_there_is_no_second_appeal(province):
    notice = await a_delivered(province)
    appeal = (await filed(province, notice)).id
    await advised(province, appeal)
    await decided(province, appeal, AppealMove.REJECT)
    with pytest.raises(AppealTaken):
        await filed(province, notice)


async def test_what_was_withdrawn_may_be_filed_again(province, clock):
    notice = await a_delivered(province)
    appeal = (await filed(province, notice)).id
    clock.go_on(hours=2)
    await withdraw_appeal(province, CHEN.actor, appeal, 1)
    assert await pause_of(appeal) == (Pause(clock.time - timedelta(hours=2), clock.time),)
    await withdraw_appeal(province, CHEN.actor, appeal)
    again = await filed(province, notice)
    assert again.id != appeal


async def test_a_decided_appeal_is_not_withdrawn(province):
    appeal = await an_appeal(province)
    await advised(province, appeal)
    with pytest.raises(AppealChanged):
        await withdraw_appeal(province, CHEN.actor, appeal, 1)
    await decided(province, appeal, AppealMove.REJECT)
    with pytest.raises(MoveRefused):
        await withdraw_appeal(province, CHEN.actor, appeal)


async def test_where_people_are_in_danger_the_clock_goes_on(province):
    appeal = await an_appeal(province, losses=("KC-E-07",))
    assert not (await only_appeal())["frozen"]
    assert await pause_of(appeal) is None


async def test_a_line_without_a_loss_is_not_appealed_against(province, monkeypatch):
    notice = await a_delivered(province)
    await run("UPDATE visit_scorecard SET body = replace(body, '\"lost\":100', '\"lost\":0')")
    with pytest.raises(AppealNothingLost):
        await filed(province, notice, 1)


async def test_an_appeal_says_something_about_a_line_there_is(province):
    notice = await a_delivered(province)
    with pytest.raises(AppealTextMissing):
        await filed(province, notice, text=" \n ")
    for wrong in ({"line": 9}, {"item": "KC-M-01"}):
        with pytest.raises(NotFound):
            await filed(province, notice, **wrong)


async def test_only_the_store_files(province):
    notice = await a_delivered(province)
    with pytest.raises(NotFound):
        await filed(province, notice, by=DENG)
    for other in (LI, WANG, SUN):
        with pytest.raises(NotAllowed):
            await filed(province, notice, by=other)
    assert await rows_of("appeal") == []


async def test_an_ended_notice_is_not_appealed_against(province, monkeypatch):
    notice = await a_delivered(province)
    monkeypatch.setattr(appeals, "OPEN_STATES", ())
    with pytest.raises(MoveRefused):
        await filed(province, notice)


async def test_a_phone_that_sends_twice_gets_the_same_answer(province):
    notice = await a_delivered(province)
    sent = {"client_id": "c-1", "content_hash": "a" * 64}
    first = await filed(province, notice, **sent)
    again = await filed(province, notice, **sent)
    assert (again.id, again.is_new, first.is_new) == (first.id, False, True)
    with pytest.raises(AppealConflict):
        await filed(province, notice, **(sent | {"content_hash": "b" * 64}))
    assert (await only_appeal())["state"] == AppealState.FILED


async def test_documents_belong_to_who_sent_them(province):
    notice = await a_delivered(province)
    document = await keep_document(province, CHEN.actor, "值班记录.pdf", PDF)
    other = await keep_document(province, DENG.actor, "别人.pdf", PDF + b"%%EOF")
    with pytest.raises(AttachmentMissing):
        await filed(province, notice, files=papers(other))
    with pytest.raises(AttachmentMissing):
        await filed(province, notice, files=papers(document, photos=("a" * 64,)))
    assert await rows_of("appeal") == []
    await filed(province, notice, files=papers(document, document))
    (file,) = await rows_of("appeal_file")
    assert (file["kind"], file["name"], file["size"]) == ("document", "值班记录.pdf", len(PDF))
