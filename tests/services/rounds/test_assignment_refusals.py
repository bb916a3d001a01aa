"""Who may not be sent, and which assignments stay as they are."""

from datetime import date

import pytest

from inspection.domain.refusals import MoveRefused, NotAllowed, NotFound
from inspection.domain.rounds.assignment_changes import Chosen
from inspection.persistence.statements import run
from inspection.services.people.accounts import disable_account
from inspection.services.rounds import assignment_changes
from tests.cast import CHEN, CLUB, GUO, LANZHOU, LI, MA, ROUND, WANG, ZHAO, region_id, store_id
from tests.receiving import send
from tests.services.rounds.changed_assignments import CLUB_OF_LI, HALL_OF_LI, faults, give, ticked
from tests.submissions import a_submission


async def test_one_that_cannot_change_keeps_all_as_they_are(province):
    chosen = await ticked(CLUB_OF_LI, HALL_OF_LI)
    await send(province, a_submission())
    call = assignment_changes.cancel(province, GUO.actor, ROUND, chosen, "停业")
    assert await faults(call) == ["assignment.changed"]
    chosen = await ticked(CLUB_OF_LI, HALL_OF_LI)
    call = assignment_changes.cancel(province, GUO.actor, ROUND, chosen, "停业")
    assert await faults(call) == ["assignment.not_changeable"]


async def test_nothing_chosen_changes_nothing(province):
    call = assignment_changes.cancel(province, GUO.actor, ROUND, (), "停业")
    assert await faults(call) == ["assignment.none_chosen"]


async def test_another_branchs_visits_are_missing(province):
    for chosen in (await ticked(CLUB_OF_LI), (Chosen("nobodys", "x"),)):
        with pytest.raises(NotFound):
            await assignment_changes.cancel(province, ZHAO.actor, ROUND, chosen, "停业")
    with pytest.raises(NotFound):
        await assignment_changes.cancel(
            province, GUO.actor, "1999-01", await ticked(CLUB_OF_LI), "停业"
        )


@pytest.mark.parametrize("person", [LI, CHEN])
async def test_who_does_not_plan_changes_nothing(province, person):
    with pytest.raises(NotAllowed):
        await assignment_changes.cancel(province, person.actor, ROUND, (), "停业")


async def test_a_round_that_is_not_open_keeps_its_assignments(province):
    chosen = await ticked(CLUB_OF_LI)
    await run("UPDATE round SET state = 'locked' WHERE code = ?", ROUND)
    with pytest.raises(MoveRefused):
        await assignment_changes.cancel(province, GUO.actor, ROUND, chosen, "停业")


# Who may be sent.


@pytest.mark.parametrize("to", [WANG, CHEN])
async def test_only_inspectors_are_sent(province, to):
    assert await faults(give(province, CLUB_OF_LI, to=to)) == ["assignment.inspector_unknown"]


async def test_nobody_is_sent_who_is_disabled_or_there_already(province):
    assert await faults(give(province, CLUB_OF_LI, to=LI)) == ["assignment.going"]
    await disable_account(province, MA.sign_in)
    assert await faults(give(province, CLUB_OF_LI)) == ["assignment.inspector_unknown"]


async def test_nobody_is_sent_to_an_own_or_former_unit(province):
    await run(
        "INSERT INTO account_unit (id, account, region, from_on, to_on) VALUES ('u', ?, ?, ?, ?)",
        MA.account,
        region_id(LANZHOU),
        None,
        None,
    )
    assert await faults(give(province, CLUB_OF_LI)) == ["assignment.own_unit"]
    await run("UPDATE account_unit SET to_on = ?", date(2026, 10, 1))
    assert await faults(give(province, CLUB_OF_LI)) == ["assignment.former_unit"]


async def test_in_a_peer_check_a_unit_must_be_known(province):
    await run("UPDATE round SET visit_kind = 'peer_check'")
    assert await faults(give(province, CLUB_OF_LI)) == ["assignment.unit_unknown"]


async def test_nobody_is_back_at_a_store_too_soon(province):
    await send(province, a_submission(by=MA, store="TS-0003"), by=MA)
    await run("UPDATE visit SET store = ?", store_id(CLUB))
    assert await faults(give(province, CLUB_OF_LI)) == ["assignment.locked_out"]
