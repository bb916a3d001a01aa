"""What came between a dry run and its writing is judged as it is."""

from inspection.domain.rescores.rescore_run import RescoreState
from inspection.persistence.audit import audit
from inspection.persistence.statements import run
from inspection.services.rescores import rescore_writing
from inspection.services.rescores.rescore_writing import WRITE, write_on
from inspection.services.rounds.round_plans import lock_round
from tests.cast import CLUB, LI, ROUND
from tests.receiving import rows_of, send
from tests.rescoring import (
    another_version,
    confirm,
    endings,
    first_version,
    found,
    published,
    several,
    tried,
    work,
    written,
)
from tests.reviewing import a_visit, another_assignment, send_back
from tests.submissions import a_submission, rubric_in


async def test_a_round_locked_in_between_keeps_what_it_has(province, monkeypatch):
    monkeypatch.setattr(rescore_writing, "PAGE", 1)
    monkeypatch.setattr(rescore_writing, "PAGES", 1)
    await several(province, ("KC-E-01",), ("KC-E-01",))
    rescore = await tried(province, await another_version(province))
    await confirm(province, rescore)
    await write_on(province, rescore, (await found(rescore)).job)
    await lock_round(province, ROUND)
    before = await rows_of("visit"), await rows_of("standing")
    await work(province, WRITE)
    assert (await rows_of("visit"), await rows_of("standing")) == before
    known = await found(rescore)
    assert known.state is RescoreState.STOPPED
    assert sorted(fate for fate, _ in (await endings(rescore)).values()) == ["locked", "written"]
    assert (await audit.events_of("rescore", rescore))[-1].action == "rescore.stop"


async def test_what_came_and_went_since_the_dry_run_is_judged_as_it_is(province):
    assignment = await another_assignment(province, LI, CLUB, "returned")
    returned = await a_visit(province, "returned", assignment=assignment)
    kept, _ = await published(province)
    rescore = await tried(province, await another_version(province))
    await send_back(province, returned)
    assignment = await another_assignment(province, LI, CLUB, "late")
    late = await a_visit(province, "late", assignment=assignment)
    await confirm(province, rescore)
    await work(province, WRITE)
    assert await endings(rescore) == {
        returned: ("gone", None),
        kept: ("written", 2),
        late: ("written", 2),
    }
    assert sum(row["late"] for row in await rows_of("rescore_line")) == 1


async def test_a_visit_sent_again_since_is_judged_by_what_it_says_now(province):
    visit = await a_visit(province)
    rescore = await tried(province, await another_version(province))
    await send_back(province, visit)
    again = a_submission(
        rubric_in(), losses=("KC-E-01", "KC-M-01", "KC-E-02"), visit=visit, attempt=2
    )
    await send(province, again)
    await confirm(province, rescore)
    await work(province, WRITE)
    (line,) = await rows_of("rescore_line")
    assert (line["fate"], bool(line["differs"])) == ("written", True)
    (row,) = await rows_of("visit")
    assert (row["attempt"], row["total"]) == (2, 9600)


async def test_a_visit_returned_after_it_was_rescored_is_judged_by_the_version_of_its_phone(
    province,
):
    visit = await a_visit(province)
    await written(province, await another_version(province))
    await send_back(province, visit)
    await send(province, a_submission(rubric_in(), losses=("KC-E-01",), visit=visit, attempt=2))
    (row,) = await rows_of("visit")
    assert (row["rubric_version"], row["total"]) == (first_version(), 9900)


async def test_flags_that_do_not_come_from_the_card_stay(province):
    visit = await a_visit(province)
    await run("""UPDATE visit SET flags = '["outside_window"]' WHERE id = ?""", visit)
    await written(province, await another_version(province))
    (row,) = await rows_of("visit")
    assert row["flags"] == '["outside_window"]'


async def test_what_is_gone_the_moment_it_is_held_is_passed_over(province, monkeypatch):
    visit, _ = await published(province)
    rescore = await tried(province, await another_version(province))
    await confirm(province, rescore)
    lock, missed = rescore_writing.rescore_visits.lock_visits, []

    async def too_late(wanted, places):
        if missed:
            return await lock(wanted, places)
        missed.append(places)
        return ()

    monkeypatch.setattr(rescore_writing.rescore_visits, "lock_visits", too_late)
    await work(province, WRITE)
    assert missed
    assert await endings(rescore) == {visit: ("written", 2)}
