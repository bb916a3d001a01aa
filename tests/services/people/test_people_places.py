"""Closed places, places that moved since, and pseudonyms that meet: where people may not go."""

import pytest

from inspection.domain.access import Role
from inspection.domain.imports.sheet_import import Outcome
from inspection.domain.refusals import ImportUsed, Refusal
from inspection.domain.version import version_of as region_version
from inspection.persistence.engine import tx
from inspection.persistence.imports import sheet_imports
from inspection.persistence.org import kept_regions
from inspection.persistence.people import pseudonyms
from inspection.persistence.people.person_records import people_by_sign_in
from inspection.persistence.statements import run
from inspection.services.imports import person_import
from inspection.services.imports.import_undoing import undo_import
from inspection.services.org.region_editing import move_region
from inspection.services.overtaking import Overtaken
from inspection.services.people import accounts, people, people_pages
from inspection.services.people.accounts import NewAccount
from inspection.services.people.people import PersonGiven
from inspection.wording import Language
from tests.cast import CHEN, CHENGGUAN, CLUB, GUO, LANZHOU, LI, PASSWORD, TIANSHUI, WANG
from tests.importing import checked, detail, written
from tests.services.imports.person_rows import HEAD, PERSON, row


@pytest.fixture
async def closed(province):
    """Lanzhou, where Wang is, and the club, where Chen is, are closed."""
    await run("UPDATE region SET state = 'closed' WHERE code = ?", LANZHOU)
    await run("UPDATE store SET state = 'closed' WHERE code = ?", CLUB)
    return province


async def edit(tools, account, **changes):
    found = (await people_pages.person_detail(tools, GUO.actor, account, "")).person
    kept = {name: getattr(found, name) for name in ("name", "role", "region", "store", "pseudonym")}
    given = PersonGiven(**kept | changes)
    await people.edit_person(tools, GUO.actor, account, given, people.version_of(found))


CLOSED = [
    {"role": Role.REGIONAL_MANAGER, "region": LANZHOU},
    {"role": Role.STORE_STAFF, "store": CLUB},
]


@pytest.mark.parametrize("place", CLOSED)
async def test_nobody_is_given_a_closed_place(closed, place):
    new = PersonGiven(name="马小兰", **place)
    of_command_line = NewAccount(sign_in="x", name="x", password=PASSWORD, **place)
    for asked in (
        people.add_person(closed, GUO.actor, "0931001", new, Language.ZH),
        edit(closed, LI.account, **place),
        accounts.create_account(closed, of_command_line),
    ):
        with pytest.raises(Refusal) as refused:
            await asked
        assert refused.value.code == "account.place_closed"


async def test_who_is_in_a_closed_place_may_stay(closed):
    await edit(closed, WANG.account, name="王强")
    await edit(closed, CHEN.account, name="陈静")
    offered = await people_pages.open_region_choices(GUO.actor)
    assert (LANZHOU in {region.code for region in offered}, len(offered) > 1) == (False, True)
    kept = await people_pages.open_region_choices(GUO.actor, LANZHOU)
    assert LANZHOU in {region.code for region in kept}


async def test_an_import_brings_nobody_to_a_closed_place(closed):
    id = await checked(
        closed,
        row("9001", role="区域经理", region=LANZHOU),
        row("9002", role="门店人员", store=CLUB),
        row(WANG.sign_in, "王强", "区域经理", region=LANZHOU),
        row(CHEN.sign_in, "陈静", "门店人员", store=CLUB),
        noun=PERSON,
        head=HEAD,
    )
    found = (await detail(closed, id, Outcome.FAULTY)).rows
    assert [(one.line, fault.column, fault.code) for one in found for fault in one.faults] == [
        (2, "region", "sheet.region_closed"),
        (3, "store", "sheet.person_store_closed"),
    ]


async def a_county_manager_moved_by_import(tools):
    await edit(tools, WANG.account, region=CHENGGUAN)
    moved = row(WANG.sign_in, WANG.name, "区域经理", region=TIANSHUI)
    return await written(tools, moved, noun=PERSON, head=HEAD)


async def test_an_undone_import_takes_nobody_to_where_a_county_was(province):
    id = await a_county_manager_moved_by_import(province)
    seen = region_version(await kept_regions.find_kept(CHENGGUAN))
    await move_region(province, GUO.actor, CHENGGUAN, TIANSHUI, seen)
    before = await people_by_sign_in()
    with pytest.raises(ImportUsed):
        await undo_import(province, GUO.actor, id)
    assert await people_by_sign_in() == before


async def test_an_undone_import_takes_nobody_to_a_closed_region(province):
    id = await a_county_manager_moved_by_import(province)
    await run("UPDATE region SET state = 'closed' WHERE code = ?", CHENGGUAN)
    with pytest.raises(ImportUsed):
        await undo_import(province, GUO.actor, id)
    await run("UPDATE region SET state = 'open' WHERE code = ?", CHENGGUAN)
    await undo_import(province, GUO.actor, id)
    assert (await people_by_sign_in())[WANG.sign_in].region_path.endswith(f"{CHENGGUAN}/")


async def test_a_pseudonym_somebody_else_got_meanwhile_is_not_given_twice(province):
    given = row("9001", pseudonym="B-9")
    id = await checked(province, given, noun=PERSON, head=HEAD)
    rows = await sheet_imports.rows_of(id, (Outcome.NEW,))
    async with tx():
        await pseudonyms.claim_pseudonym("B-9", LI.account, province.now())
    with pytest.raises(Overtaken):
        async with tx():
            await person_import.write_people(province, None, rows)
    assert "9001" not in await people_by_sign_in()
