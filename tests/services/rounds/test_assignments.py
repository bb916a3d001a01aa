"""An inspector's assignments carry all the phone needs to work offline."""

import pytest

from inspection.domain.refusals import NotAllowed
from inspection.persistence.statements import run
from inspection.services.rounds.assignments import (
    EarlierLoss,
    MyAssignments,
    ReturnedAttempt,
    my_assignments,
)
from tests.cast import (
    CLUB,
    EARLIER_ROUND,
    HALL,
    LI,
    MA,
    ROUND,
    SUN,
    assignment_id,
    round_id,
    store_id,
)
from tests.receiving import lock_in_earlier_round, return_visit, send
from tests.submissions import OTHER_VISIT, SPOTS, VISIT, a_submission, rubric_in


async def test_an_inspector_sees_her_own_assignments_and_nobody_elses(province):
    mine = await my_assignments(LI.actor)
    assert [a.store.code for a in mine.assignments] == [CLUB, HALL]
    assert {a.id for a in (await my_assignments(MA.actor)).assignments}.isdisjoint(
        a.id for a in mine.assignments
    )


async def test_an_assignment_says_where_when_and_by_which_rubric(province):
    first = (await my_assignments(LI.actor)).assignments[0]
    assert (first.state, first.visit_kind, first.cover) == ("open", "mystery_visit", "办理套餐咨询")
    assert (str(first.window_from), str(first.window_to)) == ("2026-11-16", "2026-11-22")
    assert (first.store.region_zh, first.store.region_en) == ("兰州 城关区", "Lanzhou Chengguan")
    assert first.store.features == ("vip_desk_required",)
    rubric = rubric_in()
    assert (first.rubric.code, first.rubric.number) == ("KC", 1)
    assert (first.rubric.title_zh, first.rubric.item_count) == (rubric.title.zh, 37)
    assert (first.returned, first.earlier) == (None, ())


async def test_the_round_counts_what_was_submitted(province):
    before = (await my_assignments(LI.actor)).round
    await send(province, a_submission())
    after = (await my_assignments(LI.actor)).round
    assert (before.code, before.submitted, before.total) == ("2026-11", 0, 2)
    assert (after.submitted, after.total) == (1, 2)


async def test_the_round_is_the_one_of_that_began_first_while_it_has_work_left(province):
    await run(
        "UPDATE assignment SET round = (SELECT id FROM round WHERE code = ?), window_to ="
        " '2026-11-20' WHERE id = ?",
        EARLIER_ROUND,
        assignment_id(LI, HALL),
    )
    await run(
        "UPDATE round SET state = 'open', starts_on = '2026-12-20', ends_on = '2027-01-20'"
        " WHERE code = ?",
        EARLIER_ROUND,
    )
    mine = await my_assignments(LI.actor)
    assert [one.round.code for one in mine.assignments] == [EARLIER_ROUND, ROUND]
    assert (mine.round.code, mine.round.total) == (ROUND, 1)
    await send(province, a_submission())
    assert (await my_assignments(LI.actor)).round.code == EARLIER_ROUND


async def test_a_returned_assignment_says_which_attempt_and_why(province):
    await send(province, a_submission())
    await return_visit(province, reason="缺少门头照片")
    first = (await my_assignments(LI.actor)).assignments[0]
    assert first.state == "returned"
    assert first.returned == ReturnedAttempt(visit=VISIT, attempt=1, reason="缺少门头照片")


async def test_what_the_last_locked_round_found_here_is_repeated(province):
    lost = (SPOTS, "KC-M-01")
    await send(province, a_submission(by=MA, store="TS-0003", losses=lost), by=MA)
    await run("UPDATE visit SET store = ?", store_id(CLUB))
    assert (await my_assignments(LI.actor)).assignments[0].earlier == ()
    await lock_in_earlier_round()
    club, hall = (await my_assignments(LI.actor)).assignments
    assert club.earlier == tuple(EarlierLoss(item=item, count=1) for item in lost)
    assert hall.earlier == ()


async def test_cancelled_assignments_and_locked_rounds_are_not_shown(province):
    await run("UPDATE assignment SET state = 'cancelled' WHERE id = ?", assignment_id(LI, HALL))
    assert [a.store.code for a in (await my_assignments(LI.actor)).assignments] == [CLUB]
    await run("UPDATE round SET state = 'locked'")
    assert await my_assignments(LI.actor) == MyAssignments(round=None, rounds=(), assignments=())


async def test_a_store_directly_below_the_province_needs_no_branch(province):
    await run("UPDATE store SET region = 'region-620100' WHERE code = ?", CLUB)
    assert (await my_assignments(LI.actor)).assignments[0].store.region_zh == "兰州"


async def test_a_visit_returned_long_ago_for_another_assignment_does_not_matter(province):
    await send(province, a_submission(visit=OTHER_VISIT))
    await return_visit(province, OTHER_VISIT)
    _, hall = (await my_assignments(LI.actor)).assignments
    assert hall.returned is None


async def test_only_inspectors_have_assignments(province):
    with pytest.raises(NotAllowed):
        await my_assignments(SUN.actor)


async def test_every_open_round_of_theirs_is_told_the_one_with_work_first(province):
    await run("UPDATE round SET state = 'open' WHERE code = ?", EARLIER_ROUND)
    await run(
        "UPDATE assignment SET round = ? WHERE id = ?",
        round_id(EARLIER_ROUND),
        assignment_id(LI, HALL),
    )
    found = await my_assignments(LI.actor)
    assert [(one.code, one.total) for one in found.rounds] == [(EARLIER_ROUND, 1), (ROUND, 1)]
    assert found.round == found.rounds[0]
