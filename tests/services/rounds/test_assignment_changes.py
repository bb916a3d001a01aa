"""Visits that were planned, given to somebody else, cancelled, extended: nothing begun is lost."""

from datetime import date

import msgspec
import pytest

from inspection.domain.refusals import AssignmentCancelled, RoundReasonMissing
from inspection.domain.visits.settlement import Settlement
from inspection.persistence.audit import audit
from inspection.persistence.statements import run
from inspection.services.rounds import assignment_changes
from inspection.services.rounds.assignments import my_assignments
from inspection.services.visits.settlements import Wish, settle_parked
from tests.cast import ANNING_HALL, CLUB, GUO, HALL, LI, MA, QINZHOU_CLUB, ROUND, WANG
from tests.drafting import send_draft
from tests.receiving import return_visit, rows_of, send
from tests.reviewing import send_photo, visit_id
from tests.services.rounds.changed_assignments import (
    CLUB_OF_LI,
    HALL_OF_LI,
    faults,
    give,
    row,
    ticked,
)
from tests.submissions import a_photo, a_submission

UNTIL = date(2026, 11, 30)


async def bodies(action: str) -> list[dict]:
    rows = await run("SELECT body FROM audit_event WHERE action = ? ORDER BY seq", action)
    return [msgspec.json.decode(each["body"]) for each in rows]


async def test_somebody_else_goes_and_both_phones_learn_of_it(province):
    assert await give(province, CLUB_OF_LI, HALL_OF_LI) == 2
    assert (await my_assignments(LI.actor)).assignments == ()
    mine = {one.store.code: one for one in (await my_assignments(MA.actor)).assignments}
    assert set(mine) == {CLUB, HALL, ANNING_HALL, QINZHOU_CLUB}
    assert (mine[CLUB].state, mine[CLUB].cover) == ("open", "办理套餐咨询")
    old, new = await row(CLUB_OF_LI), await row(mine[CLUB].id)
    assert (old["state"], old["cancelled_why"], new["replaces"]) == ("cancelled", "", CLUB_OF_LI)
    assert (await bodies("assignment.reassign"))[0] == {
        "round": ROUND,
        "store": CLUB,
        "changes": {"inspector": ["A-017", "A-021"]},
        "replaced_by": mine[CLUB].id,
    }


async def test_what_was_begun_stays_on_the_phone_and_is_parked_when_handed_in(province):
    photo = a_photo()
    visit = visit_id("begun")
    await send_draft(
        province, LI, visit=visit, assignment=CLUB_OF_LI, document={"visit": {"id": visit}}
    )
    await give(province, CLUB_OF_LI)
    club, hall = (await my_assignments(LI.actor)).assignments
    assert (club.store.code, club.state, hall.state) == (CLUB, "cancelled", "open")
    await send_draft(
        province, LI, visit=visit, assignment=CLUB_OF_LI, saves=2, document={"visit": {"id": visit}}
    )
    await send_photo(province, photo)
    submission = a_submission(visit=visit, assignment=CLUB_OF_LI, pictures=(photo,))
    with pytest.raises(AssignmentCancelled):
        await send(province, submission)
    (parked,) = await rows_of("parked")
    assert parked["code"] == "visit.assignment_cancelled"
    wish = Wish(settlement=Settlement.ACCEPTED, note="已到店")
    await settle_parked(province, GUO.actor, parked["id"], wish)
    assert (await row(CLUB_OF_LI))["state"] == "submitted"


async def test_who_took_over_can_hand_in_while_the_others_is_parked(province):
    await give(province, CLUB_OF_LI)
    (new,) = await run("SELECT id FROM assignment WHERE replaces = ?", CLUB_OF_LI)
    await send(province, a_submission(by=MA, assignment=new["id"]), by=MA)
    assert (await row(new["id"]))["state"] == "submitted"


async def test_a_draft_begun_without_a_network_is_kept_after_the_change(province):
    await give(province, CLUB_OF_LI)
    visit = visit_id("offline")
    await send_draft(
        province, LI, visit=visit, assignment=CLUB_OF_LI, document={"visit": {"id": visit}}
    )
    states = [one.state for one in (await my_assignments(LI.actor)).assignments]
    assert states == ["cancelled", "open"]


async def test_a_returned_visit_is_given_to_somebody_else(province):
    await send(province, a_submission())
    await return_visit(province)
    await give(province, CLUB_OF_LI)
    found = {one.store.code: one for one in (await my_assignments(MA.actor)).assignments}
    assert (found[CLUB].state, found[CLUB].returned) == ("open", None)


async def test_a_visit_is_given_back(province):
    await give(province, CLUB_OF_LI)
    (new,) = await run("SELECT id FROM assignment WHERE replaces = ?", CLUB_OF_LI)
    await give(province, new["id"], to=LI)
    assert {one.store.code for one in (await my_assignments(LI.actor)).assignments} == {CLUB, HALL}


async def test_a_cancelled_visit_says_why(province):
    with pytest.raises(RoundReasonMissing):
        await assignment_changes.cancel(province, GUO.actor, ROUND, await ticked(CLUB_OF_LI), " ")
    chosen = await ticked(CLUB_OF_LI, HALL_OF_LI)
    assert await assignment_changes.cancel(province, WANG.actor, ROUND, chosen, "门店装修") == 2
    assert (await my_assignments(LI.actor)).assignments == ()
    assert (await row(CLUB_OF_LI))["cancelled_why"] == "门店装修"
    assert (await bodies("assignment.cancel"))[0]["changes"] == {"state": ["open", "cancelled"]}


async def test_more_time_within_the_round(province):
    chosen = await ticked(CLUB_OF_LI)
    assert await assignment_changes.extend(province, GUO.actor, ROUND, chosen, UNTIL) == 1
    club = (await my_assignments(LI.actor)).assignments[1]
    assert (club.store.code, club.window_to) == (CLUB, UNTIL)
    assert (await bodies("assignment.extend"))[0]["changes"] == {
        "window_to": ["2026-11-22", "2026-11-30"]
    }


@pytest.mark.parametrize(
    ("until", "code"),
    [
        (date(2026, 11, 22), "assignment.not_longer"),
        (date(2026, 12, 1), "assignment.beyond_round"),
    ],
)
async def test_a_window_only_grows_and_never_beyond_the_round(province, until, code):
    chosen = await ticked(CLUB_OF_LI)
    call = assignment_changes.extend(province, GUO.actor, ROUND, chosen, until)
    assert await faults(call) == [code]


async def test_every_change_is_in_the_log_about_its_assignment(province):
    await give(province, CLUB_OF_LI)
    (event,) = await audit.events_of("assignment", CLUB_OF_LI)
    assert (event.action, event.actor) == ("assignment.reassign", GUO.account)
