"""Accepting and returning: one verdict counts, and what follows from it is written with it."""

import asyncio
from datetime import timedelta

import msgspec
import pytest

from inspection.domain.rectifications.reply import Reply, ReplyPhoto
from inspection.domain.refusals import MoveRefused, NotAllowed, NotFound, Refusal
from inspection.domain.refusals.rectification import (
    LineChanged,
    PhotoNotReady,
    VerdictReasonMissing,
)
from inspection.persistence.audit import audit
from inspection.persistence.rectifications.rectification_lines import find_line
from inspection.persistence.statements import run
from inspection.services.rectifications.rectification_details import line_detail, reply_photo
from inspection.services.rectifications.rectification_replies import reply
from tests.cast import CHEN, DENG, GUO, LI, SUN, WANG, ZHAO
from tests.receiving import rows_of
from tests.rectifying import a_reply, accept, issued_lines, send_back, sent_photo
from tests.reviewing import upload
from tests.submissions import a_photo, sha256_of

SHOWN = {"pictures": (a_photo(30),)}


async def test_the_last_accepted_line_closes_the_notice(province, clock):
    first, second = await issued_lines(province)
    await a_reply(province, first.id)
    await a_reply(province, second.id, 61)
    clock.go_on(hours=2)
    verdict = await accept(province, first.id)
    assert (verdict.state, verdict.closed) == ("verified", False)
    assert (await accept(province, second.id)).closed
    (notice,) = await rows_of("notice")
    assert (notice["state"], notice["ended_by"]) == ("closed", WANG.account)
    assert (await audit.events_of("notice", first.notice))[-1].action == "notice.close"


async def test_an_accepted_line_leaves_a_call_and_a_case(province, clock):
    line, *_ = await issued_lines(province, **SHOWN)
    clock.go_on(hours=5)
    await a_reply(province, line.id)
    await accept(province, line.id)
    (call,) = await rows_of("follow_up_call")
    assert (call["line"], call["state"]) == (line.id, "due")
    (row,) = await run("SELECT due_at FROM follow_up_call WHERE due_at = ?", clock() + timedelta(1))
    assert row
    (case,) = await rows_of("solved_case")
    assert (case["item"], case["measure"], case["hours_taken"]) == (
        line.item,
        "已装好并逐一试过",
        5,
    )
    assert case["before_sha256"] != case["after_sha256"]


@pytest.mark.parametrize(("minutes", "within"), [(0, 1), (20, 1), (61, 2)])
async def test_a_case_says_within_how_many_begun_hours_it_was_answered(
    province, clock, minutes, within
):
    line, *_ = await issued_lines(province, **SHOWN)
    clock.go_on(minutes=minutes)
    await a_reply(province, line.id)
    await accept(province, line.id)
    (case,) = await rows_of("solved_case")
    assert case["hours_taken"] == within


async def test_a_line_may_be_kept_out_of_the_library(province):
    line, *_ = await issued_lines(province, **SHOWN)
    await a_reply(province, line.id)
    await accept(province, line.id, case=False)
    assert await rows_of("solved_case") == []


async def test_returning_needs_words(province):
    line, _ = await issued_lines(province)
    await a_reply(province, line.id)
    with pytest.raises(VerdictReasonMissing):
        await send_back(province, line.id, reason="")
    await send_back(province, line.id, reason="看不清")
    assert (await find_line(line.id)).state == "returned"
    told = (await line_detail(province, WANG.actor, line.id)).verdicts[0]
    assert (told.name, told.told.reason, told.told.way) == ("王志强", "看不清", "reply")


async def test_the_same_verdict_twice_is_one(province):
    line, _ = await issued_lines(province)
    await a_reply(province, line.id)
    assert await accept(province, line.id) == await accept(province, line.id)
    assert len(await rows_of("rectification_verdict")) == 1
    with pytest.raises(MoveRefused):
        await accept(province, line.id, SUN)


async def test_a_verdict_on_what_is_not_shown_any_more_is_refused(province):
    line, _ = await issued_lines(province)
    await a_reply(province, line.id)
    seen = (await line_detail(province, WANG.actor, line.id)).seen
    await send_back(province, line.id, SUN)
    await a_reply(province, line.id, 61)
    with pytest.raises(LineChanged):
        await accept(province, line.id, seen=seen)


