"""Complaints from a sheet: looked at first, written, overwritten and taken back."""

from datetime import date

from inspection.domain.bulletins.bulletin import BulletinKind
from inspection.domain.bulletins.bulletin_snapshot import ComplaintRow
from inspection.domain.imports.sheet_import import ImportNoun, Outcome
from inspection.persistence.audit import audit
from inspection.persistence.bulletins import complaints
from inspection.persistence.statements import run
from inspection.services.bulletins.bulletin_access import said_in
from inspection.services.imports import import_files
from inspection.services.imports.complaint_import import kept_complaints
from inspection.services.imports.import_undoing import undo_import
from tests.cast import CLUB, GUO, LANZHOU, QINZHOU_CLUB, ROUND, TIANSHUI, WANG
from tests.importing import BRANCH_ADMIN, checked, detail
from tests.importing import COMPLAINT_HEAD as HEAD
from tests.importing import counted as sent
from tests.reporting import a_published

COMPLAINT = ImportNoun.COMPLAINT
NOW = ("2026-11-17", LANZHOU, "热线", "5")
AT_STORE = ("2026-11-16", CLUB, "营业厅", "2")
BEFORE = ("2026-11-03", TIANSHUI, "热线", "7")
YEAR_AGO = ("2025-11-10", LANZHOU, "热线", "9")


async def rows_now():
    rows = await run("SELECT place, channel, n FROM complaint_count ORDER BY week, place")
    return [(row["place"], row["channel"], row["n"]) for row in rows]


async def test_nothing_is_written_before_somebody_looked(province):
    id = await checked(province, NOW, BEFORE, noun=COMPLAINT, head=HEAD)
    found = await detail(province, id, Outcome.NEW)
    assert [row.code for row in found.rows] == [
        f"2026-11-16 {LANZHOU} 热线",
        f"2026-11-02 {TIANSHUI} 热线",
    ]
    assert await rows_now() == []


async def test_counts_are_written_overwritten_and_taken_back(province):
    await sent(province, NOW, AT_STORE)
    second = await sent(province, (*NOW[:3], "6"), AT_STORE, BEFORE)
    found = await detail(province, second, Outcome.CHANGED)
    assert [(row.before["n"], row.after["n"]) for row in found.rows] == [(5, 6)]
    assert await rows_now() == [
        (TIANSHUI, "热线", 7),
        (LANZHOU, "热线", 6),
        (CLUB, "营业厅", 2),
    ]
    await undo_import(province, GUO.actor, second)
    assert await rows_now() == [(LANZHOU, "热线", 5), (CLUB, "营业厅", 2)]
    actions = [event.action for event in await audit.events_of("import", second)]
    assert actions == ["import.receive", "import.order", "import.write", "import.undo"]


async def test_a_channel_is_one_in_whichever_language_it_was_typed(province):
    await sent(province, NOW)
    in_english = (*NOW[:2], "Hotline", "6")
    await sent(province, in_english)
    assert await rows_now() == [(LANZHOU, "热线", 6)]
    twice = await checked(province, AT_STORE, in_english, NOW, noun=COMPLAINT, head=HEAD)
    (wrong,) = (await detail(province, twice, Outcome.FAULTY)).rows
    assert [(fault.code, fault.facts) for fault in wrong.faults] == [
        ("sheet.complaint_twice", {"line": 3})
    ]


async def test_what_lies_elsewhere_is_not_there(province):
    id = await checked(
        province,
        NOW,
        ("2026-11-16", QINZHOU_CLUB, "热线", "1"),
        ("2026-11-16", "nobodys", "热线", "1"),
        by=BRANCH_ADMIN,
        noun=COMPLAINT,
        head=HEAD,
    )
    found = await detail(province, id, Outcome.FAULTY, by=BRANCH_ADMIN)
    codes = [(row.line, fault.code) for row in found.rows for fault in row.faults]
    assert codes == [(3, "sheet.place_unknown"), (4, "sheet.place_unknown")]


async def test_a_file_with_other_columns_is_refused(province):
    id = await checked(province, ("1",), noun=COMPLAINT, head=("周",))
    assert (await detail(province, id)).rows == ()


async def test_the_template_filled_in_by_its_own_example_is_right(province):
    empty, notes = import_files.template(COMPLAINT)
    example = tuple(str(row[2]) for row in notes.rows)
    id = await checked(province, example, noun=COMPLAINT, head=empty.headings)
    assert (await detail(province, id)).found.added == 1


async def test_the_bulletin_adds_them_up_by_channel_and_city(province):
    await sent(province, NOW, AT_STORE, BEFORE, YEAR_AGO)
    said = said_in(await a_published(province))
    assert said is not None
    assert said.complaints is not None
    hotline = ComplaintRow(name="热线", days=5, month=12, year=12, year_before=9)
    hall = ComplaintRow(name="营业厅", days=2, month=2, year=2, year_before=0)
    assert said.complaints.channels == (hotline, hall)
    assert said.complaints.units == (
        ComplaintRow(name="兰州", days=7, month=7, year=7, year_before=9),
        ComplaintRow(name="天水", days=0, month=5 + 2, year=7, year_before=0),
    )
    assert said.complaints.whole.year == 14
    branch = said_in(await a_published(province, WANG))
    assert branch is not None
    assert branch.complaints is not None
    assert {row.name for row in branch.complaints.units} == {"城关区", "安宁区"}
    assert branch.complaints.whole.year == 7


async def test_what_is_added_up_ends_with_today_while_a_round_goes_on(province):
    await sent(province, NOW)
    await run("UPDATE round SET ends_on = ? WHERE code = ?", date(2026, 12, 19), ROUND)
    said = said_in(await a_published(province, kind=BulletinKind.ROUND, round=ROUND))
    assert said is not None
    assert said.complaints is not None
    assert (said.complaints.whole.days, said.complaints.whole.month) == (5, 5)


async def test_without_counts_there_is_no_such_part(province):
    said = said_in(await a_published(province))
    assert said is not None
    assert said.complaints is None
    assert await kept_complaints([]) == {}
    assert await complaints.counts_in(()) == ()
