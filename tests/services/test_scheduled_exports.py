"""Exports that make themselves: once for each due time, as their owner may, never in silence."""

import asyncio
from datetime import timedelta

import pytest

from inspection.domain.refusals import DiskFull, NotFound, NotSignedIn
from inspection.domain.refusals.scheduled_exports import (
    ScheduledExportsTooMany,
    ScheduledExportUnfit,
)
from inspection.domain.scheduled_export import MOST, Beat, ExportOf, RunState, Timing
from inspection.jobs import scheduled_exports as export_jobs
from inspection.jobs.kinds import KINDS
from inspection.persistence.engine import tx
from inspection.persistence.statements import run
from inspection.services import scheduled_export_files, scheduled_export_work
from inspection.services.people import accounts
from inspection.services.scheduled_export_runs import leave_run
from inspection.services.scheduled_export_work import give_up, make_export, start_due_exports
from inspection.services.scheduled_exports import (
    ask_for_file,
    delete_scheduled_export,
    pause_scheduled_export,
    scheduled_export_list,
    scheduled_file,
)
from tests.cast import CHENGGUAN, QINZHOU, REGION_PATHS, TIANSHUI, WANG
from tests.rankable import Result, published
from tests.receiving import rows_of
from tests.services.exporting import MONDAY, made, said, scheduled, the_only, worked


async def test_a_file_is_made_when_it_is_due_and_its_owner_fetches_it(province, clock):
    await published(
        province,
        Result(store="here", total=9000),
        Result(store="there", total=9500, region=QINZHOU),
    )
    id = await scheduled(province)
    assert (await the_only(province)).row.next_at == MONDAY
    await worked(province, export_jobs.DUE, export_jobs.KIND)
    assert (await the_only(province)).runs == ()
    await made(province, clock)
    shown = await the_only(province)
    (found,) = shown.runs
    assert (shown.row.name, shown.row.next_at) == ("每周排名", MONDAY + timedelta(days=7))
    assert (found.state, found.due_at, found.fault) == (RunState.MADE, MONDAY, "")
    file = await scheduled_file(province, WANG.actor, id, found.id)
    text = file.content.decode("utf-8-sig")
    assert (len(text.splitlines()), "门店here" in text, "门店there" in text) == (
        found.row_count + 1,
        True,
        False,
    )
    assert file.file_name == "ranking-20261123.csv"
    actions = [a for a in await said("audit_event", "action") if a.startswith("scheduled_export")]
    assert actions == ["scheduled_export.add", "scheduled_export.make", "scheduled_export.export"]
    told = [(row["account"], row["kind"]) for row in await rows_of("inbox_message")]
    assert told == [(WANG.account, "export.made")]


async def test_a_due_time_is_made_once_and_what_was_missed_once(province, clock, monkeypatch):
    id = await scheduled(province)
    clock.time = MONDAY + timedelta(days=15)
    await asyncio.gather(*(start_due_exports(province) for _ in range(3)))
    (found,) = await rows_of("export_run")
    assert (await the_only(province)).row.next_at == MONDAY + timedelta(days=21)
    await asyncio.gather(*(make_export(province, found["id"]) for _ in range(2)))
    assert await said("inbox_message", "kind") == ["export.made"]
    async with tx():
        assert not await leave_run(province, id, MONDAY, found["key"])

    async def seen_twice(_):
        return id, id, "nobody's"

    clock.go_on(days=7)
    monkeypatch.setattr(
        scheduled_export_work.scheduled_exports, "due_scheduled_exports", seen_twice
    )
    assert await start_due_exports(province) == 1


async def test_another_worker_that_was_quicker_counts(province, monkeypatch):
    id = await scheduled(province)
    await ask_for_file(province, WANG.actor, id)
    (found,) = await rows_of("export_run")
    really = scheduled_export_files.made_file

    async def slowly(*asked):
        monkeypatch.setattr(scheduled_export_work, "made_file", really)
        await make_export(province, found["id"])
        return await really(*asked)

    monkeypatch.setattr(scheduled_export_work, "made_file", slowly)
    await make_export(province, found["id"])
    assert await said("inbox_message", "kind") == ["export.made"]


