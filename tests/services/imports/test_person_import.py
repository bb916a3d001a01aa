"""People from a sheet: nobody gets a password, a role or a pseudonym by a file."""

import pytest

from inspection.domain.imports.sheet_import import Outcome
from inspection.domain.refusals import ImportUsed
from inspection.persistence.people.person_records import people_by_sign_in, pseudonym_owners
from inspection.persistence.statements import run
from inspection.services.imports import import_files
from inspection.services.imports.import_undoing import undo_import
from tests.cast import (
    ANNING_HALL,
    CHEN,
    CHENGGUAN,
    CLUB,
    GUO,
    LANZHOU,
    LI,
    QINZHOU,
    QINZHOU_CLUB,
    TIANSHUI,
    WANG,
    ZHAO,
)
from tests.importing import BRANCH_ADMIN, checked, detail, written
from tests.services.imports.person_rows import HEAD, PERSON, row


async def looked_at(tools, *rows, by=GUO, head=HEAD):
    return await checked(tools, *rows, by=by, noun=PERSON, head=head)


async def faults(tools, *rows, by=GUO) -> list[tuple[int, str, str]]:
    id = await looked_at(tools, *rows, by=by)
    found = (await detail(tools, id, Outcome.FAULTY, by=by)).rows
    return [(one.line, fault.column, fault.code) for one in found for fault in one.faults]


async def test_new_people_wait_for_an_invitation(tools, province):
    staff = row("9002", "店员", "门店人员", store=ANNING_HALL)
    manager = row("9003", "经理", "区域经理", region=TIANSHUI)
    await written(tools, row("９００１"), staff, manager, noun=PERSON, head=HEAD)
    people = await people_by_sign_in()
    assert people["9001"].pseudonym == "A-022"
    assert people["9002"].store_code == ANNING_HALL
    assert people["9003"].region_path.endswith(f"{TIANSHUI}/")
    (kept,) = await run("SELECT password_hash FROM account WHERE sign_in = ?", "9003")
    assert kept["password_hash"] == ""
    assert "A-022" in await pseudonym_owners()


async def test_two_new_inspectors_get_pseudonyms_of_their_own(tools, province):
    given = row("9004", pseudonym="a-022")
    await written(tools, row("9001"), row("9002"), given, noun=PERSON, head=HEAD)
    people = await people_by_sign_in()
    assert {people[name].pseudonym for name in ("9001", "9002")} == {"A-023", "A-024"}
    assert people["9004"].pseudonym == "A-022"


async def test_a_known_person_changes_in_what_the_sheet_says(tools, province):
    head = ("sign_in", "name", "role")
    id = await written(tools, (WANG.sign_in, "王改", "区域经理"), noun=PERSON, head=head)
    people = await people_by_sign_in()
    assert (people[WANG.sign_in].name, people[WANG.sign_in].region_path) == (
        "王改",
        WANG.actor.region_path,
    )
    await undo_import(tools, GUO.actor, id)
    assert (await people_by_sign_in())[WANG.sign_in].name == WANG.name


async def test_whoever_moves_has_to_sign_in_again(tools, province):
    await run(
        "INSERT INTO session (id, token_hash, account, created_at, seen_at, expires_at, user_agent)"
        " VALUES ('s', 't', ?, ?, ?, ?, '')",
        WANG.account,
        tools.now(),
        tools.now(),
        tools.now(),
    )
    moved = row(WANG.sign_in, WANG.name, "区域经理", region=TIANSHUI)
    await written(tools, moved, noun=PERSON, head=HEAD)
    (session,) = await run("SELECT revoked_at FROM session WHERE id = 's'")
    assert session["revoked_at"] is not None
    assert (await people_by_sign_in())[WANG.sign_in].region_path.endswith(f"{TIANSHUI}/")


async def test_language_is_read_and_kept(tools, province):
    head = (*HEAD, "语言")
    await written(tools, (*row(), "English"), noun=PERSON, head=head)
    assert (await people_by_sign_in())["9001"].language == "en"
    await written(tools, row(name="改名"), noun=PERSON, head=HEAD)
    assert (await people_by_sign_in())["9001"].language == "en"


