"""A store answers a line: once, with what the rule asks for, and nothing it wrote is lost."""

import asyncio
from datetime import timedelta

import msgspec
import pytest

from inspection.domain.rectifications.reply import Reply, ReplyPhoto
from inspection.domain.refusals import NotAllowed, NotFound
from inspection.domain.refusals.rectification import ReplyRefused
from inspection.domain.visits.visit import Whereabouts
from inspection.persistence.audit import audit
from inspection.persistence.rectifications.rectification_lines import find_line, lines_on_the_way
from inspection.persistence.statements import run
from inspection.services.rectifications.rectification_details import line_detail, store_line
from inspection.services.rectifications.rectification_replies import reply
from tests.cast import CHEN, DENG, LI, WANG
from tests.receiving import rows_of
from tests.rectifying import a_reply, accept, issued_lines, send_back, sent_photo
from tests.reviewing import a_draft, send_photo, upload
from tests.submissions import a_photo, sha256_of


async def test_a_reply_waits_to_be_verified(province):
    line, _ = await issued_lines(province)
    receipt = await a_reply(province, line.id, cause="送修未返", prevention="每周检查")
    assert (receipt.attempt, receipt.counted, receipt.aside) == (1, True, "")
    assert (await find_line(line.id)).state == "submitted"
    detail = await line_detail(province, WANG.actor, line.id)
    told = detail.replies[0].told
    assert (told.cause, told.measure, told.name) == ("送修未返", "已装好并逐一试过", "陈静")
    assert [photo.ready for photo in told.photos] == [True]
    event = (await audit.events_of("line", line.id))[-1]
    assert event.action == "line.reply"
    assert msgspec.json.decode(event.body)["state"] == ["open", "submitted"]
    assert [row["kind"] for row in await rows_of("inbox_message") if row["noun"] == "line"]


async def test_the_same_reply_sent_twice_is_answered_once(province, clock):
    line, _ = await issued_lines(province)
    first = await a_reply(province, line.id)
    clock.go_on(hours=1)
    assert await a_reply(province, line.id) == first
    assert len(await rows_of("rectification_reply")) == 1


async def test_another_text_under_the_same_id_is_kept_beside(province):
    line, _ = await issued_lines(province)
    await a_reply(province, line.id)
    second = await a_reply(province, line.id, measure="别的说法")
    assert (second.counted, second.aside) == (False, "conflict")
    detail = await line_detail(province, WANG.actor, line.id)
    assert [each.told.measure for each in detail.aside] == ["别的说法"]
    event = (await audit.events_of("line", line.id))[-1]
    assert event.action == "line.reply_aside"


async def test_who_comes_second_is_kept_beside(province):
    line, _ = await issued_lines(province)
    await a_reply(province, line.id)
    assert (await a_reply(province, line.id, 61)).aside == "answered"
    await accept(province, line.id)
    assert (await a_reply(province, line.id, 62)).aside == "settled"
    assert (await find_line(line.id)).state == "verified"


async def test_a_reply_to_a_replaced_notice_is_kept_beside(province):
    line, _ = await issued_lines(province)
    await run("UPDATE notice SET state = 'superseded'")
    assert (await a_reply(province, line.id)).aside == "settled"


async def test_a_returned_line_is_answered_again(province):
    line, _ = await issued_lines(province)
    await a_reply(province, line.id)
    await send_back(province, line.id)
    assert (await a_reply(province, line.id, 61)).attempt == 2
    shown = await store_line(province, CHEN.actor, line.notice, line.number)
    assert [each.attempt for each in shown.replies] == [2, 1]
    assert [(v.accepted, v.reason) for v in shown.verdicts] == [(False, "只改了一部分")]


async def test_a_reply_needs_words_and_a_photo(province):
    line, _ = await issued_lines(province)
    with pytest.raises(ReplyRefused) as refused:
        await reply(province, CHEN.actor, line.id, Reply(measure=" "))
    assert [(fault.pointer, fault.code) for fault in refused.value.faults] == [
        ("/measure", "rectification.measure_missing"),
        ("/photos", "rectification.photo_missing"),
    ]


async def test_an_item_without_photos_needs_none(province):
    (line,) = await issued_lines(province, losses=("KC-D-01",))
    receipt = await reply(province, CHEN.actor, line.id, Reply(measure="已培训"))
    assert receipt.counted
    assert not (await store_line(province, CHEN.actor, line.notice, 1)).photo_wanted
    await accept(province, line.id)
    assert await rows_of("solved_case") == []


async def test_a_photo_nobody_of_the_store_sent_is_not_here(province):
    line, _ = await issued_lines(province)
    await send_photo(province, a_photo(70), by=LI)
    said = Reply(measure="好", photos=(ReplyPhoto(sha256=sha256_of(a_photo(70))),))
    with pytest.raises(ReplyRefused) as refused:
        await reply(province, CHEN.actor, line.id, said)
    assert [fault.code for fault in refused.value.faults] == ["rectification.photo_not_here"]


