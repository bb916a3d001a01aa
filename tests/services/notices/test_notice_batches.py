"""Many notices at once: each in a transaction of its own, failures named, nothing done twice."""

import io
import zipfile
from datetime import timedelta

import pytest

from inspection.domain.notices.notice_batch import MOST, BatchEmpty, BatchKind, BatchState, RowState
from inspection.domain.refusals import MoveRefused, NotAllowed, NotFound
from inspection.jobs.kinds import KINDS
from inspection.persistence import jobs
from inspection.persistence.notices import notice_batches
from inspection.services.notices import notice_batch_work
from inspection.services.notices.notice_batch_work import forget_archives, work_on
from inspection.services.notices.notice_batches import (
    KEPT,
    batch_archive,
    batch_of,
    cancel_batch,
    start_batch,
)
from inspection.services.notices.notice_prints import keep_print
from inspection.services.notices.notice_results import LineEdit
from inspection.services.notices.notices import edit_notice, send_notice_back, submit_notice
from tests.cast import CHEN, CLUB, GUO, HALL, LI, SUN, WANG, ZHAO
from tests.receiving import rows_of
from tests.reviewing import a_draft, an_issued, another_assignment
from tests.services.notices.checked_notices import note, three_checked

EDIT = LineEdit(number=1, problem="门前脏乱", requirement="清扫", hours=48)


async def test_chosen_notices_are_signed_one_after_another_and_the_page_may_be_left(
    province, clock
):
    chosen = await three_checked(province)
    batch = await start_batch(province, WANG.actor, BatchKind.SIGN, (*chosen, chosen[0]))
    assert (await batch_of(WANG.actor, batch)).progress.steps == 0
    (job,) = await jobs.claim(clock(), timedelta(minutes=1), ("notice.batch",), 1)
    (kind,) = [kind for kind in KINDS if kind.name == "notice.batch"]
    await kind.run(type("Bench", (), {"tools": province})(), job)
    found = await batch_of(WANG.actor, batch)
    assert (found.row.state, found.done, found.failed) == (BatchState.DONE, 3, ())
    assert [each.number for each in found.members] == [f"甘移服整〔2026〕{n}号" for n in (1, 2, 3)]
    await work_on(province, batch, note)
    assert len(await rows_of("drawn_number", "id")) == 3


async def test_what_cannot_be_signed_is_named_and_holds_up_no_other(province):
    first, second, third = await three_checked(province)
    batch = await start_batch(province, WANG.actor, BatchKind.SIGN, (first, second, third))
    await send_notice_back(province, WANG.actor, second, "写清")
    await send_notice_back(province, WANG.actor, third, "写清")
    await edit_notice(province, SUN.actor, third, (EDIT,))
    await submit_notice(province, SUN.actor, third)
    await work_on(province, batch, note)
    found = await batch_of(WANG.actor, batch)
    assert [each.state for each in found.members] == [
        RowState.DONE,
        RowState.FAILED,
        RowState.FAILED,
    ]
    assert [each.fault for each in found.failed] == ["state.move_refused", "notice.draft_changed"]
    assert found.in_order[:2] == found.failed
    assert sorted(found.in_order, key=str) == sorted(found.members, key=str)


async def test_a_batch_goes_on_where_a_worker_that_died_left_it(province, monkeypatch):
    chosen = await three_checked(province)
    batch = await start_batch(province, WANG.actor, BatchKind.SIGN, chosen)

    async def dying(done, steps):
        raise RuntimeError

    with pytest.raises(RuntimeError):
        await work_on(province, batch, dying)
    await work_on(province, batch, note)
    assert (await batch_of(WANG.actor, batch)).done == 3


async def test_a_batch_that_is_stopped_leaves_the_rest_as_it_is(province):
    chosen = await three_checked(province)
    batch = await start_batch(province, WANG.actor, BatchKind.SIGN, chosen)

    async def stopping(done, steps):
        if done == 1:
            await cancel_batch(province, WANG.actor, batch)

    await work_on(province, batch, stopping)
    found = await batch_of(WANG.actor, batch)
    assert (found.row.state, found.done) == (BatchState.CANCELLED, 1)
    with pytest.raises(MoveRefused):
        await cancel_batch(province, WANG.actor, batch)
    await work_on(province, "nobody's", note)


