"""A look at a store that was called off while the inspector was there: what came of it is parked,
and an administrator accepts it after all or sets it aside.
"""

import asyncio

import pytest

from inspection.domain.refusals import (
    AssignmentTaken,
    MoveRefused,
    ParkedRefusedStill,
    ParkedSettled,
)
from inspection.domain.refusals.rectification import LineChanged
from inspection.domain.visits.settlement import Settlement
from inspection.persistence.audit import audit
from inspection.persistence.rectifications.rectification_lines import find_line
from inspection.persistence.statements import run
from inspection.services.notices.notice_voiding import void_notice
from inspection.services.rectifications.rectification_verdicts import Judged, judge
from inspection.services.rectifications.reinspection_details import look_detail
from inspection.services.rectifications.reinspections import call_off
from inspection.services.rounds.reinspection_tasks import my_reinspections
from inspection.services.visits.settlements import Wish, can_be_accepted, parked_page, settle_parked
from tests.cast import CLUB, GUO, LI, MA, ROUND, WANG
from tests.looking import (
    a_look,
    confirm,
    failed,
    failed_lines,
    look_id,
    passed,
    send_look,
    send_somebody,
)
from tests.receiving import rows_of
from tests.services.visits.called_off import called_off

NOTE = "马晓燕当时已在店内"
ACCEPTED = Wish(settlement=Settlement.ACCEPTED, note=NOTE)


async def test_it_is_accepted_after_all_and_the_desk_confirms_it(province):
    line, look, sent, parked = await called_off(province)
    (listed,) = (await parked_page(GUO.actor)).rows
    assert (listed.store_code, listed.round_code, can_be_accepted(listed)) == (CLUB, ROUND, True)
    settled = await settle_parked(province, GUO.actor, parked, ACCEPTED)
    assert (settled.settlement, settled.note) == (Settlement.ACCEPTED, NOTE)
    found = await look_detail(WANG.actor, look)
    assert (found.row.state, found.row.ended_at, found.row.why) == ("submitted", None, "")
    assert [len(each.photos) for each in found.lines] == [1]
    assert not (await send_look(province, sent)).is_new
    (task,) = await my_reinspections(province, MA.actor)
    assert task.state == "submitted"
    await confirm(province, look, passed(line))
    assert (await find_line(line.id)).state == "verified"
    events = [event.action for event in await audit.events_of("reinspection", look)]
    assert events[-3:] == ["reinspection.cancel", "reinspection.submit", "reinspection.settle"]
    assert (await audit.events_of("visit", look_id()))[-1].action == "visit.park_accept"


async def test_accepted_where_the_notice_counts_no_more_it_asks_nothing_of_the_desk(province):
    line, look, _, parked = await called_off(province)
    await void_notice(province, GUO.actor, line.notice, "重复")
    await settle_parked(province, GUO.actor, parked, ACCEPTED)
    found = await look_detail(WANG.actor, look)
    assert (found.row.state, found.can_settle) == ("settled", False)
    assert [len(each.photos) for each in found.lines] == [1]
    assert (await find_line(line.id)).state == "returned"


async def test_it_is_set_aside_with_a_reason_and_stays_called_off(province):
    line, look, _, parked = await called_off(province)
    noted = Wish(settlement=Settlement.NOTED, note="门店当天停业")
    await settle_parked(province, GUO.actor, parked, noted)
    assert (await look_detail(WANG.actor, look)).row.state == "cancelled"
    assert await rows_of("reinspection_sending") == []
    assert (await find_line(line.id)).state == "returned"
    with pytest.raises(ParkedSettled):
        await settle_parked(province, GUO.actor, parked, ACCEPTED)


async def test_one_look_has_one_sending(province):
    _, look, _, parked = await called_off(province)
    await settle_parked(province, GUO.actor, parked, ACCEPTED)
    await call_off(province, WANG.actor, look, "改由门店自查")
    other = (await rows_of("parked"))[0] | {"id": "another", "visit_id": look_id("other")}
    await run(
        "INSERT INTO parked (id, visit_id, attempt, assignment_id, content_hash, code, faults,"
        " body, account, received_at, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '')",
        *(other[name] for name in ("id", "visit_id", "attempt", "assignment_id")),
        *(other[name] for name in ("content_hash", "code", "faults", "body", "account")),
        other["received_at"],
    )
    with pytest.raises(ParkedRefusedStill) as refused:
        await settle_parked(province, GUO.actor, "another", ACCEPTED)
    assert [fault.code for fault in refused.value.faults] == [f"parked_why.{AssignmentTaken.code}"]


