"""Imports are checked and shown: nothing changes until somebody has looked, and everybody sees
their own part.
"""

import msgspec
import pytest

from inspection.domain.imports.sheet import LARGEST_SHEET
from inspection.domain.imports.sheet_import import Duplicates, ImportNoun, ImportState, Outcome
from inspection.domain.listing import ListAsked
from inspection.domain.refusals import (
    BodyTooLarge,
    MoveRefused,
    NotAllowed,
    NotFound,
    UploadMissing,
)
from inspection.persistence.org import org
from inspection.persistence.statements import run
from inspection.services.imports import import_files, import_work, imports
from inspection.services.imports.import_undoing import undo_import
from inspection.services.imports.imports import SentFile
from inspection.spreadsheets.writing import write_csv, write_xlsx
from inspection.wording import Language
from tests.cast import CHEN, CHENGGUAN, CLUB, GUO, HALL, QINZHOU, QINZHOU_CLUB, SUN
from tests.importing import (
    BAD,
    BRANCH_ADMIN,
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
    written,
)
from tests.sheet_texts import text_of


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
        (sheet(), "sheet.no_rows"),
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
