"""Sending an inspector for failed lines: what comes in, what the desk makes of it, what the store
reads.
"""

import msgspec
import pytest

from inspection.domain.listing import ListAsked
from inspection.domain.refusals import MoveRefused, NotAllowed, NotFound
from inspection.domain.refusals.rectification import (
    LineChanged,
    SettlingIncomplete,
    VerdictReasonMissing,
)
from inspection.persistence.audit import audit
from inspection.persistence.rectifications.rectification_lines import find_line
from inspection.persistence.statements import run
from inspection.services.photos.photo_cleaning import clean_photo
from inspection.services.rectifications.rectification_details import line_detail, store_line
from inspection.services.rectifications.reinspection_details import (
    look_detail,
    look_photo,
    verdict_photo,
)
from inspection.services.rectifications.reinspection_list import look_list
from tests.cast import CHEN, DENG, MA, SUN, WANG, ZHAO
from tests.looking import (
    PICTURE,
    a_look,
    confirm,
    failed,
    failed_lines,
    left,
    passed,
    send_look,
    send_somebody,
)
from tests.receiving import rows_of
from tests.rectifying import a_reply
from tests.reviewing import send_photo, upload
from tests.submissions import a_line, a_photo, sha256_of


async def scored() -> list[object]:
    """Everything a score or a place follows from."""
    tables = ("visit", "visit_answer", "visit_section", "visit_scorecard", "standing", "submission")
    return [await rows_of(table) for table in tables]


async def test_a_look_settles_the_failed_lines_and_no_score(province):
    first, second = await failed_lines(province)
    before = await scored()
    look = await send_somebody(province, first, second)
    await send_photo(province, PICTURE, by=MA)
    sent = a_look(look, first, second, failed=(second.item,), picture=PICTURE)
    assert (await send_look(province, sent)).is_new
    await confirm(province, look, passed(first), failed(second), shown=(1,))
    states = [(await find_line(line.id)).state for line in (first, second)]
    assert states == ["verified", "returned"]
    assert await scored() == before
    events = await audit.events_of("reinspection", look)
    assert [event.action for event in events] == [
        "reinspection.send",
        "reinspection.submit",
        "reinspection.settle",
    ]


async def test_the_store_reads_what_the_desk_approved_and_nobody_is_named(province, clock):
    first, second = await failed_lines(province)
    look = await send_somebody(province, first, second)
    await send_photo(province, PICTURE, by=MA)
    await send_look(province, a_look(look, first, second, failed=(second.item,), picture=PICTURE))
    before = await store_line(province, CHEN.actor, second.notice, second.number)
    assert [said.way for said in before.verdicts] == ["reply"]
    clock.go_on(hours=1)
    await confirm(province, look, left(first), failed(second), shown=(1,))
    told = await store_line(province, CHEN.actor, second.notice, second.number)
    said = told.verdicts[-1]
    assert (said.way, said.accepted, said.reason, said.photos) == (
        "recheck",
        False,
        "仍有破损",
        (1,),
    )
    assert await verdict_photo(province, CHEN.actor, said.id, 1)
    assert await verdict_photo(province, WANG.actor, said.id, 1)
    for reader, k in ((DENG, 1), (ZHAO, 1), (CHEN, 2), (CHEN, 0)):
        with pytest.raises(NotFound):
            await verdict_photo(province, reader.actor, said.id, k)
    desk = await line_detail(province, WANG.actor, second.id)
    assert desk.verdicts[-1].name == WANG.name
    assert [(each.id, each.pseudonym) for each in desk.looks] == [(look, MA.pseudonym)]
    assert (await store_line(province, CHEN.actor, first.notice, first.number)).state == "returned"


async def test_a_photo_nobody_chose_stays_at_the_desk(province, clock):
    (line,) = await failed_lines(province, losses=("KC-E-01",))
    look = await send_somebody(province, line)
    await send_photo(province, PICTURE, by=MA)
    await send_look(province, a_look(look, line, failed=(line.item,), picture=PICTURE))
    assert await look_photo(province, SUN.actor, look, 1)
    with pytest.raises(NotFound):
        await look_photo(province, ZHAO.actor, look, 1)
    with pytest.raises(NotFound):
        await look_photo(province, WANG.actor, look, 2)
    clock.go_on(hours=1)
    await confirm(province, look, failed(line))
    assert (await store_line(province, CHEN.actor, line.notice, 1)).verdicts[-1].photos == ()


async def test_what_the_desk_could_not_see_is_not_shown(province, clock):
    (line,) = await failed_lines(province, losses=("KC-E-01",))
    look = await send_somebody(province, line)
    await upload(province, PICTURE, by=MA)
    await send_look(province, a_look(look, line, failed=(line.item,), picture=PICTURE))
    clock.go_on(hours=1)
    await confirm(province, look, failed(line), shown=(1, 7))
    await clean_photo(province, sha256_of(PICTURE))
    assert (await store_line(province, CHEN.actor, line.notice, 1)).verdicts[-1].photos == ()
    *_, settled = await audit.events_of("reinspection", look)
    assert msgspec.json.decode(settled.body)["photos_shown"] == 0