async def test_nothing_to_look_at_is_not_judged(province):
    line, _ = await issued_lines(province)
    with pytest.raises(MoveRefused):
        await accept(province, line.id)
    await a_reply(province, line.id)
    await run("UPDATE notice SET state = 'void'")
    with pytest.raises(LineChanged):
        await accept(province, line.id)


async def test_a_line_waits_for_a_clean_photo(province):
    line, _ = await issued_lines(province)
    await upload(province, a_photo(66), by=CHEN)
    said = Reply(measure="好", photos=(ReplyPhoto(sha256=sha256_of(a_photo(66))),))
    await reply(province, CHEN.actor, line.id, said)
    with pytest.raises(PhotoNotReady):
        await accept(province, line.id)
    await send_back(province, line.id)


async def test_a_returned_line_is_settled_by_a_look_at_the_store(province):
    line, _ = await issued_lines(province)
    await a_reply(province, line.id)
    await send_back(province, line.id)
    with pytest.raises(VerdictReasonMissing):
        await accept(province, line.id, way="recheck")
    await send_back(province, line.id, way="recheck", reason="还在")
    assert (await find_line(line.id)).state == "returned"
    detail = await line_detail(province, WANG.actor, line.id)
    assert (detail.can_verify, detail.can_recheck) == (False, True)
    verdict = await accept(province, line.id, way="recheck", reason="现场已装好")
    assert verdict.state == "verified"


async def test_only_the_staff_over_the_store_judges(province):
    line, _ = await issued_lines(province)
    await a_reply(province, line.id)
    for other, refusal in ((ZHAO, NotFound), (CHEN, NotAllowed), (LI, NotAllowed)):
        with pytest.raises(refusal):
            await accept(province, line.id, other)
    assert (await accept(province, line.id, GUO)).state == "verified"


async def test_photos_of_a_reply_are_for_its_store_and_the_staff_above(province):
    line, _ = await issued_lines(province)
    await a_reply(province, line.id)
    (row,) = await rows_of("rectification_reply")
    for reader in (CHEN, WANG):
        assert await reply_photo(province, reader.actor, row["id"], 1)
    for reader in (DENG, ZHAO):
        with pytest.raises(NotFound):
            await reply_photo(province, reader.actor, row["id"], 1)
    for missing, k in ((row["id"], 2), ("no such reply", 1)):
        with pytest.raises(NotFound):
            await reply_photo(province, WANG.actor, missing, k)


async def test_two_verdicts_at_once_have_one_that_counts(province):
    line, _ = await issued_lines(province)
    await a_reply(province, line.id)
    outcomes = await asyncio.gather(
        accept(province, line.id, WANG),
        send_back(province, line.id, SUN),
        accept(province, line.id, GUO),
        return_exceptions=True,
    )
    won = [each for each in outcomes if not isinstance(each, BaseException)]
    assert len(won) == 1
    assert all(isinstance(each, Refusal) for each in outcomes if each not in won)
    assert len(await rows_of("rectification_verdict")) == 1
    assert (await find_line(line.id)).state == won[0].state


async def test_a_reply_while_being_returned_is_kept_whole(province):
    line, _ = await issued_lines(province)
    await a_reply(province, line.id)
    digest = await sent_photo(province, 61)
    said = Reply(measure="第二次", photos=(ReplyPhoto(sha256=digest),))
    receipt, verdict = await asyncio.gather(
        reply(province, CHEN.actor, line.id, said, "client-61"), send_back(province, line.id)
    )
    rows = {row["measure"]: row for row in await rows_of("rectification_reply")}
    assert rows["第二次"]["aside"] == ("" if receipt.counted else "answered")
    assert verdict.state == "returned"
    expected = "submitted" if receipt.counted else "returned"
    assert (await find_line(line.id)).state == expected


async def test_two_last_lines_settled_at_once_close_the_notice_once(province):
    first, second = await issued_lines(province)
    await a_reply(province, first.id)
    await a_reply(province, second.id, 61)
    verdicts = await asyncio.gather(accept(province, first.id), accept(province, second.id, SUN))
    assert sorted(verdict.closed for verdict in verdicts) == [False, True]
    closings = [e for e in await audit.events_of("notice", first.notice) if "close" in e.action]
    assert len(closings) == 1
    assert msgspec.json.decode(closings[0].body)["changes"]["state"] == ["issued", "closed"]