async def test_it_is_made_with_what_its_owner_may_then(province, clock):
    id = await scheduled(province, region=CHENGGUAN)
    moved = "UPDATE account SET region_path = ? WHERE id = ?"
    await run(moved, REGION_PATHS[TIANSHUI], WANG.account)
    await made(province, clock)
    (found,) = (await the_only(province)).runs
    assert (found.state, "scheduled_export.out_of_reach" in found.fault) == (RunState.FAILED, True)
    assert await said("inbox_message", "kind") == ["export.failed"]
    clock.go_on(hours=1)
    await ask_for_file(province, WANG.actor, id)
    await run("UPDATE account SET role = 'store_staff' WHERE id = ?", WANG.account)
    await worked(province, export_jobs.KIND)
    assert "access.forbidden" in (await the_only(province)).runs[0].fault


async def test_whatever_keeps_its_page_from_being_read_is_the_reason(province, clock, monkeypatch):
    id = await scheduled(province)

    async def missing(*_):
        raise NotFound(noun="rubric")

    async def full(*_):
        raise DiskFull

    monkeypatch.setitem(scheduled_export_files._EXPORTS, ExportOf.RANKING, missing)
    await ask_for_file(province, WANG.actor, id)
    await ask_for_file(province, WANG.actor, id)
    await worked(province, export_jobs.KIND)
    (found,) = (await the_only(province)).runs
    assert '"noun":"rubric"' in found.fault
    monkeypatch.setitem(scheduled_export_files._EXPORTS, ExportOf.RANKING, full)
    clock.go_on(hours=1)
    await ask_for_file(province, WANG.actor, id)
    with pytest.raises(DiskFull):
        await worked(province, export_jobs.KIND)
    assert (await the_only(province)).runs[0].state is RunState.ASKED


async def test_what_no_try_could_make_is_told(province):
    id = await scheduled(province)
    await ask_for_file(province, WANG.actor, id)
    (found,) = (await the_only(province)).runs
    (kind,) = [kind for kind in KINDS if kind.name == export_jobs.KIND]
    job = type("Job", (), {"read": lambda _, shape: shape(found.id)})()
    for _ in range(2):
        async with tx():
            await kind.buried(type("Bench", (), {"tools": province})(), job)
    assert "scheduled_export.broken" in (await the_only(province)).runs[0].fault
    assert await said("inbox_message", "kind") == ["export.failed"]
    async with tx():
        await give_up(province, "nobody's")


async def test_it_stops_with_its_owner(province, clock):
    id = await scheduled(province)
    await ask_for_file(province, WANG.actor, id)
    await accounts.disable_account(province, WANG.sign_in)
    await made(province, clock)
    shown = await the_only(province)
    assert (shown.row.paused, len(shown.runs)) == (True, 1)
    assert "scheduled_export.owner_gone" in shown.runs[0].fault
    assert "scheduled_export.stop" in await said("audit_event", "action")
    with pytest.raises(NotSignedIn):
        await scheduled(province)


async def test_it_rests_goes_on_and_ends(province, clock):
    id = await scheduled(province)
    for _ in range(2):
        await pause_scheduled_export(province, WANG.actor, id, paused=True)
    await made(province, clock)
    assert (await the_only(province)).runs == ()
    clock.go_on(days=1)
    await pause_scheduled_export(province, WANG.actor, id, paused=False)
    assert (await the_only(province)).row.next_at == MONDAY + timedelta(days=7)
    await ask_for_file(province, WANG.actor, id)
    (found,) = (await the_only(province)).runs
    await delete_scheduled_export(province, WANG.actor, id)
    await worked(province, export_jobs.KIND)
    assert await scheduled_export_list(province, WANG.actor) == ()
    with pytest.raises(NotFound):
        await scheduled_file(province, WANG.actor, id, found.id)
    actions = [a for a in await said("audit_event", "action") if a.startswith("scheduled_export")]
    assert [action.partition(".")[2] for action in actions] == [
        *("add", "pause", "resume", "ask", "delete"),
    ]


async def test_what_cannot_be_scheduled(province):
    for unfit in (
        {"name": " "},
        {"timing": Timing(Beat.WEEKLY, 8, 8)},
        {"store_kind": "kiosk"},
    ):
        with pytest.raises(ScheduledExportUnfit):
            await scheduled(province, **unfit)
    for elsewhere in (QINZHOU, "999999"):
        with pytest.raises(NotFound):
            await scheduled(province, region=elsewhere)
    for _ in range(MOST):
        await scheduled(province)
    with pytest.raises(ScheduledExportsTooMany):
        await scheduled(province)
