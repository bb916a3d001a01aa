"""Imports: nothing changes until somebody has looked, and a day long it can be taken back."""

import asyncio

import msgspec
import pytest

from inspection.domain.access import Role
from inspection.domain.imports.sheet import LARGEST_SHEET
from inspection.domain.imports.sheet_import import Duplicates, ImportNoun, ImportState, Outcome
from inspection.domain.listing import ListAsked
from inspection.domain.refusals import (
    BodyTooLarge,
    ImportFaulty,
    ImportNothing,
    ImportTooOld,
    ImportUsed,
    MoveRefused,
    NotAllowed,
    NotFound,
    UploadMissing,
)
from inspection.domain.version import version_of
from inspection.persistence.audit import audit
from inspection.persistence.engine import tx
from inspection.persistence.engines.integrity import ReferenceBroken
from inspection.persistence.imports import sheet_imports
from inspection.persistence.job_progress import progress_of
from inspection.persistence.org import kept_regions, org
from inspection.persistence.statements import run
from inspection.services.imports import import_files, import_work, imports
from inspection.services.imports.import_undoing import undo_import
from inspection.services.imports.imports import SentFile
from inspection.services.imports.store_loading import import_stores
from inspection.services.org import region_editing
from inspection.spreadsheets.writing import write_csv, write_xlsx
from inspection.wording import Language
from tests.cast import (
    ANNING,
    ANNING_HALL,
    CHEN,
    CHENGGUAN,
    CLUB,
    GUO,
    HALL,
    LANZHOU,
    PROVINCE,
    QINZHOU,
    QINZHOU_CLUB,
    SUN,
    TIANSHUI,
    Person,
)
from tests.importing import (
    BAD,
    HEAD,
    NEW,
    RENAMED,
    SAME,
    STORES,
    checked,
    detail,
    sheet,
    silent,
    written,
)
from tests.makers import an_account
from tests.receiving import rows_of
from tests.sheet_texts import text_of

XU = Person(sign_in="xu", name="许静", role=Role.ADMINISTRATOR, region=PROVINCE)
BRANCH_ADMIN = msgspec.structs.replace(GUO, region=LANZHOU)


async def counts(tools, id) -> tuple[int, int, int, int]:
    found = (await detail(tools, id)).found
    return found.added, found.changed, found.unchanged, found.faulty


async def state(tools, id) -> ImportState:
    return (await detail(tools, id)).found.state


async def test_a_preview_says_what_each_row_would_do_and_changes_nothing(tools, province):
    before = await org.stores_by_code()
    id = await checked(tools, NEW, RENAMED, SAME, BAD)
    assert await counts(tools, id) == (1, 1, 1, 1)
    (bad,) = (await detail(tools, id)).rows
    assert (bad.line, bad.code, bad.name) == (5, "N-2", "某店")
    assert [(fault.column, fault.code) for fault in bad.faults] == [("kind", "sheet.kind_unknown")]
    (changed,) = (await detail(tools, id, Outcome.CHANGED)).rows
    assert (changed.before["name"], changed.after["name"]) == ("城关盘旋路营业厅", "改名营业厅")
    assert await org.stores_by_code() == before


async def test_a_check_done_twice_says_the_same(tools, province):
    id = await checked(tools, NEW)
    await import_work.check_import(tools, id, silent)
    await import_work.check_import(tools, "0" * 32, silent)
    assert await counts(tools, id) == (1, 0, 0, 0)


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


async def test_failed_rows_come_back_with_what_is_wrong_and_mended_they_go_in(tools, province):
    id = await checked(tools, NEW, BAD, ("坏 码", "=名", "营业厅", CHENGGUAN))
    found, rows = await imports.failed_rows(GUO.actor, id)
    table = import_files.failed_table(found.noun, rows, Language.ZH)
    assert table.headings == (
        "门店编码 code",
        "门店名称 name",
        "门店类型 kind",
        "区县编码 region",
        "问题 problem",
    )
    told = [row[-1] for row in table.rows]
    assert told[0] == "门店类型: 不认识的门店类型“大卖场”。请填“营业厅”或“客户俱乐部”。"
    assert "不是门店编码" in told[1]
    for content, name in ((write_xlsx(table), "a.xlsx"), (write_csv(table), "a.csv")):
        assert text_of(content, name).lines[2].cells[1] == "=名"
    mended = (
        write_csv(import_files.failed_table(found.noun, rows, Language.EN))
        .decode("utf-8-sig")
        .replace("大卖场", "营业厅")
        .replace("999999", CHENGGUAN)
    )
    mended = mended.replace("坏 码", "N-3")
    again = await written(tools, content=mended.encode())
    assert await counts(tools, again) == (2, 0, 0, 0)
    assert (await org.stores_by_code())["N-3"].name == "=名"


