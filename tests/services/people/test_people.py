"""Adding people and changing what is said of them."""

import json
from datetime import date

import pytest

from inspection.domain.access import Role
from inspection.domain.listing import ListAsked
from inspection.domain.people.person import PersonState, Unit
from inspection.domain.plain_text import TextTooLong
from inspection.domain.refusals import (
    AccountChanged,
    AccountExists,
    AccountIncomplete,
    AccountOwn,
    BodyRefused,
    LastAdministrator,
    NotAllowed,
    NotFound,
    PseudonymRefused,
    PseudonymTaken,
)
from inspection.persistence.audit import audit
from inspection.persistence.people.accounts import get_actor
from inspection.services.people import accounts, people, people_pages, sessions
from inspection.services.people.accounts import NewAccount
from inspection.services.people.people import PersonGiven
from inspection.services.people.people_pages import PeopleAsked
from inspection.services.people.sessions import Device
from inspection.wording import Language
from tests.cast import (
    ANNING,
    CHEN,
    CHENGGUAN,
    CLUB,
    GUO,
    LANZHOU,
    LI,
    PASSWORD,
    PROVINCE,
    QINZHOU_CLUB,
    REGION_PATHS,
    SUN,
    TIANSHUI,
    WANG,
    ZHAO,
    Person,
)
from tests.makers import an_account

PHONE = Device(address="203.0.113.7")

HE = Person(sign_in="he", name="何平", role=Role.ADMINISTRATOR, region=LANZHOU)
"""An administrator of one branch."""


def given(**changes) -> PersonGiven:
    return PersonGiven(**{"name": "马小兰", "role": Role.INSPECTOR} | changes)


async def add(tools, by=GUO.actor, sign_in="0931001", **changes):
    return await people.add_person(tools, by, sign_in, given(**changes), Language.ZH)


async def detail(tools, account, by=GUO.actor):
    return await people_pages.person_detail(tools, by, account, "")


async def edit(tools, account, by=GUO.actor, **changes):
    found = (await detail(tools, account, by)).person
    kept = {name: getattr(found, name) for name in ("name", "role", "region", "store", "pseudonym")}
    wanted = PersonGiven(**kept | changes)
    await people.edit_person(tools, by, account, wanted, people.version_of(found))


async def said_of(account):
    events = await audit.events_of("account", account)
    return [(event.action, json.loads(event.body).get("changes")) for event in events]


async def names(by=GUO.actor, **asked):
    words = {name: asked.pop(name) for name in ("q", "sort", "cursor", "size") if name in asked}
    found = await people_pages.named_people(by, PeopleAsked(asked=ListAsked(**words), **asked))
    return [row.person.name for row in found.rows]


async def test_somebody_new_is_invited_and_cannot_sign_in(province):
    account = await add(province)
    found = (await detail(province, account)).person
    assert (found.state, found.pseudonym) == (PersonState.INVITED, "A-022")
    for password in ("", "nobody has this password"):
        with pytest.raises(sessions.SignInRefused):
            await sessions.sign_in(province, "0931001", password, PHONE)
    assert (await said_of(account))[0] == (
        "account.create",
        {"sign_in": [None, "0931001"], "name": [None, "马小兰"], "role": [None, "inspector"],
         "region": [None, ""], "store": [None, ""], "pseudonym": [None, "A-022"]},
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"role": Role.REVIEWER}, AccountIncomplete),
        ({"role": Role.STORE_STAFF}, AccountIncomplete),
        ({"role": Role.REVIEWER, "region": "999999"}, NotFound),
        ({"role": Role.STORE_STAFF, "store": "XX-1"}, NotFound),
        ({"name": " "}, BodyRefused),
        ({"name": "x" * 61}, TextTooLong),
        ({"sign_in": "  "}, BodyRefused),
        ({"sign_in": " ＬＩ "}, AccountExists),
        ({"sign_in": "ﷺ" * 4}, TextTooLong),
        ({"pseudonym": LI.pseudonym}, PseudonymTaken),
        ({"pseudonym": "A 1"}, PseudonymRefused),
    ],
)
async def test_an_account_that_could_not_work_is_refused(province, changes, refusal):
    before = len(await names())
    with pytest.raises(refusal):
        await add(province, **changes)
    assert len(await names()) == before


@pytest.mark.parametrize("person", [LI, SUN, WANG, CHEN])
async def test_only_administrators_keep_people(province, person):
    with pytest.raises(NotAllowed):
        await add(province, by=person.actor)
    with pytest.raises(NotAllowed):
        await people_pages.named_people(person.actor, PeopleAsked(asked=ListAsked()))


async def test_a_branch_administrator_sees_and_keeps_their_branch_only(province):
    await an_account(province, HE)
    assert sorted(await names(HE.actor)) == sorted([WANG.name, CHEN.name, HE.name])
    for somebody in (LI, ZHAO, GUO, SUN):
        with pytest.raises(NotFound):
            await detail(province, somebody.account, HE.actor)
    for changes, refusal in (
        ({}, AccountIncomplete),
        ({"region": TIANSHUI}, NotFound),
        ({"role": Role.ADMINISTRATOR, "region": PROVINCE}, NotFound),
        ({"role": Role.STORE_STAFF, "store": QINZHOU_CLUB}, NotFound),
    ):
        with pytest.raises(refusal):
            await add(province, by=HE.actor, **changes)
    account = await add(province, by=HE.actor, region=CHENGGUAN)
    assert (await detail(province, account, HE.actor)).person.region == CHENGGUAN
    with pytest.raises(NotFound):
        await people_pages.named_people(
            HE.actor, PeopleAsked(asked=ListAsked(), region=REGION_PATHS[TIANSHUI])
        )


async def test_the_list_is_searched_filtered_sorted_and_paged(province):
    await add(province, region=ANNING)
    assert await names(q="A-017") == [LI.name]
    assert await names(q="东方红") == [CHEN.name]
    assert await names(state="invited") == ["马小兰"]
    assert await names(role="reviewer") == [SUN.name]
    branch = await names(region=REGION_PATHS[LANZHOU])
    assert sorted(branch) == sorted([WANG.name, CHEN.name, "马小兰"])
    with pytest.raises(NotFound):
        await names(region="/620000/9/")
    asked = ListAsked(sort="sign_in", size=2)
    found = await people_pages.named_people(GUO.actor, PeopleAsked(asked=asked))
    assert [row.person.sign_in for row in found.rows] == ["0931001", "chen"]
    assert found.total == 9
    asked = ListAsked(sort="sign_in", size=2, cursor=found.next_cursor)
    found = await people_pages.named_people(GUO.actor, PeopleAsked(asked=asked))
    assert [row.person.sign_in for row in found.rows] == ["deng", "guo"]
    assert [row.name_en for row in found.rows[0].regions] == ["Gansu", "Tianshui", "Qinzhou"]


async def test_a_list_says_when_somebody_was_last_seen(province, clock):
    await sessions.sign_in(province, LI.sign_in, PASSWORD, PHONE)
    found = await people_pages.named_people(GUO.actor, PeopleAsked(asked=ListAsked(q="李")))
    assert [row.seen_at for row in found.rows] == [clock()]
    assert await names(q="nobody") == []


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
