"""Whose draft it is, and for which assignment."""

import asyncio

import pytest

from inspection.domain.refusals import DraftRefused, NotAllowed, NotFound
from inspection.persistence.statements import run
from inspection.persistence.visits import draft_copies
from inspection.services.visits import drafts
from tests.cast import HALL, LI, MA, SUN, assignment_id
from tests.drafting import PHONE, TABLET, copies, send_draft
from tests.receiving import rows_of, send
from tests.submissions import VISIT, a_submission


async def test_somebody_elses_draft_is_not_there(province):
    await send_draft(province)
    with pytest.raises(NotFound):
        await send_draft(province, MA, assignment=assignment_id(MA, "TS-0003"))
    with pytest.raises(NotFound):
        await drafts.draft_body(MA.actor, VISIT, PHONE)
    with pytest.raises(NotFound):
        await drafts.take_over(province, MA.actor, VISIT, TABLET)
    with pytest.raises(NotFound):
        await drafts.discard_draft(province, MA.actor, VISIT, PHONE)
    assert await drafts.open_drafts(MA.actor) == ()
    assert await copies() == {(VISIT, PHONE, 1)}


async def test_a_visit_of_somebody_else_cannot_be_drafted(province):
    await send(province, a_submission())
    with pytest.raises(NotFound):
        await send_draft(province, MA, attempt=2, assignment=assignment_id(MA, "TS-0003"))


async def test_two_people_who_begin_under_one_id_at_once_do_not_share_it(province):
    theirs = {"assignment": assignment_id(MA, "TS-0003"), "device": TABLET}
    outcomes = await asyncio.gather(
        send_draft(province), send_draft(province, MA, **theirs), return_exceptions=True
    )
    assert sorted(type(each).__name__ for each in outcomes) == ["Kept", "NotFound"]
    assert len(await rows_of("draft_copy")) == 1


async def test_who_begins_under_an_id_while_another_does_is_told_it_is_not_there(
    province, monkeypatch
):
    find_copy = draft_copies.find_copy

    async def slower(visit, device):
        monkeypatch.setattr(draft_copies, "find_copy", find_copy)
        await send_draft(province)
        return await find_copy(visit, device)

    monkeypatch.setattr(draft_copies, "find_copy", slower)
    with pytest.raises(NotFound):
        await send_draft(province, MA, assignment=assignment_id(MA, "TS-0003"), device=TABLET)
    assert await copies() == {(VISIT, PHONE, 1)}


@pytest.mark.parametrize("assignment", ["none", assignment_id(MA, "TS-0003")])
async def test_an_assignment_that_is_not_ones_own_is_refused_with_its_place(province, assignment):
    with pytest.raises(DraftRefused) as no:
        await send_draft(province, assignment=assignment)
    assert [(each.pointer, each.code) for each in no.value.faults] == [
        ("/assignment", "visit.assignment_unknown")
    ]


async def test_a_draft_stays_with_its_assignment(province):
    await send_draft(province)
    with pytest.raises(DraftRefused) as no:
        await send_draft(province, saves=2, assignment=assignment_id(LI, HALL))
    assert [each.code for each in no.value.faults] == ["draft.assignment_differs"]


async def test_a_cancelled_assignments_draft_is_still_kept(province):
    await run("UPDATE assignment SET state = 'cancelled'")
    await send_draft(province)
    assert await copies() == {(VISIT, PHONE, 1)}


async def test_only_inspectors_have_drafts(province):
    with pytest.raises(NotAllowed):
        await send_draft(province, SUN)
    with pytest.raises(NotAllowed):
        await drafts.open_drafts(SUN.actor)
