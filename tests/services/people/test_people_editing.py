"""Changing what is said of somebody: role, place, pseudonym, units."""

from datetime import date

import pytest

from inspection.domain.access import Role
from inspection.domain.people.person import Unit
from inspection.domain.refusals import (
    AccountChanged,
    AccountOwn,
    BodyRefused,
    LastAdministrator,
    NotFound,
    PseudonymTaken,
)
from inspection.persistence.people.accounts import get_actor
from inspection.services.people import accounts, people, sessions
from inspection.services.people.accounts import NewAccount
from inspection.services.people.people import PersonGiven
from tests.cast import (
    CHENGGUAN,
    CLUB,
    GUO,
    LANZHOU,
    LI,
    PASSWORD,
    PROVINCE,
    REGION_PATHS,
    TIANSHUI,
    WANG,
    Person,
)
from tests.makers import an_account
from tests.services.people.kept_people import PHONE, add, detail, given, said_of


async def edit(tools, account, by=GUO.actor, **changes):
    found = (await detail(tools, account, by)).person
    kept = {name: getattr(found, name) for name in ("name", "role", "region", "store", "pseudonym")}
    wanted = PersonGiven(**kept | changes)
    await people.edit_person(tools, by, account, wanted, people.version_of(found))


async def test_another_role_or_region_ends_all_sessions_at_once(province):
    opened = await sessions.sign_in(province, WANG.sign_in, PASSWORD, PHONE)
    await edit(province, WANG.account, name="王强")
    assert await sessions.actor_of(province, opened.token) is not None
    await edit(province, WANG.account, region=TIANSHUI)
    assert await sessions.actor_of(province, opened.token) is None
    again = await sessions.sign_in(province, WANG.sign_in, PASSWORD, PHONE)
    assert again.actor.region_path == REGION_PATHS[TIANSHUI]
    await edit(province, WANG.account, role=Role.STORE_STAFF, store=CLUB)
    assert await sessions.actor_of(province, again.token) is None
    assert [changes for _, changes in await said_of(WANG.account)] == [
        {"name": ["王志强", "王强"]},
        {"region": [LANZHOU, TIANSHUI]},
        {"role": ["regional_manager", "store_staff"], "region": [TIANSHUI, ""],
         "store": ["", CLUB]},
    ]  # fmt: skip


async def test_saving_what_is_there_says_nothing(province):
    await edit(province, WANG.account)
    assert await said_of(WANG.account) == []


async def test_a_change_somebody_else_made_in_between_is_a_conflict(province):
    seen = people.version_of((await detail(province, WANG.account)).person)
    await edit(province, WANG.account, name="王强")
    mine = given(name="王小强", role=Role.REGIONAL_MANAGER, region=LANZHOU)
    with pytest.raises(AccountChanged):
        await people.edit_person(province, GUO.actor, WANG.account, mine, seen)
    assert (await detail(province, WANG.account)).person.name == "王强"


async def test_a_pseudonym_is_never_somebody_elses_again(province):
    await edit(province, LI.account, pseudonym="A-100")
    with pytest.raises(PseudonymTaken):
        await add(province, pseudonym=LI.pseudonym)
    assert await people.propose_pseudonym(GUO.actor) == "A-101"
    await edit(province, LI.account, pseudonym=LI.pseudonym)
    assert (await detail(province, LI.account)).person.pseudonym == LI.pseudonym


async def test_whoever_inspects_nothing_gets_no_pseudonym(province):
    account = await add(province, role=Role.REVIEWER, region=LANZHOU, pseudonym="A-200")
    assert (await detail(province, account)).person.pseudonym == ""
    assert await people.propose_pseudonym(GUO.actor) != "A-201"


async def test_the_command_line_gives_no_pseudonym_twice(province):
    new = NewAccount(
        sign_in="x", name="x", role=Role.INSPECTOR, password=PASSWORD, pseudonym=LI.pseudonym
    )
    with pytest.raises(PseudonymTaken):
        await accounts.create_account(province, new)


async def test_nobody_changes_their_own_role_or_place(province):
    with pytest.raises(AccountOwn):
        await edit(province, GUO.account, role=Role.REVIEWER)
    await edit(province, GUO.account, name="郭小文")
    assert (await detail(province, GUO.account)).person.name == "郭小文"


async def test_the_last_administrator_of_the_whole_stays_one(province):
    second = await add(province, role=Role.ADMINISTRATOR, region=PROVINCE)
    by = await get_actor(second)
    with pytest.raises(LastAdministrator):
        await edit(province, GUO.account, by=by, region=LANZHOU)
    await an_account(
        province, Person(sign_in="xu", name="许", role=Role.ADMINISTRATOR, region=PROVINCE)
    )
    await edit(province, GUO.account, by=by, region=LANZHOU)


async def test_units_are_kept_in_order_and_written_down(province):
    former, own = Unit(TIANSHUI, None, date(2024, 12, 31)), Unit(CHENGGUAN, date(2025, 1, 1))
    seen = (await detail(province, LI.account)).units_version
    await people.keep_units(province, GUO.actor, LI.account, (own, former), seen)
    found = await detail(province, LI.account)
    assert found.units == (former, own)
    await people.keep_units(province, GUO.actor, LI.account, (former, own), found.units_version)
    with pytest.raises(AccountChanged):
        await people.keep_units(province, GUO.actor, LI.account, (), seen)
    await people.keep_units(province, GUO.actor, LI.account, (own,), found.units_version)
    assert [action for action, _ in await said_of(LI.account)] == ["account.units"] * 2
    last = (await said_of(LI.account))[-1][1]["units"]
    assert [len(units) for units in last] == [2, 1]


async def test_a_unit_that_is_nowhere_or_turned_round_is_refused(province):
    seen = (await detail(province, LI.account)).units_version
    for units, refusal in (
        ((Unit("999999"),), NotFound),
        ((Unit(LANZHOU, date(2025, 1, 2), date(2025, 1, 1)),), BodyRefused),
    ):
        with pytest.raises(refusal):
            await people.keep_units(province, GUO.actor, LI.account, units, seen)
    assert (await detail(province, LI.account)).units == ()