async def test_a_photo_older_than_the_notice_does_not_count(province, clock):
    early = await sent_photo(province)
    clock.go_on(hours=1)
    line, _ = await issued_lines(province)
    clock.go_on(hours=1)
    with pytest.raises(ReplyRefused) as refused:
        await reply(
            province, CHEN.actor, line.id, Reply(measure="好", photos=(ReplyPhoto(sha256=early),))
        )
    assert [fault.code for fault in refused.value.faults] == ["rectification.photo_early"]


async def test_a_phone_that_says_it_took_it_earlier_is_believed(province, clock):
    line, _ = await issued_lines(province)
    clock.go_on(hours=1)
    photo = ReplyPhoto(
        sha256=await sent_photo(province), taken_at=line.issued_at - timedelta(minutes=1)
    )
    with pytest.raises(ReplyRefused):
        await reply(province, CHEN.actor, line.id, Reply(measure="好", photos=(photo,)))


async def test_what_is_odd_about_a_photo_is_told_the_desk(province, clock):
    line, other = await issued_lines(province)
    clock.go_on(hours=1)
    await run("UPDATE store SET latitude_e6 = 36061000, longitude_e6 = 103834000")
    digest = await sent_photo(province)
    await a_reply(province, other.id)
    photo = ReplyPhoto(
        sha256=digest,
        origin="gallery",
        taken_at=clock(),
        place=Whereabouts(latitude_e6=36_161_000, longitude_e6=103_834_000, accuracy_m=10),
    )
    await reply(province, CHEN.actor, line.id, Reply(measure="好", photos=(photo,)))
    (check,) = (await line_detail(province, WANG.actor, line.id)).replies[0].checks
    assert check.flags == ("gallery", "seen", "far")
    assert 11_000 < (check.distance_m or 0) < 11_300
    assert check.taken_at == clock()


async def test_a_photo_whose_original_is_gone_is_still_taken(province):
    line, _ = await issued_lines(province)
    digest = await sent_photo(province)
    await province.photos.sealed.delete(digest)
    assert (await a_reply(province, line.id)).counted


async def test_a_photo_that_is_not_clean_yet_waits(province):
    line, _ = await issued_lines(province)
    photo = a_photo(66)
    await upload(province, photo, by=CHEN)
    said = Reply(measure="好", photos=(ReplyPhoto(sha256=sha256_of(photo)),))
    await reply(province, CHEN.actor, line.id, said)
    shown = await store_line(province, CHEN.actor, line.notice, line.number)
    assert [photo.ready for photo in shown.replies[0].photos] == [False]


async def test_a_late_reply_says_so(province, clock):
    line, _ = await issued_lines(province)
    clock.go_on(hours=25)
    shown = await store_line(province, CHEN.actor, line.notice, line.number)
    assert shown.overdue
    await a_reply(province, line.id)
    shown = await store_line(province, CHEN.actor, line.notice, line.number)
    assert (shown.overdue, shown.replies[0].late) == (False, True)


async def test_other_stores_and_other_roles_have_no_line(province):
    line, _ = await issued_lines(province)
    with pytest.raises(NotFound):
        await a_reply(province, line.id, by=DENG)
    with pytest.raises(NotAllowed):
        await reply(province, WANG.actor, line.id, Reply(measure="好"))
    with pytest.raises(NotFound):
        await reply(province, CHEN.actor, "no such line", Reply(measure="好"))


async def test_a_draft_has_no_lines_for_its_store(province):
    draft = await a_draft(province)
    for line in await lines_on_the_way(draft):
        with pytest.raises(NotFound):
            await reply(province, CHEN.actor, line.id, Reply(measure="好"))


async def test_two_phones_at_once_have_one_that_counts(province):
    line, _ = await issued_lines(province)
    digest = await sent_photo(province)
    said = [Reply(measure=f"第{n}台手机", photos=(ReplyPhoto(sha256=digest),)) for n in range(6)]
    receipts = await asyncio.gather(
        *(reply(province, CHEN.actor, line.id, each, f"phone-00{n}") for n, each in enumerate(said))
    )
    assert sorted(receipt.counted for receipt in receipts) == [False] * 5 + [True]
    assert len(await rows_of("rectification_reply")) == 6


async def test_the_same_reply_at_once_is_kept_once(province):
    line, _ = await issued_lines(province)
    digest = await sent_photo(province)
    said = Reply(measure="好", photos=(ReplyPhoto(sha256=digest),))
    receipts = await asyncio.gather(
        *(reply(province, CHEN.actor, line.id, said, "one-client") for _ in range(6))
    )
    assert len({receipt.received_at for receipt in receipts}) == 1
    assert all(receipt.counted for receipt in receipts)
    assert len(await rows_of("rectification_reply")) == 1