@pytest.mark.parametrize(
    ("sent", "column", "code"),
    [
        (row(role="店长"), "role", "sheet.role_unknown"),
        (row(name=""), "name", "sheet.cell_empty"),
        (row("ﷺ" * 4), "sign_in", "sheet.too_long"),
        (row("x" * 61), "sign_in", "sheet.too_long"),
        (row(pseudonym="A 1!"), "pseudonym", "account.pseudonym_refused"),
        (row(pseudonym="A" * 30), "pseudonym", "sheet.too_long"),
        (row(pseudonym=LI.pseudonym), "pseudonym", "account.pseudonym_taken"),
        (row(role="区域经理"), "region", "sheet.cell_empty"),
        (row(role="区域经理", region="1"), "region", "sheet.region_unknown"),
        (row(role="门店人员"), "store", "sheet.cell_empty"),
        (row(role="门店人员", store="X"), "store", "sheet.store_unknown"),
        (row(LI.sign_in, LI.name, "审核员", region=LANZHOU), "role", "sheet.role_kept"),
        (
            row(GUO.sign_in, "改名", "系统管理员", region="620000"),
            "role",
            "sheet.administrator_kept",
        ),
    ],
)
async def test_a_bad_cell_is_named(tools, province, sent, column, code):
    assert await faults(tools, sent) == [(2, column, code)]


async def test_an_unknown_language_is_named(tools, province):
    id = await looked_at(tools, (*row(), "法语"), head=(*HEAD, "语言"))
    (one,) = (await detail(tools, id)).rows
    assert [fault.code for fault in one.faults] == ["sheet.language_unknown"]


async def test_nobody_is_there_twice(tools, province):
    found = await faults(tools, row(pseudonym="B-1"), row(pseudonym="b-1"))
    assert found == [
        (3, "sign_in", "sheet.sign_in_twice"),
        (3, "pseudonym", "sheet.pseudonym_twice"),
    ]


async def test_an_administrator_who_is_the_same_is_no_fault(tools, province):
    id = await looked_at(tools, row(GUO.sign_in, GUO.name, "administrator", region="620000"))
    found = (await detail(tools, id)).found
    assert (found.faulty, found.changed) == (0, 0)


async def test_people_elsewhere_are_out_of_reach(tools, province):
    found = await faults(
        tools,
        row("9001", role="检查员"),
        row("9002", role="区域经理", region=QINZHOU),
        row("9003", role="门店人员", store=QINZHOU_CLUB),
        row(ZHAO.sign_in, ZHAO.name, "区域经理", region=LANZHOU),
        row(LI.sign_in, LI.name, "检查员"),
        by=BRANCH_ADMIN,
    )
    assert found == [
        (2, "region", "sheet.cell_empty"),
        (3, "region", "sheet.region_foreign"),
        (4, "store", "sheet.store_unknown"),
        (5, "sign_in", "sheet.sign_in_taken"),
        (6, "sign_in", "sheet.sign_in_taken"),
    ]


async def test_staff_of_ones_own_branch_are_within_reach(tools, province):
    id = await looked_at(
        tools,
        row(CHEN.sign_in, "陈改", "门店人员", store=CLUB),
        row("9001", role="检查员", region=CHENGGUAN),
        by=BRANCH_ADMIN,
    )
    found = (await detail(tools, id, by=BRANCH_ADMIN)).found
    assert (found.changed, found.added, found.faulty) == (1, 1, 0)


async def test_new_people_are_taken_back_unless_they_were_invited(tools, province):
    before = await people_by_sign_in()
    first = await written(tools, row("9001"), noun=PERSON, head=HEAD)
    await undo_import(tools, GUO.actor, first)
    assert await people_by_sign_in() == before
    second = await written(tools, row("9001"), noun=PERSON, head=HEAD)
    account = (await people_by_sign_in())["9001"].id
    await run(
        "INSERT INTO invitation (id, token_hash, account, created_at, expires_at)"
        " VALUES ('i', 'h', ?, ?, ?)",
        account,
        tools.now(),
        tools.now(),
    )
    with pytest.raises(ImportUsed):
        await undo_import(tools, GUO.actor, second)


async def test_a_sheet_without_rows_is_refused_and_its_template_is_right(tools, province):
    id = await looked_at(tools, head=("工号",))
    assert (await detail(tools, id)).found.state == "refused"
    empty, notes = import_files.template(PERSON)
    example = tuple(str(one[2]) for one in notes.rows)
    id = await looked_at(tools, example, head=empty.headings)
    assert (await detail(tools, id)).found.added == 1
