"""Sending an inspector for failed lines: who may go, what comes in, what the desk makes of it."""

import asyncio
from datetime import timedelta

import msgspec
import pytest

from inspection.domain.listing import ListAsked
from inspection.domain.refusals import (
    AnswersRefused,
    AssignmentCancelled,
    AssignmentRefused,
    AssignmentTaken,
    AttemptRefused,
    MoveRefused,
    NotAllowed,
    NotFound,
    RubricMismatch,
    VisitConflict,
    VisitUnreadable,
)
from inspection.domain.refusals.rectification import (
    LineChanged,
    ReinspectionRefused,
    SettlingIncomplete,
    VerdictReasonMissing,
)
from inspection.domain.rounds.coverage import today
from inspection.persistence.audit import audit
from inspection.persistence.rectifications.rectification_lines import find_line
from inspection.persistence.statements import run
from inspection.services.notices.notice_voiding import void_notice
from inspection.services.people.accounts import disable_account
from inspection.services.photos.photo_cleaning import clean_photo
from inspection.services.rectifications.rectification_details import line_detail, store_line
from inspection.services.rectifications.reinspection_details import (
    look_detail,
    look_photo,
    reply_seen,
    verdict_photo,
)
from inspection.services.rectifications.reinspection_list import look_list
from inspection.services.rectifications.reinspections import call_off, choices
from inspection.services.rounds.reinspection_tasks import my_reinspections
from inspection.services.visits.visits import my_visits, visit_of
from tests.cast import CHEN, DENG, LI, MA, SUN, WANG, ZHAO
from tests.looking import (
    a_look,
    confirm,
    failed,
    failed_lines,
    left,
    look_id,
    passed,
    send_look,
    send_somebody,
)
from tests.receiving import rows_of, send_bytes
from tests.rectifying import a_reply
from tests.reviewing import send_photo, upload
from tests.submissions import a_line, a_photo, sha256_of

PICTURE = a_photo(90)


def codes(refused) -> list[str]:
    return [fault.code for fault in refused.value.faults]


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


async def test_whoever_found_it_does_not_look_again(province):
    line, *_ = await failed_lines(province)
    with pytest.raises(ReinspectionRefused) as refused:
        await send_somebody(province, line, to=LI)
    assert codes(refused) == ["reinspection.found_it"]


async def test_the_rules_of_rounds_keep_people_out(province):
    line, *_ = await failed_lines(province)
    await run(
        "INSERT INTO account_unit (id, account, region) VALUES ('unit', ?, 'region-620102')",
        MA.account,
    )
    with pytest.raises(ReinspectionRefused) as refused:
        await send_somebody(province, line)
    assert codes(refused) == ["assignment.own_unit"]


async def test_only_inspectors_in_use_are_sent(province):
    line, *_ = await failed_lines(province)
    for person in (SUN, MA):
        if person is MA:
            await disable_account(province, MA.sign_in)
        with pytest.raises(ReinspectionRefused) as refused:
            await send_somebody(province, line, to=person)
        assert codes(refused) == ["assignment.inspector_unknown"]


async def test_only_failed_lines_of_one_notice_are_looked_at_and_once(province):
    first, second = await failed_lines(province)
    await a_reply(province, second.id, 70)
    with pytest.raises(ReinspectionRefused) as refused:
        await send_somebody(province, first, second)
    assert codes(refused) == ["reinspection.not_failed"]
    with pytest.raises(ReinspectionRefused) as refused:
        await send_somebody(province, first, lines=())
    assert codes(refused) == ["reinspection.no_lines"]
    with pytest.raises(ReinspectionRefused) as refused:
        await send_somebody(province, first, lines=(first.id, "nobody's"))
    assert codes(refused) == ["reinspection.no_lines"]
    day = today(province.now())
    with pytest.raises(ReinspectionRefused) as refused:
        await send_somebody(province, first, window_to=day - timedelta(days=1))
    assert codes(refused) == ["reinspection.window_over"]
    assert [line.id for line in (await choices(province, WANG.actor, first.id)).lines] == [first.id]
    await send_somebody(province, first)
    assert (await choices(province, WANG.actor, first.id)).lines == ()
    with pytest.raises(ReinspectionRefused) as refused:
        await send_somebody(province, first)
    assert codes(refused) == ["reinspection.sent"]


async def test_nobody_is_sent_for_a_notice_that_ended(province):
    line, *_ = await failed_lines(province)
    await void_notice(province, WANG.actor, line.notice, "作废")
    with pytest.raises(ReinspectionRefused) as refused:
        await send_somebody(province, line)
    assert codes(refused) == ["reinspection.not_failed"]


async def test_others_send_nobody(province):
    line, *_ = await failed_lines(province)
    with pytest.raises(NotFound):
        await send_somebody(province, line, by=ZHAO)
    for person in (CHEN, LI):
        with pytest.raises(NotAllowed):
            await send_somebody(province, line, by=person)


