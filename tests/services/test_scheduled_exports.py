"""Exports that make themselves: once for each due time, as their owner may, never in silence."""

import asyncio
import hashlib
from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from inspection.domain.refusals import DiskFull, NotAllowed, NotFound, NotSignedIn
from inspection.domain.refusals.scheduled_exports import (
    ScheduledExportsTooMany,
    ScheduledExportUnfit,
)
from inspection.domain.scheduled_export import (
    KEPT,
    MOST,
    Beat,
    ExportOf,
    FileFormat,
    RunState,
    Timing,
)
from inspection.jobs import scheduled_exports as export_jobs
from inspection.jobs.kinds import KINDS
from inspection.persistence import jobs
from inspection.persistence.engine import tx
from inspection.persistence.statements import run
from inspection.services import scheduled_export_files, scheduled_export_work
from inspection.services.people import accounts
from inspection.services.scheduled_export_runs import leave_run
from inspection.services.scheduled_export_work import give_up, make_export, start_due_exports
from inspection.services.scheduled_exports import (
    ScheduledExportGiven,
    add_scheduled_export,
    ask_for_file,
    delete_scheduled_export,
    pause_scheduled_export,
    scheduled_export_list,
    scheduled_file,
)
from tests.cast import (
    CHEN,
    CHENGGUAN,
    GUO,
    LI,
    QINZHOU,
    REGION_PATHS,
    SUN,
    TIANSHUI,
    WANG,
    ZHAO,
)
from tests.rankable import Result, published
from tests.receiving import rows_of
from tests.rectifying import issued_lines

MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
"""The first due time: eight in the morning in China."""

GIVEN = ScheduledExportGiven(
    name=" 每周排名 ",
    what=ExportOf.RANKING,
    format=FileFormat.CSV,
    timing=Timing(Beat.WEEKLY, 1, 8),
    store_kind="customer_club",
)


async def scheduled(tools, person=WANG, **changed):
    """A scheduled export; its id."""
    before = {row["id"] for row in await rows_of("scheduled_export")}
    await add_scheduled_export(tools, person.actor, msgspec.structs.replace(GIVEN, **changed))
    (id,) = {row["id"] for row in await rows_of("scheduled_export")} - before
    return id


async def the_only(tools, person=WANG):
    (shown,) = await scheduled_export_list(tools, person.actor)
    return shown


async def worked(tools, *names):
    """What the worker does with the jobs there are."""
    bench = type("Bench", (), {"tools": tools})()
    for name in names:
        (kind,) = [kind for kind in KINDS if kind.name == name]
        if kind.minutes or kind.daily:
            await kind.run(bench, None)
        for job in await jobs.claim(tools.now(), timedelta(minutes=1), (name,), 20):
            await kind.run(bench, job)
            await jobs.finish(job, tools.now())


async def made(tools, clock):
    """The day comes."""
    clock.time = max(clock.time, MONDAY)
    await worked(tools, export_jobs.DUE, export_jobs.KIND)


async def said(table, column):
    return [row[column] for row in await rows_of(table, "id" if table != "audit_event" else "seq")]


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


async def test_everything_there_is_can_be_exported(province, clock):
    await issued_lines(province)
    await published(province, Result(store="here", total=9000))
    for what in ExportOf:
        for format in FileFormat:
            await scheduled(province, what=what, format=format, region=CHENGGUAN)
    await made(province, clock)
    shown = await scheduled_export_list(province, WANG.actor)
    assert len(shown) == 2 * len(ExportOf)
    for each in shown:
        (found,) = each.runs
        assert (each.row.what, found.state, found.fault) == (each.row.what, RunState.MADE, "")
        assert found.region_path == REGION_PATHS[CHENGGUAN]
        file = await scheduled_file(province, WANG.actor, each.row.id, found.id)
        begins = b"PK" if each.row.format is FileFormat.XLSX else b"\xef\xbb\xbf"
        assert file.content.startswith(begins)


async def test_nothing_to_tell_is_told(province, clock):
    for what in (ExportOf.LINES, ExportOf.NOTICES):
        await scheduled(province, what=what, store_kind="storefront")
    await made(province, clock)
    await run("UPDATE round SET state = 'draft'")
    for what in (ExportOf.UNITS, ExportOf.LINES, ExportOf.SCORECARD):
        id = await scheduled(province, what=what)
        await ask_for_file(province, WANG.actor, id)
    await worked(province, export_jobs.KIND)
    states = [s.runs[0].state for s in await scheduled_export_list(province, WANG.actor)]
    assert states == [RunState.EMPTY] * 5
    assert await said("inbox_message", "kind") == ["export.empty"] * 5
    last = (await scheduled_export_list(province, WANG.actor))[-1]
    with pytest.raises(NotFound):
        await scheduled_file(province, WANG.actor, last.row.id, last.runs[0].id)


