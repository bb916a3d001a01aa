"""An import is ordered once, by whoever may, and written in one piece."""

import asyncio

import msgspec
import pytest

from inspection.domain.access import Role
from inspection.domain.imports.sheet_import import Duplicates, ImportState, Outcome
from inspection.domain.refusals import ImportFaulty, ImportNothing, MoveRefused
from inspection.persistence.audit import audit
from inspection.persistence.engine import tx
from inspection.persistence.imports import sheet_imports
from inspection.persistence.job_progress import progress_of
from inspection.persistence.org import org
from inspection.persistence.statements import run
from inspection.services.imports import import_work, imports
from inspection.services.imports.imports import SentFile
from inspection.services.imports.store_loading import import_stores
from tests.cast import GUO, HALL, PROVINCE, Person
from tests.importing import (
    BAD,
    HEAD,
    NEW,
    RENAMED,
    SAME,
    STORES,
    checked,
    counts,
    detail,
    sheet,
    silent,
    state,
    written,
)
from tests.makers import an_account
from tests.receiving import rows_of

XU = Person(sign_in="xu", name="许静", role=Role.ADMINISTRATOR, region=PROVINCE)


async def test_what_is_right_is_written_in_one_piece_and_logged(tools, province):
    id = await written(tools, NEW, RENAMED)
    stores = await org.stores_by_code()
    assert (stores["N-1"].name, stores[HALL].name) == ("新街营业厅", "改名营业厅")
    assert await state(tools, id) is ImportState.WRITTEN
    events = await audit.events_of("import", id)
    assert [event.action for event in events] == ["import.receive", "import.order", "import.write"]
    body = msgspec.json.decode(events[-1].body)
    assert (body["added"], body["updated"], body["file"]) == (1, 1, "门店清单.xlsx")
    assert events[-1].actor == GUO.account
    await import_work.write_import(tools, id, silent)
    await import_work.write_import(tools, "0" * 32, silent)
    assert len(await audit.events_of("import", id)) == 3


async def test_nothing_is_written_while_rows_are_faulty_unless_chosen(tools, province):
    id = await checked(tools, NEW, BAD)
    with pytest.raises(ImportFaulty):
        await imports.order_writing(tools, GUO.actor, id, Duplicates.OVERWRITE, only_right=False)
    assert await state(tools, id) is ImportState.CHECKED
    await imports.order_writing(tools, GUO.actor, id, Duplicates.OVERWRITE, only_right=True)
    await import_work.write_import(tools, id, silent)
    assert "N-1" in await org.stores_by_code()


async def test_rows_that_exist_may_be_left_as_they_are(tools, province):
    await written(tools, NEW, RENAMED, duplicates=Duplicates.SKIP)
    stores = await org.stores_by_code()
    assert stores[HALL].name == "城关盘旋路营业厅"
    assert "N-1" in stores


@pytest.mark.parametrize(("row", "how"), [(SAME, "overwrite"), (RENAMED, "skip"), (BAD, "skip")])
async def test_an_import_without_anything_to_write_is_not_ordered(tools, province, row, how):
    id = await checked(tools, row)
    with pytest.raises(ImportNothing):
        await imports.order_writing(tools, GUO.actor, id, Duplicates(how), only_right=True)


async def test_an_import_is_ordered_once(tools, province):
    id = await written(tools, NEW)
    with pytest.raises(MoveRefused):
        await imports.order_writing(tools, GUO.actor, id, Duplicates.SKIP, only_right=False)


async def test_data_that_changed_since_is_shown_again_before_anything_is_written(tools, province):
    id = await checked(tools, NEW, RENAMED)
    await imports.order_writing(tools, GUO.actor, id, Duplicates.OVERWRITE, only_right=False)
    other = ",".join(HEAD) + "\n" + ",".join((HALL, "别人改的名", *RENAMED[2:])) + "\n"
    await import_stores(tools, other.encode(), None, dry_run=False)
    await import_work.write_import(tools, id, silent)
    found = (await detail(tools, id)).found
    assert (found.state, found.drifted) == (ImportState.CHECKED, 1)
    assert "N-1" not in await org.stores_by_code()
    (row,) = (await detail(tools, id, Outcome.CHANGED)).rows
    assert row.before["name"] == "别人改的名"
    await imports.order_writing(tools, GUO.actor, id, Duplicates.OVERWRITE, only_right=False)
    await import_work.write_import(tools, id, silent)
    assert (await org.stores_by_code())[HALL].name == "改名营业厅"
    assert (await detail(tools, id)).found.drifted == 0