async def test_a_row_that_is_wrong_as_a_whole_says_so_without_a_column(tools, province):
    id = await checked(tools, (*NEW, "extra"))
    found, rows = await imports.failed_rows(GUO.actor, id)
    (row,) = import_files.failed_table(found.noun, rows, Language.EN).rows
    assert row[-1].startswith("more cells")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"PK\x03\x04", "sheet.broken"),
        (sheet(head=("门店编码",)), "sheet.column_missing"),
        (b"\n", "sheet.empty"),
    ],
)
async def test_a_file_that_cannot_be_read_is_refused_as_a_whole(tools, province, content, code):
    id = await checked(tools, content=content)
    found = (await detail(tools, id)).found
    assert found.state is ImportState.REFUSED
    assert msgspec.json.decode(found.faults)[0]["fault"]["code"] == code
    with pytest.raises(MoveRefused):
        await imports.order_writing(tools, GUO.actor, id, Duplicates.SKIP, only_right=True)


async def test_no_file_is_no_import(tools, province):
    for content, refusal in ((b"", UploadMissing), (b"x" * (LARGEST_SHEET + 1), BodyTooLarge)):
        with pytest.raises(refusal):
            await imports.receive_import(tools, GUO.actor, STORES, SentFile("a", content))


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


async def test_an_import_is_undone_as_a_whole(tools, province):
    before = await org.stores_by_code()
    id = await written(tools, NEW, RENAMED)
    assert (await detail(tools, id)).can_undo
    await undo_import(tools, GUO.actor, id)
    assert await org.stores_by_code() == before
    assert await state(tools, id) is ImportState.UNDONE
    with pytest.raises(MoveRefused):
        await undo_import(tools, GUO.actor, id)


async def test_only_what_was_written_is_undone(tools, province):
    id = await written(tools, NEW, RENAMED, duplicates=Duplicates.SKIP)
    other = ",".join(HEAD) + "\n" + ",".join((HALL, "别人改的名", *RENAMED[2:])) + "\n"
    await import_stores(tools, other.encode(), None, dry_run=False)
    await undo_import(tools, GUO.actor, id)
    stores = await org.stores_by_code()
    assert stores[HALL].name == "别人改的名"
    assert "N-1" not in stores


async def test_an_import_whose_rows_were_changed_since_stays(tools, province):
    id = await written(tools, NEW, RENAMED)
    other = ",".join(HEAD) + "\n" + ",".join((HALL, "别人改的名", *RENAMED[2:])) + "\n"
    await import_stores(tools, other.encode(), None, dry_run=False)
    await run("DELETE FROM store WHERE code = 'N-1'")
    with pytest.raises(ImportUsed) as refused:
        await undo_import(tools, GUO.actor, id)
    assert refused.value.facts == {"count": 2, "codes": f"N-1, {HALL}"}
    assert (await org.stores_by_code())[HALL].name == "别人改的名"


async def test_an_import_whose_rows_were_used_since_stays(tools, province):
    id = await written(tools, NEW)
    new = (await org.stores_by_code())["N-1"]
    await run("UPDATE account SET store = ? WHERE id = ?", new.id, CHEN.account)
    with pytest.raises(ImportUsed) as refused:
        await undo_import(tools, GUO.actor, id)
    assert refused.value.facts == {"count": 1, "codes": "N-1"}
    assert "N-1" in await org.stores_by_code()


async def test_what_nobody_thought_of_refers_to_keeps_an_import(tools, province, monkeypatch):
    async def broken(*_):
        raise ReferenceBroken(HALL)

    id = await written(tools, NEW)
    monkeypatch.setattr(org, "remove_stores", broken)
    with pytest.raises(ImportUsed):
        await undo_import(tools, GUO.actor, id)
    assert await state(tools, id) is ImportState.WRITTEN


