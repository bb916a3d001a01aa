"""Files of exports that make themselves: what is in them, who fetches them, when they go."""

import asyncio
import hashlib

import msgspec
import pytest

from inspection.domain.refusals import DiskFull, NotAllowed, NotFound
from inspection.domain.scheduled_export import KEPT, ExportOf, FileFormat, RunState
from inspection.jobs import scheduled_exports as export_jobs
from inspection.persistence.statements import run
from inspection.services import scheduled_export_work
from inspection.services.scheduled_export_work import make_export
from inspection.services.scheduled_exports import (
    ask_for_file,
    delete_scheduled_export,
    scheduled_export_list,
    scheduled_file,
)
from tests.cast import CHEN, CHENGGUAN, GUO, LI, REGION_PATHS, SUN, TIANSHUI, WANG, ZHAO
from tests.rankable import Result, published
from tests.receiving import rows_of
from tests.rectifying import issued_lines
from tests.services.exporting import made, said, scheduled, the_only, worked


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