async def test_an_import_ordered_meanwhile_is_not_written_twice(tools, province):
    id = await checked(tools, NEW)
    await imports.order_writing(tools, GUO.actor, id, Duplicates.OVERWRITE, only_right=False)
    await asyncio.gather(*(import_work.write_import(tools, id, silent) for _ in range(3)))
    assert [event.action for event in await audit.events_of("import", id)].count(
        "import.write"
    ) == 1


async def test_a_file_is_not_checked_once_its_import_went_on(tools, province, monkeypatch):
    id = await imports.receive_import(tools, GUO.actor, STORES, SentFile("a.xlsx", sheet(NEW)))
    await asyncio.gather(*(import_work.check_import(tools, id, silent) for _ in range(2)))
    assert await counts(tools, id) == (1, 0, 0, 0)


async def test_the_work_says_how_far_it_is(tools, province):
    told = []

    async def note(done, steps):
        told.append((done, steps))

    id = await imports.receive_import(tools, GUO.actor, STORES, SentFile("a.xlsx", sheet(NEW)))
    assert (await detail(tools, id)).progress.is_over is False
    await import_work.check_import(tools, id, note)
    assert told == [(0, 4), (1, 4), (2, 4), (4, 4)]
    assert (await detail(tools, id)).progress is None
    assert await progress_of(f"import.check {id} 1") is not None


async def test_work_that_died_lets_go_of_its_import(tools, province):
    id = await imports.receive_import(tools, GUO.actor, STORES, SentFile("a.xlsx", sheet(NEW)))
    async with tx():
        await import_work.note_lost(id)
    assert await state(tools, id) is ImportState.REFUSED
    other = await checked(tools, NEW)
    await imports.order_writing(tools, GUO.actor, other, Duplicates.SKIP, only_right=False)
    async with tx():
        await import_work.note_lost(other)
        await import_work.note_lost(other)
        await import_work.note_lost("0" * 32)
    assert await state(tools, other) is ImportState.CHECKED


async def test_a_check_whose_import_went_on_meanwhile_keeps_nothing(tools, province, monkeypatch):
    id = await imports.receive_import(tools, GUO.actor, STORES, SentFile("a.xlsx", sheet(NEW)))

    async def gone(_):
        return None

    monkeypatch.setattr(sheet_imports, "lock_import", gone)
    await import_work.check_import(tools, id, silent)
    assert await rows_of("sheet_import_row") == []


async def test_a_writing_whose_import_went_on_meanwhile_writes_nothing(
    tools, province, monkeypatch
):
    id = await checked(tools, NEW)
    await imports.order_writing(tools, GUO.actor, id, Duplicates.SKIP, only_right=False)

    async def gone(_):
        return None

    monkeypatch.setattr(sheet_imports, "lock_import", gone)
    await import_work.write_import(tools, id, silent)
    assert "N-1" not in await org.stores_by_code()


async def ordered(tools, *, by) -> tuple[str, str]:
    """An import GUO sent and somebody else ordered; its id and what its job says."""
    id = await checked(tools, NEW)
    await imports.order_writing(tools, by.actor, id, Duplicates.OVERWRITE, only_right=False)
    (row,) = await run("SELECT payload FROM job WHERE kind = ?", import_work.WRITE)
    return id, msgspec.json.decode(row["payload"])["ordered_by"]


async def test_an_import_is_written_in_the_name_of_who_ordered_it(tools, province):
    await an_account(tools, XU)
    id, by = await ordered(tools, by=XU)
    assert by == XU.account
    await import_work.write_import(tools, id, silent, by)
    assert [event.actor for event in await audit.events_of("import", id)] == [
        GUO.account,
        XU.account,
        XU.account,
    ]


@pytest.mark.parametrize(
    "since",
    ["disabled_at = created_at", "role = 'reviewer'", "region_path = '/620000/620100/'"],
)
async def test_an_order_ends_with_the_right_to_give_it(tools, province, since):
    await an_account(tools, XU)
    id, by = await ordered(tools, by=XU)
    await run(f"UPDATE account SET {since} WHERE id = ?", XU.account)
    await import_work.write_import(tools, id, silent, by)
    assert "N-1" not in await org.stores_by_code()
    found = (await detail(tools, id)).found
    assert (found.state, "import.lapsed" in found.faults) == (ImportState.CHECKED, True)
    last = (await audit.events_of("import", id))[-1]
    assert (last.action, last.actor) == ("import.lapse", "")
    assert msgspec.json.decode(last.body) == {
        "changes": {"state": ["writing", "checked"]},
        "ordered_by": XU.account,
    }
    await imports.order_writing(tools, GUO.actor, id, Duplicates.OVERWRITE, only_right=False)
    assert (await detail(tools, id)).found.faults == "[]"
    await import_work.write_import(tools, id, silent, GUO.account)
    assert "N-1" in await org.stores_by_code()
