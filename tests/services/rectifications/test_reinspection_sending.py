"""Who may be sent for which lines, and called off."""

from datetime import timedelta

import pytest

from inspection.domain.refusals import AssignmentCancelled, MoveRefused, NotAllowed, NotFound
from inspection.domain.refusals.rectification import ReinspectionRefused, VerdictReasonMissing
from inspection.domain.rounds.coverage import today
from inspection.persistence.statements import run
from inspection.services.notices.notice_voiding import void_notice
from inspection.services.people.accounts import disable_account
from inspection.services.rectifications.reinspections import call_off, choices
from inspection.services.rounds.reinspection_tasks import my_reinspections
from tests.cast import CHEN, LI, MA, SUN, WANG, ZHAO
from tests.looking import a_look, failed_lines, send_look, send_somebody
from tests.receiving import rows_of
from tests.rectifying import a_reply


def codes(refused) -> list[str]:
    return [fault.code for fault in refused.value.faults]


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
