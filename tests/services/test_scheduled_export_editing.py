"""Exports that make themselves, changed: from the next file on, and no due time lost or doubled."""

import asyncio
import io
from datetime import timedelta

import msgspec
import pytest
from python_calamine import CalamineWorkbook

from inspection.domain.access import Role
from inspection.domain.refusals import NotAllowed, NotFound
from inspection.domain.refusals.scheduled_exports import ScheduledExportUnfit
from inspection.domain.scheduled_export import Beat, ExportOf, FileFormat, RunState, Timing
from inspection.jobs import scheduled_exports as export_jobs
from inspection.persistence.audit import audit
from inspection.persistence.statements import run
from inspection.services.scheduled_export_work import make_export, start_due_exports
from inspection.services.scheduled_exports import (
    ask_for_file,
    delete_scheduled_export,
    edit_scheduled_export,
    own_scheduled_export,
    pause_scheduled_export,
    scheduled_file,
)
from tests.cast import CHEN, CHENGGUAN, GUO, QINZHOU, REGION_PATHS, WANG
from tests.rankable import Result, published
from tests.receiving import rows_of
from tests.services.exporting import GIVEN, MONDAY, scheduled, the_only, worked

TUESDAY = Timing(Beat.WEEKLY, 2, 9)


async def edit(tools, id, by=WANG, **changed):
    await edit_scheduled_export(tools, by.actor, id, msgspec.structs.replace(GIVEN, **changed))


async def the_file(tools, id):
    """What asking for a file makes; its run."""
    await ask_for_file(tools, WANG.actor, id)
    await worked(tools, export_jobs.KIND)
    return (await the_only(tools)).runs[0]


async def test_everything_of_it_can_be_changed_and_the_log_says_what(province):
    id = await scheduled(province)
    await edit(
        province,
        id,
        name=" 月报 ",
        what=ExportOf.SCORECARD,
        format=FileFormat.XLSX,
        timing=Timing(Beat.MONTHLY, 31, 17),
        store_kind="",
        region=CHENGGUAN,
    )
    row = (await the_only(province)).row
    assert (row.name, row.what, row.format) == ("月报", ExportOf.SCORECARD, FileFormat.XLSX)
    assert (row.store_kind, row.narrowed) == ("", REGION_PATHS[CHENGGUAN])
    assert row.timing == Timing(Beat.MONTHLY, 31, 17)
    assert row.next_at == MONDAY + timedelta(days=7, hours=9)
    event = (await audit.events_of("scheduled_export", id))[-1]
    assert event.action == "scheduled_export.edit"
    for words in (
        '"what":["ranking","scorecard"]',
        '"beat":["weekly","monthly"]',
        '"region":[null',
    ):
        assert words in event.body


async def test_the_same_again_changes_nothing(province):
    id = await scheduled(province)
    await edit(province, id)
    assert len(await audit.events_of("scheduled_export", id)) == 1


async def test_a_time_that_has_come_is_made_once_as_it_is_asked_for_now(province, clock):
    await published(province, Result(store="here", total=9000))
    id = await scheduled(province)
    clock.time = MONDAY + timedelta(minutes=2)
    await edit(province, id, what=ExportOf.UNITS, timing=TUESDAY)
    await asyncio.gather(*(start_due_exports(province) for _ in range(2)))
    (found,) = await rows_of("export_run")
    await asyncio.gather(*(make_export(province, found["id"]) for _ in range(2)))
    shown = await the_only(province)
    assert [(each.due_at, each.what) for each in shown.runs] == [(MONDAY, ExportOf.UNITS)]
    assert shown.row.next_at == MONDAY + timedelta(days=1, hours=1)
    await edit(province, id, what=ExportOf.UNITS)
    assert (await the_only(province)).row.next_at == MONDAY + timedelta(days=7)
    assert len(await rows_of("export_run")) == 1


async def test_the_worker_and_an_edit_at_the_same_moment_make_it_once(province, clock):
    id = await scheduled(province)
    clock.time = MONDAY
    await asyncio.gather(
        start_due_exports(province), edit(province, id, timing=TUESDAY), start_due_exports(province)
    )
    assert len(await rows_of("export_run")) == 1
    assert (await the_only(province)).row.timing == TUESDAY


async def test_what_is_due_stays_due_when_only_its_contents_change(province, clock):
    id = await scheduled(province)
    clock.time = MONDAY
    await edit(province, id, what=ExportOf.UNITS)
    assert (await the_only(province)).row.next_at == MONDAY
    assert await start_due_exports(province) == 1


async def test_one_that_rests_goes_on_resting(province, clock):
    id = await scheduled(province)
    await pause_scheduled_export(province, WANG.actor, id, paused=True)
    clock.time = MONDAY
    await edit(province, id, timing=TUESDAY)
    shown = await the_only(province)
    assert (shown.row.paused, shown.runs) == (True, ())
    assert await start_due_exports(province) == 0


@pytest.mark.parametrize("noted", [True, False])
async def test_a_file_made_before_is_for_who_may_read_what_is_in_it(province, noted):
    await published(province, Result(store="here", total=9000))
    id = await scheduled(province)
    found = await the_file(province, id)
    if not noted:
        # As it was made before files said what is in them.
        await run("UPDATE export_run SET what = NULL")
    await edit(province, id, what=ExportOf.NOTICES)
    (again,) = (await the_only(province)).runs
    assert again == found
    assert found.what is ExportOf.RANKING
    assert (await scheduled_file(province, WANG.actor, id, found.id)).content
    staff = msgspec.structs.replace(WANG.actor, role=Role.STORE_STAFF)
    with pytest.raises(NotAllowed):
        await scheduled_file(province, staff, id, found.id)


async def test_a_scorecard_has_its_gaps_and_its_card_on_two_sheets(province):
    await published(province, Result(store="here", total=9000))
    id = await scheduled(province, what=ExportOf.SCORECARD, format=FileFormat.XLSX)
    found = await the_file(province, id)
    assert (found.state, found.what) == (RunState.MADE, ExportOf.SCORECARD)
    file = await scheduled_file(province, WANG.actor, id, found.id)
    assert file.file_name == "scorecard-20261118.xlsx"
    book = CalamineWorkbook.from_filelike(io.BytesIO(file.content))
    gaps, card = (book.get_sheet_by_name(name).to_python() for name in book.sheet_names)
    assert (gaps[-1][0], gaps[-1][2]) == ("合计", 90)
    assert [row[0] for row in card[1:]] == ["满分", "得分", "失分"]


async def test_it_is_changed_by_its_owner_within_reach(province):
    id = await scheduled(province)
    for person in (GUO, CHEN):
        with pytest.raises((NotFound, NotAllowed)):
            await edit(province, id, person, name="别人的")
        with pytest.raises((NotFound, NotAllowed)):
            await own_scheduled_export(person.actor, id)
    with pytest.raises(NotFound):
        await edit(province, id, region=QINZHOU)
    with pytest.raises(ScheduledExportUnfit):
        await edit(province, id, name=" ")
    assert (await own_scheduled_export(WANG.actor, id)).name == "每周排名"
    await delete_scheduled_export(province, WANG.actor, id)
    with pytest.raises(NotFound):
        await edit(province, id, name="没了")