async def test_what_was_received_since_is_settled_and_not_written_again(province):
    _, look, sent, parked = await called_off(province)
    await run("UPDATE reinspection SET state = 'open' WHERE id = ?", look)
    assert (await send_look(province, sent)).is_new
    await settle_parked(province, GUO.actor, parked, ACCEPTED)
    assert len(await rows_of("reinspection_sending")) == 1
    assert (await look_detail(WANG.actor, look)).row.state == "submitted"


async def test_somebody_elses_look_stays_out(province):
    _, look, _, parked = await called_off(province)
    await run("UPDATE reinspection SET inspector = ? WHERE id = ?", LI.account, look)
    with pytest.raises(ParkedRefusedStill):
        await settle_parked(province, GUO.actor, parked, ACCEPTED)
    assert (await parked_page(GUO.actor)).waiting == 1


async def test_of_two_who_accept_together_one_writes(province):
    *_, parked = await called_off(province)
    came = await asyncio.gather(
        *(settle_parked(province, GUO.actor, parked, ACCEPTED) for _ in range(2))
    )
    assert {each.settlement for each in came} == {Settlement.ACCEPTED}
    assert len(await rows_of("reinspection_sending")) == 1


async def two_looks(tools, clock):
    """A look that was called off and one that was asked for instead, then the first
    accepted after all: both wait for the desk.
    """
    line, first, _, parked = await called_off(tools)
    second = await send_somebody(tools, line)
    clock.go_on(hours=1)
    await settle_parked(tools, GUO.actor, parked, ACCEPTED)
    return line, first, second


async def test_a_line_settled_by_the_one_is_asked_by_the_other_no_more(province, clock):
    line, first, second = await two_looks(province, clock)
    (seen,) = (await look_detail(WANG.actor, first)).lines
    assert [(other.id, other.state) for other in seen.others] == [(second, "open")]
    await confirm(province, first, passed(line))
    ended = await look_detail(WANG.actor, second)
    assert (ended.row.state, ended.row.why, ended.mute) == ("cancelled", "", True)
    assert not (await look_detail(WANG.actor, first)).mute
    tasks = {task.id: task.state for task in await my_reinspections(province, MA.actor)}
    assert tasks == {first: "settled", second: "cancelled"}
    (*_, event) = await audit.events_of("reinspection", second)
    assert (event.action, event.actor) == ("reinspection.cancel", WANG.account)


async def test_two_that_were_made_are_answered_by_one_verdict(province, clock):
    line, first, second = await two_looks(province, clock)
    await send_look(province, a_look(second, line, visit=look_id("other")))
    clock.go_on(hours=1)
    await confirm(province, first, failed(line))
    assert (await find_line(line.id)).state == "returned"
    ended = await look_detail(WANG.actor, second)
    assert (ended.row.state, ended.mute) == ("settled", True)
    verdicts = await rows_of("rectification_verdict")
    assert len([row for row in verdicts if row["way"] == "recheck"]) == 1


async def test_who_is_still_to_go_looks_at_what_the_other_found_wrong(province, clock):
    line, first, second = await two_looks(province, clock)
    await confirm(province, first, failed(line))
    assert (await look_detail(WANG.actor, second)).row.state == "open"
    clock.go_on(hours=1)
    later = clock().isoformat()
    named = {"visit": look_id("other"), "ended_at": later, "sent_at": later}
    await send_look(province, a_look(second, line, **named))
    await confirm(province, second, passed(line))
    assert (await find_line(line.id)).state == "verified"


async def test_a_look_ends_when_its_last_line_does_and_settles_none_twice(province, clock):
    lines = await failed_lines(province)
    both = await send_somebody(province, *lines)
    await send_look(province, a_look(both, *lines))
    clock.go_on(hours=1)
    settled = Judged(accept=True, reason="现场看过，已改好", way="recheck")
    await judge(province, WANG.actor, lines[0].id, settled)
    found = await look_detail(WANG.actor, both)
    assert (found.row.state, [each.settles for each in found.lines]) == ("submitted", [False, True])
    with pytest.raises(LineChanged):
        await confirm(province, both, *(passed(line) for line in lines))
    await judge(province, WANG.actor, lines[1].id, settled)
    found = await look_detail(WANG.actor, both)
    assert (found.row.state, [each.settles for each in found.lines]) == ("settled", [False, False])


async def test_calling_one_off_while_the_other_settles_its_line_waits_for_nobody_in_turn(
    province, clock
):
    line, first, second = await two_looks(province, clock)
    came = await asyncio.gather(
        confirm(province, first, passed(line)),
        call_off(province, WANG.actor, second, "改由门店自查"),
        return_exceptions=True,
    )
    assert came[0] is None
    assert came[1] is None or isinstance(came[1], MoveRefused)
    assert (await look_detail(WANG.actor, second)).row.state == "cancelled"
    assert (await find_line(line.id)).state == "verified"