async def test_the_last_line_settled_by_a_look_closes_the_notice(province):
    (line,) = await failed_lines(province, losses=("KC-E-01",))
    look = await send_somebody(province, line)
    await send_look(province, a_look(look, line))
    await confirm(province, look, passed(line))
    (notice,) = await rows_of("notice")
    assert notice["state"] == "closed"


def photographed(look, line):
    """A look at which the line was in order, with a photo of it."""
    sent = a_look(look, line)
    sent["answers"][0]["photos"] = [sha256_of(PICTURE)]
    return sent | {"photos": [a_line(line.item, 0, PICTURE)]}


@pytest.mark.parametrize("shown", [(), (1,)])
async def test_what_was_in_order_is_a_case_with_the_photo_of_the_look_and_no_other(province, shown):
    (line,) = await failed_lines(province, losses=("KC-E-01",), pictures=(a_photo(33),))
    # The reply was returned because its photo is an old one.
    await run("UPDATE rectification_photo SET flags = '[\"early\"]'")
    look = await send_somebody(province, line)
    await send_photo(province, PICTURE, by=MA)
    await send_look(province, photographed(look, line))
    await confirm(province, look, passed(line), shown=shown)
    assert (await find_line(line.id)).state == "verified"
    (photo,) = await run("SELECT print_sha256 FROM photo WHERE sha256 = ?", sha256_of(PICTURE))
    cases = [row["after_sha256"] for row in await rows_of("solved_case")]
    assert cases == [photo["print_sha256"]] * len(shown)


async def test_the_same_person_settles_once(province):
    (line,) = await failed_lines(province, losses=("KC-E-01",))
    look = await send_somebody(province, line)
    await send_look(province, a_look(look, line))
    await confirm(province, look, passed(line))
    await confirm(province, look, passed(line))
    ways = [row["way"] for row in await rows_of("rectification_verdict")]
    assert ways.count("recheck") == 1
    with pytest.raises(MoveRefused):
        await confirm(province, look, passed(line), by=SUN)


async def test_nothing_is_settled_before_somebody_was_there(province):
    (line,) = await failed_lines(province, losses=("KC-E-01",))
    look = await send_somebody(province, line)
    with pytest.raises(MoveRefused):
        await confirm(province, look, passed(line))


async def test_a_verdict_needs_words_and_all_lines_an_outcome(province):
    first, second = await failed_lines(province)
    look = await send_somebody(province, first, second)
    await send_look(province, a_look(look, first, second))
    with pytest.raises(VerdictReasonMissing):
        await confirm(province, look, passed(first), failed(second, " "))
    with pytest.raises(SettlingIncomplete):
        await confirm(province, look, passed(first))
    assert (await find_line(first.id)).state == "returned"


async def test_a_line_answered_meanwhile_is_left_to_its_new_reply(province):
    first, second = await failed_lines(province)
    look = await send_somebody(province, first, second)
    await send_look(province, a_look(look, first, second))
    await a_reply(province, first.id, 70)
    found = await look_detail(WANG.actor, look)
    assert [line.settles for line in found.lines] == [False, True]
    with pytest.raises(LineChanged):
        await confirm(province, look, passed(first), passed(second))
    await confirm(province, look, left(first), passed(second))
    assert (await find_line(first.id)).state == "submitted"


async def test_the_desk_reads_what_was_found(province):
    first, second = await failed_lines(province)
    look = await send_somebody(province, first, second)
    waiting = await look_detail(SUN.actor, look)
    assert (waiting.can_settle, waiting.can_cancel, waiting.received_at) == (False, True, None)
    assert [line.finding for line in waiting.lines] == ["undecided", "undecided"]
    await upload(province, PICTURE, by=MA)
    sent = a_look(look, first, second, failed=(second.item,), picture=PICTURE)
    sent["answers"][0] |= {"verdict": "not_observed", "reason": "正在装修"}
    sent["answers"][1]["note"] = "柜台左侧仍破损"
    await send_look(province, sent)
    found = await look_detail(WANG.actor, look)
    assert [line.finding for line in found.lines] == ["undecided", "failed"]
    assert [line.seen[0].text == "正在装修" for line in found.lines] == [True, False]
    assert "柜台左侧仍破损" in found.lines[1].seen[0].text
    assert "柜台左侧仍破损" not in found.lines[1].reason
    assert [photo.ready for photo in found.lines[1].photos] == [False]
    assert found.can_settle
    with pytest.raises(NotFound):
        await look_photo(province, WANG.actor, look, 1)
    with pytest.raises(NotFound):
        await look_detail(ZHAO.actor, look)
    with pytest.raises(NotAllowed):
        await look_detail(MA.actor, look)


async def test_looks_are_listed_where_somebody_may_see_them(province, clock):
    first, _ = await failed_lines(province)
    look = await send_somebody(province, first)
    found = await look_list(province, WANG.actor, ListAsked())
    assert [(row.look.id, row.late, row.look.lines) for row in found.rows] == [(look, False, 1)]
    assert found.counts == {"open": 1}
    clock.go_on(days=9)
    assert (await look_list(province, WANG.actor, ListAsked(), "open")).rows[0].late
    assert (await look_list(province, WANG.actor, ListAsked(), "settled")).rows == ()
    assert (await look_list(province, ZHAO.actor, ListAsked())).rows == ()