async def test_after_a_day_an_import_stays(tools, province, clock):
    id = await written(tools, NEW)
    clock.go_on(hours=24)
    assert not (await detail(tools, id)).can_undo
    with pytest.raises(ImportTooOld):
        await undo_import(tools, GUO.actor, id)


async def test_a_move_is_written_noted_and_undone(tools, province):
    moved = (HALL, "城关盘旋路营业厅", "营业厅", ANNING)
    id = await written(tools, moved)
    assert (await org.stores_by_code())[HALL].region_path.endswith(f"{ANNING}/")
    await undo_import(tools, GUO.actor, id)
    store = (await org.stores_by_code())[HALL]
    assert store.region_path.endswith(f"{CHENGGUAN}/")
    events = await audit.events_of("store", store.id)
    assert [event.action for event in events] == ["store.move", "store.move"]


async def moved_region(tools, code, parent):
    seen = version_of(await kept_regions.find_kept(code))
    await region_editing.move_region(tools, GUO.actor, code, parent, seen)


async def test_a_store_goes_back_below_its_region_where_that_is_now(tools, province):
    id = await written(tools, NEW, (HALL, "盘旋路新名", "营业厅", ANNING))
    await moved_region(tools, CHENGGUAN, TIANSHUI)
    await undo_import(tools, GUO.actor, id)
    stores = await org.stores_by_code()
    assert "N-1" not in stores
    assert stores[HALL].name == "城关盘旋路营业厅"
    assert stores[HALL].region_path == f"/{PROVINCE}/{TIANSHUI}/{CHENGGUAN}/"
    assert stores[CLUB].region_path == stores[HALL].region_path


async def test_a_store_whose_own_region_moved_since_is_given_back_its_name(tools, province):
    id = await written(tools, RENAMED)
    await moved_region(tools, CHENGGUAN, TIANSHUI)
    await undo_import(tools, GUO.actor, id)
    store = (await org.stores_by_code())[HALL]
    assert (store.name, store.region_path) == (
        "城关盘旋路营业厅",
        f"/{PROVINCE}/{TIANSHUI}/{CHENGGUAN}/",
    )


async def test_a_store_goes_back_into_no_region_that_closed_or_left(tools, province):
    move = (ANNING_HALL, "安宁西路营业厅", "营业厅", CHENGGUAN)
    id = await written(tools, move, by=BRANCH_ADMIN)
    await moved_region(tools, ANNING, TIANSHUI)
    with pytest.raises(ImportUsed) as refused:
        await undo_import(tools, BRANCH_ADMIN.actor, id)
    assert refused.value.facts == {"count": 1, "codes": ANNING_HALL}
    await run("UPDATE region SET state = 'closed' WHERE code = ?", ANNING)
    with pytest.raises(ImportUsed):
        await undo_import(tools, GUO.actor, id)
    await run("UPDATE region SET state = 'open' WHERE code = ?", ANNING)
    await undo_import(tools, GUO.actor, id)
    store = (await org.stores_by_code())[ANNING_HALL]
    assert store.region_path == f"/{PROVINCE}/{TIANSHUI}/{ANNING}/"


async def test_a_region_that_moves_while_an_import_is_undone_takes_the_store_along(tools, province):
    id = await written(tools, (HALL, "城关盘旋路营业厅", "营业厅", ANNING))
    await asyncio.gather(
        undo_import(tools, GUO.actor, id), moved_region(tools, CHENGGUAN, TIANSHUI)
    )
    regions, stores = await org.regions_by_code(), await org.stores_by_code()
    assert stores[HALL].region == regions[CHENGGUAN].id
    assert stores[HALL].region_path == regions[CHENGGUAN].path
    assert regions[CHENGGUAN].path == f"/{PROVINCE}/{TIANSHUI}/{CHENGGUAN}/"


async def test_rows_outside_the_administrators_part_of_the_tree_are_faults(tools, province):
    foreign = ("N-4", "外地店", "营业厅", QINZHOU)
    taken = (QINZHOU_CLUB, "抢来的店", "客户俱乐部", CHENGGUAN)
    id = await checked(tools, NEW, foreign, taken, by=BRANCH_ADMIN)
    rows = (await detail(tools, id, Outcome.FAULTY, by=BRANCH_ADMIN)).rows
    assert [[(f.column, f.code) for f in row.faults] for row in rows] == [
        [("region", "sheet.region_foreign")],
        [("code", "sheet.code_taken")],
    ]