async def test_calling_off_needs_a_reason_and_lets_another_go(province):
    line, *_ = await failed_lines(province)
    look = await send_somebody(province, line)
    with pytest.raises(VerdictReasonMissing):
        await call_off(province, WANG.actor, look, " ")
    await call_off(province, WANG.actor, look, "门店装修")
    await call_off(province, WANG.actor, look, "门店装修")
    with pytest.raises(MoveRefused):
        await call_off(province, WANG.actor, look, "别的原因")
    with pytest.raises(NotFound):
        await call_off(province, ZHAO.actor, look, "门店装修")
    with pytest.raises(AssignmentCancelled):
        await send_look(province, a_look(look, line))
    (kept,) = await rows_of("parked")
    assert kept["code"] == AssignmentCancelled.code
    (task,) = await my_reinspections(province, MA.actor)
    assert task.state == "cancelled"
    await send_somebody(province, line)


async def test_the_phone_gets_the_failed_items_with_what_the_store_said(province):
    first, second = await failed_lines(province)
    look = await send_somebody(province, second)
    assert await my_reinspections(province, LI.actor) == ()
    (task,) = await my_reinspections(province, MA.actor)
    (line,) = task.lines
    assert (task.id, line.items, line.returned) == (look, (second.item,), "只改了一部分")
    assert line.reply is not None
    assert line.reply.measure == "已装好并逐一试过"
    assert line.reply.photos == (f"/api/reinspections/{look}/photos/{second.number}-1.jpg",)
    assert await reply_seen(province, MA.actor, look, second.number, 1)
    for person, number, k in (
        (LI, second.number, 1),
        (MA, first.number, 1),
        (MA, second.number, 2),
    ):
        with pytest.raises(NotFound):
            await reply_seen(province, person.actor, look, number, k)
    with pytest.raises(NotAllowed):
        await my_reinspections(province, WANG.actor)


async def test_the_same_content_gets_the_same_receipt(province):
    (line,) = await failed_lines(province, losses=("KC-E-01",))
    look = await send_somebody(province, line)
    first = await send_look(province, a_look(look, line))
    again = await send_look(province, a_look(look, line))
    assert (again.receipt, again.is_new) == (first.receipt, False)
    with pytest.raises(VisitConflict):
        await send_look(province, a_look(look, line, failed=(line.item,)))
    with pytest.raises(AttemptRefused):
        await send_look(province, a_look(look, line, attempt=2))
    with pytest.raises(NotFound):
        await send_look(province, a_look(look, line), by=LI)
    with pytest.raises(AssignmentTaken):
        await send_look(province, a_look(look, line, visit=look_id("another")))


async def test_of_two_that_arrive_together_one_counts(province):
    (line,) = await failed_lines(province, losses=("KC-E-01",))
    look = await send_somebody(province, line)
    bodies = [a_look(look, line, visit=look_id(name)) for name in ("one", "other")]
    came = await asyncio.gather(
        *(send_look(province, body) for body in bodies), return_exceptions=True
    )
    assert sorted(type(each).__name__ for each in came) == ["AssignmentTaken", "Received"]
    assert len(await rows_of("reinspection_sending")) == 1


async def test_what_does_not_fit_is_kept_out_and_parked(province):
    first, second = await failed_lines(province)
    look = await send_somebody(province, first)
    with pytest.raises(AnswersRefused):
        await send_look(province, a_look(look, first, second))
    with pytest.raises(RubricMismatch):
        await send_look(province, a_look(look, first, rubric_digest="0" * 64))
    with pytest.raises(AttemptRefused):
        await send_look(province, a_look(look, first, attempt=2))
    with pytest.raises(AssignmentRefused):
        await send_look(province, a_look(look, first), by=LI)
    with pytest.raises(VisitUnreadable):
        await send_bytes(province, b"{}", by=MA.actor, visit=look_id())
    assert len(await rows_of("parked")) == 5


async def test_the_phone_learns_that_a_look_arrived_whole(province):
    (line,) = await failed_lines(province, losses=("KC-E-01",))
    look = await send_somebody(province, line)
    await send_look(province, a_look(look, line, failed=(line.item,), picture=PICTURE))
    (listed,) = await my_visits(MA.actor)
    assert (listed.id, listed.complete, listed.missing_photos) == (look_id(), False, 1)
    assert len((await visit_of(MA.actor, look_id())).missing) == 1
    await send_photo(province, PICTURE, by=MA)
    (listed,) = await my_visits(MA.actor)
    assert (listed.complete, listed.total, listed.state) == (True, None, "submitted")
    found = await visit_of(MA.actor, look_id())
    assert (found.missing, found.visit.receipt is not None, found.rescored) == ((), True, None)
    with pytest.raises(NotFound):
        await visit_of(LI.actor, look_id())
    (row,) = await run("SELECT count(*) AS n FROM visit WHERE id = ?", look_id())
    assert row["n"] == 0


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
