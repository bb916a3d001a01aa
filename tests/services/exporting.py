"""Exports that make themselves, made."""

from datetime import UTC, datetime, timedelta

import msgspec

from inspection.domain.scheduled_export import Beat, ExportOf, FileFormat, Timing
from inspection.jobs import scheduled_exports as export_jobs
from inspection.jobs.kinds import KINDS
from inspection.persistence import jobs
from inspection.services.scheduled_exports import (
    ScheduledExportGiven,
    add_scheduled_export,
    scheduled_export_list,
)
from tests.cast import WANG
from tests.receiving import rows_of

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