@pytest.mark.parametrize("what", [ExportOf.UNITS, ExportOf.SCORECARD])
async def test_figures_of_nobody_are_nothing(province, what):
    await run("UPDATE assignment SET state = 'cancelled'")
    id = await scheduled(province, what=what)
    await ask_for_file(province, WANG.actor, id)
    await worked(province, export_jobs.KIND)
    assert (await the_only(province)).runs[0].state is RunState.EMPTY


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


async def test_a_file_is_kept_for_thirty_days_also_beside_one_like_it(province, clock):
    one, other = await scheduled(province), await scheduled(province)
    await ask_for_file(province, WANG.actor, one)
    await worked(province, export_jobs.KIND)
    clock.go_on(hours=1)
    await ask_for_file(province, WANG.actor, other)
    await worked(province, export_jobs.KIND)
    shown = await scheduled_export_list(province, WANG.actor)
    runs = {each.row.id: each.runs[0] for each in shown}
    old, young = runs[one], runs[other]
    assert old.file_sha256 == young.file_sha256
    clock.go_on(days=KEPT.days, hours=-1)
    shown = await scheduled_export_list(province, WANG.actor)
    assert [each.runs[0].file_sha256 is None for each in shown if each.row.id == one] == [True]
    with pytest.raises(NotFound):
        await scheduled_file(province, WANG.actor, one, old.id)
    await worked(province, export_jobs.FORGET)
    assert (await scheduled_file(province, WANG.actor, other, young.id)).content
    await delete_scheduled_export(province, WANG.actor, other)
    await worked(province, export_jobs.FORGET)
    assert not await province.photos.has(young.file_sha256)


async def test_a_file_that_could_not_be_deleted_is_deleted_the_next_time(
    province, clock, monkeypatch
):
    id = await scheduled(province)
    await ask_for_file(province, WANG.actor, id)
    await worked(province, export_jobs.KIND)
    (found,) = (await the_only(province)).runs
    clock.go_on(days=KEPT.days)

    async def full(_):
        raise DiskFull

    with monkeypatch.context() as broken:
        broken.setattr(type(province.photos), "delete", lambda _, sha256: full(sha256))
        with pytest.raises(DiskFull):
            await worked(province, export_jobs.FORGET)
    assert await province.photos.has(found.file_sha256)
    await worked(province, export_jobs.FORGET)
    assert not await province.photos.has(found.file_sha256)


async def test_what_is_deleted_while_its_file_is_made_leaves_neither_file_nor_message(
    province, monkeypatch
):
    id = await scheduled(province)
    await ask_for_file(province, WANG.actor, id)
    make, kept = scheduled_export_work.made_file, []

    async def deleted_meanwhile(tools, actor, row):
        found = await make(tools, actor, row)
        await delete_scheduled_export(tools, WANG.actor, id)
        kept.append(hashlib.sha256(found.content).hexdigest())
        return found

    monkeypatch.setattr(scheduled_export_work, "made_file", deleted_meanwhile)
    await worked(province, export_jobs.KIND)
    assert await rows_of("inbox_message") == []
    assert not await province.photos.has(kept[0])


async def test_of_two_workers_one_leaves_a_file(province, monkeypatch):
    id = await scheduled(province)
    await ask_for_file(province, WANG.actor, id)
    (found,) = (await the_only(province)).runs
    make, kept = scheduled_export_work.made_file, []

    async def unlike_any_other(tools, actor, row):
        made = await make(tools, actor, row)
        content = b"%d %s" % (len(kept), made.content)
        kept.append(hashlib.sha256(content).hexdigest())
        return msgspec.structs.replace(made, content=content)

    monkeypatch.setattr(scheduled_export_work, "made_file", unlike_any_other)
    await asyncio.gather(*(make_export(province, found.id) for _ in range(2)))
    (ended,) = (await the_only(province)).runs
    there = [sha256 for sha256 in kept if await province.photos.has(sha256)]
    assert there == [ended.file_sha256]


async def test_it_is_its_owners_alone_for_as_long_as_they_may(province):
    id = await scheduled(province)
    await ask_for_file(province, WANG.actor, id)
    await worked(province, export_jobs.KIND)
    (found,) = (await the_only(province)).runs
    for stranger in (GUO, SUN, ZHAO):
        assert await scheduled_export_list(province, stranger.actor) == ()
        with pytest.raises(NotFound):
            await scheduled_file(province, stranger.actor, id, found.id)
    with pytest.raises(NotFound):
        await scheduled_file(province, WANG.actor, id, "nobody's")
    for person in (LI, CHEN):
        with pytest.raises(NotAllowed):
            await scheduled_export_list(province, person.actor)
    moved = msgspec.structs.replace(WANG.actor, region_path=REGION_PATHS[TIANSHUI])
    with pytest.raises(NotFound):
        await scheduled_file(province, moved, id, found.id)
    assert await scheduled_file(province, WANG.actor, id, found.id)


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