async def an_archive(tools):
    """Two notices with PDFs and one without, and the batch of their archive."""
    signed = []
    for name in ("a", "b", "c"):
        assignment = await another_assignment(tools, LI, CLUB, name)
        signed.append(await an_issued(tools, name, assignment=assignment))
        if name != "c":
            await keep_print(tools, signed[-1].id, f"%PDF {name}".encode(), name * 64, 1)
    chosen = tuple(each.id for each in signed)
    return signed, await start_batch(tools, WANG.actor, BatchKind.ARCHIVE, chosen)


async def test_the_pdfs_are_one_archive(province):
    signed, batch = await an_archive(province)
    with pytest.raises(NotFound):
        await batch_archive(province, WANG.actor, batch)
    await work_on(province, batch, note)
    got = await batch_archive(province, WANG.actor, batch)
    with zipfile.ZipFile(io.BytesIO(got.content)) as archive:
        names = archive.namelist()
        assert [archive.read(name) for name in names] == [b"%PDF a", b"%PDF b"]
    assert all(each.number in name for each, name in zip(signed, names, strict=False))
    found = await batch_of(WANG.actor, batch)
    assert [each.fault for each in found.failed] == ["notice.not_printed_yet"]


async def test_an_archive_is_kept_for_a_week(province, clock):
    """It is named after the day it was asked for, as that day is counted in China."""
    clock.go_on(hours=16)
    _, batch = await an_archive(province)
    await work_on(province, batch, note)
    await forget_archives(province)
    got = await batch_archive(province, WANG.actor, batch)
    assert got.file_name == "notices-20261119.zip"
    clock.go_on(days=KEPT.days)
    with pytest.raises(NotFound):
        await batch_archive(province, WANG.actor, batch)
    (kind,) = [kind for kind in KINDS if kind.name == "notice_archive.forget"]
    await kind.run(type("Bench", (), {"tools": province})(), None)
    assert not await province.photos.has(got.sha256)


async def test_an_archive_of_nothing_is_none(province):
    signed = await an_issued(province)
    batch = await start_batch(province, WANG.actor, BatchKind.ARCHIVE, (signed.id,))
    await work_on(province, batch, note)
    found = await batch_of(WANG.actor, batch)
    assert (found.row.state, found.row.archive_sha256) == (BatchState.DONE, None)


async def test_a_batch_is_its_askers_and_of_what_they_reach(province, monkeypatch):
    signed = await an_issued(province)
    for chosen in ((), tuple(str(n) for n in range(MOST + 1))):
        with pytest.raises(BatchEmpty):
            await start_batch(province, WANG.actor, BatchKind.SIGN, chosen)
    with pytest.raises(NotFound):
        await start_batch(province, ZHAO.actor, BatchKind.ARCHIVE, (signed.id,))
    for person in (SUN, CHEN):
        with pytest.raises(NotAllowed):
            await start_batch(province, person.actor, BatchKind.SIGN, (signed.id,))
    batch = await start_batch(province, WANG.actor, BatchKind.ARCHIVE, (signed.id,))
    with pytest.raises(NotFound):
        await batch_of(GUO.actor, batch)

    async def nothing(_):
        return None

    monkeypatch.setattr(notice_batches, "lock_batch", nothing)
    with pytest.raises(NotFound):
        await cancel_batch(province, WANG.actor, batch)
    await notice_batch_work.work_on(province, batch, note)
    assert (await batch_of(WANG.actor, batch)).row.state is BatchState.RUNNING


async def test_chosen_stores_are_urged_once_a_day(province, clock):
    issued = await an_issued(province)
    draft = await a_draft(province, "draft", store=HALL, losses=("KH-E-01",))
    faults = []
    for kind in (BatchKind.URGE, BatchKind.URGE, BatchKind.ESCALATE):
        batch = await start_batch(province, WANG.actor, kind, (issued.id, draft))
        await work_on(province, batch, note)
        faults.append([each.fault for each in (await batch_of(WANG.actor, batch)).members])
    nothing = "notice.nothing_to_urge"
    assert faults == [["", nothing], ["notice.urged_today", nothing], [nothing, nothing]]
    clock.go_on(days=9)
    for kind in (BatchKind.URGE, BatchKind.ESCALATE):
        batch = await start_batch(province, WANG.actor, kind, (issued.id,))
        await work_on(province, batch, note)
        assert (await batch_of(WANG.actor, batch)).failed == ()
    told = [row["kind"] for row in await rows_of("notice_urge")]
    assert sorted(told) == ["above", "store", "store"]
    with pytest.raises(NotAllowed):
        await start_batch(province, SUN.actor, BatchKind.URGE, (issued.id,))