async def test_a_store_with_results_keeps_its_kind(tools, province):
    id = await checked(tools, (HALL, "城关盘旋路营业厅", "客户俱乐部", CHENGGUAN))
    (row,) = (await detail(tools, id)).rows
    assert [(fault.column, fault.code) for fault in row.faults] == [("kind", "store.kind_pinned")]


async def test_a_closed_region_takes_no_new_stores(tools, province):
    await run("UPDATE region SET state = 'closed' WHERE code = ?", CHENGGUAN)
    id = await checked(tools, NEW, RENAMED)
    assert await counts(tools, id) == (0, 1, 0, 1)


async def test_who_may_see_and_do_what(tools, province):
    id = await checked(tools, NEW)
    foreign = msgspec.structs.replace(GUO, region=QINZHOU).actor
    for actor, refusal in ((SUN.actor, NotAllowed), (CHEN.actor, NotAllowed), (foreign, NotFound)):
        with pytest.raises(refusal):
            await imports.import_detail(tools, actor, id, None, ListAsked())
        with pytest.raises(refusal):
            await undo_import(tools, actor, id)
        with pytest.raises(refusal):
            await imports.failed_rows(actor, id)
    with pytest.raises(NotFound):
        await imports.import_detail(tools, GUO.actor, "0" * 32, None, ListAsked())


async def test_the_list_shows_ones_own_part_of_the_tree(tools, province, clock):
    own = await checked(tools, NEW, by=BRANCH_ADMIN)
    clock.go_on(minutes=1)
    whole = await checked(tools, NEW)
    branch = await imports.import_list(BRANCH_ADMIN.actor, ListAsked())
    assert [row.id for row in branch.rows] == [own]
    everything = await imports.import_list(GUO.actor, ListAsked())
    assert [row.id for row in everything.rows] == [whole, own]
    assert everything.rows[0].who == GUO.name
    assert (await imports.import_list(GUO.actor, ListAsked(q="没有"))).total == 0


async def test_rows_are_searched_and_paged(tools, province):
    rows = [(f"P-{n}", f"店{n}", "营业厅", CHENGGUAN) for n in range(60)]
    id = await checked(tools, *rows)
    first = await detail(tools, id)
    assert (len(first.rows), first.total) == (50, 60)
    second = await detail(tools, id, cursor=first.next_cursor)
    assert [row.code for row in second.rows] == [f"P-{n}" for n in range(50, 60)]
    assert [row.code for row in (await detail(tools, id, q="店59")).rows] == ["P-59"]


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


async def test_a_template_explains_every_column(tools, province):
    for noun in ImportNoun:
        empty, notes = import_files.template(noun)
        kind = import_work.KINDS[noun]
        assert len(empty.headings) == len(kind.columns) == len(notes.rows)
        line = text_of(write_csv(empty)).lines[0].cells
        assert line == empty.headings
        assert all(all(row[2:]) or row[1] == "" for row in notes.rows)


async def test_a_template_filled_in_by_its_own_example_is_right(tools, province):
    empty, notes = import_files.template(ImportNoun.STORE)
    example = tuple(str(row[2]) for row in notes.rows)
    id = await checked(tools, example, head=empty.headings)
    assert await counts(tools, id) == (1, 0, 0, 0)


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


async def test_a_store_everybody_knows_may_have_an_account(tools, province):
    kept = await import_work.KINDS[STORES].kept([CLUB, "N-9"])
    assert set(kept) == {CLUB}
    used = await import_work.KINDS[STORES].used(list(kept.values()))
    assert used == {CLUB}


async def test_the_same_features_spelled_otherwise_are_no_change(tools, province):
    spelled = '["queue_machine", "guest_wifi"]'
    await run("UPDATE store SET features = ? WHERE code = ?", spelled, CLUB)
    id = await checked(tools, (*SAME, "guest_wifi；queue_machine"), head=(*HEAD, "设施要求"))
    assert await counts(tools, id) == (0, 0, 1, 0)


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
