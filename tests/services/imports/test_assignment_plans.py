from datetime import date

import pytest

from inspection.domain.refusals import NotFound
from inspection.persistence.audit import audit
from inspection.persistence.rounds import plans
from inspection.persistence.tables import Assignment, RoundRubric, Store
from inspection.services.imports.assignment_plans import import_assignments
from inspection.services.people.accounts import disable_account
from tests.cast import (
    ANNING_HALL,
    CLUB,
    EARLIER_ROUND,
    HALL,
    LI,
    MA,
    ROUND,
    WANG,
    round_id,
    store_id,
)

HEAD = "store,inspector,cover\n"


async def imported(tools, rows: str, code: str = ROUND):
    return await import_assignments(tools, code, (HEAD + rows).encode(), None)


async def found(tools, rows: str, code: str = ROUND) -> list[tuple[str, str]]:
    before = await Assignment.count()
    report = await imported(tools, rows, code)
    assert await Assignment.count() == before
    assert not report.written
    return [(fault.pointer, fault.code) for fault in report.faults]


async def test_a_visit_is_planned_within_the_days_of_the_round(tools, province):
    report = await imported(tools, f"{ANNING_HALL},ＬＩ,咨询套餐\n{CLUB},ma,\n")
    assert (report.added, report.written) == (2, True)
    (row,) = await Assignment.select().where(
        Assignment.inspector == LI.account, Assignment.store == store_id(ANNING_HALL)
    )
    assert (row["window_from"], row["window_to"]) == (date(2026, 11, 1), date(2026, 11, 30))
    assert (row["cover"], row["state"]) == ("咨询套餐", "open")
    assert row["rubric_version"] == (await plans.rubrics_of(round_id(ROUND)))["storefront"]
    (event,) = await audit.events_of("round", round_id(ROUND))
    assert (event.action, event.body) == ("assignment.import", '{"added":2}')


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (f"XX-1,{MA.sign_in},", ("/3/store", "sheet.store_unknown")),
        (f"{CLUB},nobody,", ("/3/inspector", "sheet.inspector_unknown")),
        (f"{CLUB},{WANG.sign_in},", ("/3/inspector", "sheet.inspector_role")),
        (f"{CLUB},{LI.sign_in},", ("/3", "sheet.pair_planned")),
        (f"{HALL},{MA.sign_in},", ("/3", "sheet.pair_twice")),
        (f"{CLUB},,", ("/3/inspector", "sheet.cell_empty")),
    ],
)
async def test_one_bad_row_keeps_all_out(tools, province, row, fault):
    assert await found(tools, f"{HALL},{MA.sign_in},\n{row}\n") == [fault]


async def test_nobody_goes_to_a_closed_store(tools, province):
    await Store.update({Store.state: "closed"}).where(Store.code == CLUB)
    assert await found(tools, f"{CLUB},ma,\n") == [("/2/store", "sheet.store_closed")]


async def test_a_disabled_inspector_goes_nowhere(tools, province):
    await disable_account(tools, MA.sign_in)
    assert await found(tools, f"{CLUB},ma,\n") == [("/2/inspector", "sheet.inspector_disabled")]


async def test_a_store_without_a_rubric_is_not_planned(tools, province):
    await RoundRubric.delete().where(RoundRubric.store_kind == "customer_club")
    assert await found(tools, f"{CLUB},ma,\n") == [("/2/store", "sheet.rubric_missing")]


async def test_a_locked_round_takes_no_visits(tools, province):
    assert await found(tools, f"{CLUB},ma,\n", EARLIER_ROUND) == [("/2", "sheet.round_locked")]


async def test_a_round_nobody_opened_takes_none(tools, province):
    with pytest.raises(NotFound):
        await imported(tools, f"{CLUB},ma,\n", "1999-01")
